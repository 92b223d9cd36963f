import { Route, Switch } from "wouter";
import { Page } from "../parts/page.tsx";
import { Results } from "../survey/results.tsx";
import { SharedResults } from "../survey/shared-results.tsx";
import { Combined } from "./combined.tsx";

/** What viewers see, such as a commissioner: combined check-in figures, and surveys that a lead has shared. */
export default function Shared() {
  return (
    <Switch>
      <Route path="/shared/pulse/:id">{({ id }) => <Results id={id} back="shared" />}</Route>
      <Route>
        <Page
          title="Shared figures"
          intro="Combined figures of the network’s teams, as they stood when the last check-in closed. No team and no person can be read from them."
        >
          <Combined />
          <SharedResults page="shared/pulse" />
        </Page>
      </Route>
    </Switch>
  );
}
