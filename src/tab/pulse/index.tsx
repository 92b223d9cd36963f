import { Route, Switch } from "wouter";
import { useMe } from "../me.ts";
import { Results } from "../survey/results.tsx";
import { SharedSurveys } from "./shared-surveys.tsx";
import { Waves } from "./waves.tsx";

/** The surveys: for leads all of them with what can be done, for everybody else those whose results were shared. */
export default function Pulse() {
  const me = useMe();
  const leads = me.role === "lead" || me.role === "admin";
  return (
    <Switch>
      <Route path="/pulse/:id">{({ id }) => <Results id={id} back="pulse" />}</Route>
      <Route>{leads ? <Waves /> : <SharedSurveys />}</Route>
    </Switch>
  );
}
