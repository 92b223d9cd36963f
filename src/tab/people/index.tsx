import { Route, Switch } from "wouter";
import { Import } from "./import.tsx";
import { Roster } from "./roster.tsx";

/** Who is in the network, how they are reached, and the import of the roster. */
export default function People() {
  return (
    <Switch>
      <Route path="/people/import">
        <Import />
      </Route>
      <Route>
        <Roster />
      </Route>
    </Switch>
  );
}
