import { Redirect, Route, Switch } from "wouter";
import { useMe } from "../me.ts";
import { MeetingList } from "./meeting-list.tsx";
import { MeetingPage } from "./meeting-page.tsx";
import { Plan } from "./plan.tsx";

/** The network's meetings: what comes next, who comes, planning, booking and what was held. */
export default function Meetings() {
  const me = useMe();
  const leads = me.role === "lead" || me.role === "admin";
  const runs = me.role === "admin" || me.scope === "network";
  return (
    <Switch>
      {/* A link that somebody who plans has shared opens the list for everybody else. */}
      <Route path="/meetings/plan">{runs ? <Plan /> : <Redirect to="/meetings" replace />}</Route>
      <Route path="/meetings/:id">{({ id }) => <MeetingPage id={id} runs={runs} />}</Route>
      <Route>
        <MeetingList leads={leads} runs={runs} />
      </Route>
    </Switch>
  );
}
