import { useMe } from "../me.ts";
import { Page } from "../parts/page.tsx";
import { Availability } from "./availability.tsx";
import { MyData } from "./my-data.tsx";
import { MyMeetings } from "./my-meetings.tsx";
import { MyTeams } from "./my-teams.tsx";
import { NonWorking } from "./non-working.tsx";

/** What is the viewer's own: their teams, their answers to meetings, when they are there, and what is kept about them. */
export default function Mine() {
  const me = useMe();
  return (
    <Page title="Mine" intro={`Hello, ${me.name}. This is about you and your teams; others see of it what each part says.`}>
      {me.managesTeams && <MyTeams />}
      <MyMeetings />
      <Availability />
      <NonWorking />
      <MyData />
    </Page>
  );
}
