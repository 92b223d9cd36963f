import { MyCaseload } from "../../features/check-ins/contract.ts";
import { MeetingPage, NonWorkingResource } from "../../features/meetings/contract.ts";
import { PersonResource } from "../../features/roster/contract.ts";
import { useRead } from "../api/use-api.ts";
import { useMe } from "../me.ts";
import { Page } from "../parts/page.tsx";
import { Waiting } from "../parts/waiting.tsx";
import { Availability } from "./availability.tsx";
import { MyData } from "./my-data.tsx";
import { MyMeetings } from "./my-meetings.tsx";
import { MyTeams } from "./my-teams.tsx";
import { NonWorking } from "./non-working.tsx";

/** What is the viewer's own: their answers to meetings, their teams, when they are there, and what is kept about them. */
export default function Mine() {
  const { name, role, managesTeams } = useMe();
  const comes = role !== "member";
  const meetings = useRead("meetings?limit=20", MeetingPage, { every: 15_000, when: comes });
  const caseload = useRead("me/caseload", MyCaseload, { when: managesTeams });
  const profile = useRead("me/profile", PersonResource);
  const times = useRead("me/non-working", NonWorkingResource);
  // All at once: nobody can say how high each part will be, and those below it would jump.
  const isLoading = [meetings, caseload, profile, times].some((read) => read.isLoading);
  return (
    <Page title="Mine" intro={`${name}: your meetings, ${managesTeams ? "your teams’ figures, " : ""}when you are away, and what is kept about you.`}>
      {isLoading ? (
        <Waiting height={60} />
      ) : (
        <>
          {comes && <MyMeetings meetings={meetings} />}
          {managesTeams && <MyTeams caseload={caseload} />}
          <Availability profile={profile} />
          <NonWorking times={times} />
          <MyData />
        </>
      )}
    </Page>
  );
}
