import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useLocation } from "wouter";
import { MeetingPage, type MeetingResource } from "../../features/meetings/contract.ts";
import { useList } from "../api/use-list.ts";
import { span } from "../parts/dates.ts";
import { More } from "../parts/more.tsx";
import { Page, PageLink, Section } from "../parts/page.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { DataTable } from "../parts/table.tsx";
import { Polls } from "./polls.tsx";
import { RsvpBar } from "./rsvp-bar.tsx";
import { rsvpsInWords, stateWords } from "./words.ts";
import { YourAnswer } from "../parts/your-answer.tsx";

const useStyles = makeStyles({
  list: { display: "grid", gap: tokens.spacingVerticalXL, margin: 0, padding: 0, listStyleType: "none" },
  item: { display: "grid", gap: tokens.spacingVerticalS },
});

const isAhead = ({ state }: MeetingResource) => state === "booked" || state === "booking";

/** What comes next with who comes, open polls, and what was held. */
export function MeetingList({ runs }: { readonly runs: boolean }) {
  const styles = useStyles();
  const [, go] = useLocation();
  const meetings = useList("meetings?limit=50", MeetingPage, { every: 15_000 });
  return (
    <Page
      title="Meetings"
      intro="The network’s regular meetings, and who comes."
      actions={
        runs && (
          <Button appearance="primary" onClick={() => go("/meetings/plan")}>
            Plan the next ones
          </Button>
        )
      }
    >
      <Read of={meetings}>
        {(items) => {
          const ahead = items.filter(isAhead).toReversed();
          const earlier = items.filter((meeting) => !isAhead(meeting));
          return (
            <>
              <Section title="Coming up">
                {ahead.length === 0 ? (
                  <Empty>{runs ? "No meeting is booked. Plan the next ones and book a date." : "No meeting is booked yet."}</Empty>
                ) : (
                  <ul className={styles.list}>
                    {ahead.map((meeting) => (
                      <li key={meeting.id} className={styles.item}>
                        <PageLink to={`meetings/${meeting.id}`}>{span(meeting.startsAt, meeting.endsAt, meeting.zone)}</PageLink>
                        <Text>
                          {meeting.title}. {stateWords[meeting.state]}.
                        </Text>
                        <RsvpBar rsvps={meeting.rsvps} />
                        {meeting.mayAnswer && <YourAnswer meeting={meeting} />}
                      </li>
                    ))}
                  </ul>
                )}
              </Section>
              {runs && <Polls />}
              <Section title="Earlier">
                {earlier.length === 0 ? (
                  <Empty>No meeting has been held yet.</Empty>
                ) : (
                  <DataTable
                    caption="Earlier meetings"
                    rows={earlier}
                    keyOf={({ id }) => id}
                    columns={[
                      {
                        title: "When",
                        cell: ({ id, startsAt, endsAt, zone }) => <PageLink to={`meetings/${id}`}>{span(startsAt, endsAt, zone)}</PageLink>,
                        width: 20,
                      },
                      { title: "What", cell: ({ title, state }) => `${title}${state === "cancelled" ? ", cancelled" : ""}`, width: 12 },
                      { title: "Answers", cell: ({ rsvps }) => rsvpsInWords(rsvps), width: 20 },
                    ]}
                  />
                )}
                <More list={meetings} />
              </Section>
            </>
          );
        }}
      </Read>
    </Page>
  );
}
