import { useMe } from "../me.ts";
import { Page } from "../parts/page.tsx";
import { Availability } from "./availability.tsx";
import { MyData } from "./my-data.tsx";
import { MyMeetings } from "./my-meetings.tsx";
import { MyTeams } from "./my-teams.tsx";
import { NonWorking } from "./non-working.tsx";

/** What is the viewer's own: their answers to meetings, their teams, when they are there, and what is kept about them. */
export default function Mine() {
  const me = useMe();
  return (
    <Page title="Mine" intro={`${me.name}: your meetings, ${me.managesTeams ? "your teams’ figures, " : ""}when you are away, and what is kept about you.`}>
      {me.role !== "member" && <MyMeetings />}
      {me.managesTeams && <MyTeams />}
      <Availability />
      <NonWorking />
      <MyData />
    </Page>
  );
}
