import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { MeetingPlan, PollList } from "../../features/meetings/contract.ts";
import { ApiFault } from "../api/problem.ts";
import { useRead } from "../api/use-api.ts";
import { Page, PageLink, Section } from "../parts/page.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { Waiting } from "../parts/waiting.tsx";
import { Proposal } from "./proposal.tsx";

const useStyles = makeStyles({ quiet: { color: tokens.colorNeutralForeground2, maxWidth: "75ch" } });

const freeBusyWords = {
  off: "Looked at: bank holidays, dates to avoid, when people don’t work or are away. Not looked at: members’ calendars, because that isn’t switched on.",
  asked: "Looked at: bank holidays, dates to avoid, when people don’t work or are away, and whether their calendars are free; what is in them stays unseen.",
  failed: "Members’ calendars couldn’t be asked just now, so who is busy isn’t known. Looked at: bank holidays, dates to avoid, when people don’t work or are away.",
} as const;

/** The next dates of the series with what speaks for and against them. */
export function Plan() {
  const styles = useStyles();
  const plan = useRead("meetings/plan", MeetingPlan, { post: {} });
  const polls = useRead("meetings/polls", PollList, { every: 15_000 });
  const hasNoSeries = plan.data === undefined && plan.error instanceof ApiFault && plan.error.status === 409;
  return (
    <Page title="Plan the next meetings" intro={<PageLink to="meetings">All meetings</PageLink>}>
      {hasNoSeries ? (
        <Section title="No rhythm is set yet">
          <Empty action={<PageLink to="settings/meetings">Set the rhythm</PageLink>}>
            Give the first meeting’s date and how many weeks lie between two; the dates that suit best then stand here.
          </Empty>
        </Section>
      ) : (
        <Read of={plan} loading={<Waiting height={36} />}>
          {({ freeBusy, zone, items }) => (
            <>
              <Text className={styles.quiet}>{freeBusyWords[freeBusy]}</Text>
              {items.length === 0 && (
                <Section title="Nothing to plan">
                  <Empty action={<PageLink to="meetings">See what is booked</PageLink>}>As many meetings are booked ahead as the settings say.</Empty>
                </Section>
              )}
              {items.map((proposal) => (
                <Proposal
                  key={proposal.plannedOn}
                  proposal={proposal}
                  zone={zone}
                  poll={polls.data?.items.find(({ plannedOn }) => plannedOn === proposal.plannedOn) ?? null}
                />
              ))}
            </>
          )}
        </Read>
      )}
    </Page>
  );
}
