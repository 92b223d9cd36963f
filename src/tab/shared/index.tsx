import { PulseResults } from "../../features/pulse/contract.ts";
import { useRead } from "../api/use-api.ts";
import { day } from "../parts/dates.ts";
import { Page, PageLink, Section } from "../parts/page.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { Route, Switch } from "wouter";
import { Combined } from "./combined.tsx";
import { Results } from "../survey/results.tsx";

/** What viewers see, such as a commissioner: combined check-in figures, and surveys that a lead has shared. */
export default function Shared() {
  return (
    <Switch>
      <Route path="/shared/pulse/:id">{({ id }) => <Results id={id} />}</Route>
      <Route>
        <Overview />
      </Route>
    </Switch>
  );
}

function Overview() {
  const results = useRead("pulse-results", PulseResults);
  return (
    <Page
      title="Shared figures"
      intro="Combined figures of the network’s teams, as of the last check-in that closed. No team and no person can be read from them."
    >
      <Combined />
      <Section title="Surveys that were shared">
        <Read of={results}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty>No survey has been shared yet.</Empty>
            ) : (
              <ul>
                {items.map(({ id, openedOn, closedOn }) => (
                  <li key={id}>
                    <PageLink to={`shared/pulse/${id}`}>
                      {day(openedOn)} to {day(closedOn)}
                    </PageLink>
                  </li>
                ))}
              </ul>
            )
          }
        </Read>
      </Section>
    </Page>
  );
}
