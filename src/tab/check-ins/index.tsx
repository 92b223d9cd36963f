import { Redirect, Route, Switch } from "wouter";
import { useMe } from "../me.ts";
import { Caseload } from "./caseload.tsx";
import { Rounds } from "./rounds.tsx";
import { Team } from "./team.tsx";
import { Teams } from "./teams.tsx";

/** The caseload against the guide range, the teams behind it, and the rounds that ask for it. */
export default function CheckIns() {
  const { role } = useMe();
  // Admins run rounds; what teams answer is the leads' alone.
  if (role !== "lead") return <Rounds />;
  return (
    <Switch>
      <Route path="/check-ins">
        <Caseload />
      </Route>
      <Route path="/check-ins/teams">
        <Teams />
      </Route>
      <Route path="/check-ins/rounds">
        <Rounds />
      </Route>
      <Route path="/check-ins/team/:id">{({ id }) => <Team key={id} id={id} />}</Route>
      <Route>
        <Redirect to="/check-ins" replace />
      </Route>
    </Switch>
  );
}
