import { MeetingPage } from "../../features/meetings/contract.ts";
import { useRead } from "../api/use-api.ts";
import { PageLink, Section } from "../parts/page.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { YourAnswer } from "../parts/your-answer.tsx";
import { span } from "../parts/dates.ts";

/** The meetings that the viewer is asked to, with their answers. */
export function MyMeetings() {
  const meetings = useRead("meetings?limit=20", MeetingPage);
  return (
    <Section title="My meetings">
      <Read of={meetings}>
        {({ items }) => {
          const open = items.filter(({ mayAnswer }) => mayAnswer).toReversed();
          if (open.length === 0) return <Empty>No meeting waits for your answer.</Empty>;
          return open.map((meeting) => (
            <div key={meeting.id}>
              <PageLink to={`meetings/${meeting.id}`}>{span(meeting.startsAt, meeting.endsAt, meeting.zone)}</PageLink>
              <YourAnswer meeting={meeting} />
            </div>
          ));
        }}
      </Read>
    </Section>
  );
}
