import { Route, Switch } from "wouter";
import { Pack } from "./pack.tsx";
import { Report } from "./report.tsx";

/** The evidence pack: files to hand over, a paragraph to paste, and a report to print. */
export default function EvidencePage() {
  return (
    <Switch>
      <Route path="/evidence/report">
        <Report />
      </Route>
      <Route>
        <Pack />
      </Route>
    </Switch>
  );
}
