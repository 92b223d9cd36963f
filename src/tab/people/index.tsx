import { Redirect, Route, Switch } from "wouter";
import { useMe } from "../me.ts";
import { NotFound } from "../parts/page.tsx";
import { Import } from "./import.tsx";
import { Installs } from "./installs.tsx";
import { Roster } from "./roster.tsx";

/** Who is in the network, how they are reached, who has the app, and the import of the roster. */
export default function People() {
  const { role, scope } = useMe();
  const mayRun = role === "admin" || scope === "network";
  return (
    <Switch>
      <Route path="/people">
        <Roster mayRun={mayRun} />
      </Route>
      <Route path="/people/app">
        <Installs mayRun={mayRun} />
      </Route>
      <Route path="/people/import">{mayRun ? <Import /> : <NotFound />}</Route>
      <Route>
        <Redirect to="/people" replace />
      </Route>
    </Switch>
  );
}
