import { Button } from "@fluentui/react-components";
import { useLocation } from "wouter";
import { MeetingPage, type MeetingResource, PollList } from "../../features/meetings/contract.ts";
import { useRead } from "../api/use-api.ts";
import { useList } from "../api/use-list.ts";
import { Page, Section } from "../parts/page.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { Waiting } from "../parts/waiting.tsx";
import { Coming } from "./coming.tsx";
import { Earlier } from "./earlier.tsx";
import { Polls } from "./polls.tsx";

export interface MeetingListProps {
  /** True for leads and admins. */
  readonly leads: boolean;
  /** True for viewers who run the network. */
  readonly runs: boolean;
}

const isAhead = ({ state }: MeetingResource) => state === "booked" || state === "booking";

/** What comes next with who comes, open polls, and what was held. */
export function MeetingList({ leads, runs }: MeetingListProps) {
  const [, go] = useLocation();
  const meetings = useList("meetings?limit=50", MeetingPage, { every: 15_000 });
  const polls = useRead("meetings/polls", PollList, { every: 15_000, when: leads });
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
      <Read of={meetings} loading={<Waiting height={30} />}>
        {(items) => {
          // Polls stand between what comes and what was: later, they would push it down.
          if (polls.isLoading) return <Waiting height={30} />;
          const ahead = items.filter(isAhead).toReversed();
          return (
            <>
              <Section title="Coming up">
                {ahead.length === 0 ? (
                  <Empty>{runs ? "No meeting is booked. Plan the next ones and book a date." : "No meeting is booked yet. You get an invitation once one is."}</Empty>
                ) : (
                  <Coming meetings={ahead} />
                )}
              </Section>
              {leads && <Polls polls={polls} canBook={runs} />}
              <Earlier meetings={items.filter((meeting) => !isAhead(meeting))} list={meetings} leads={leads} />
            </>
          );
        }}
      </Read>
    </Page>
  );
}
