import { Text } from "@fluentui/react-components";
import { MeetingPlan } from "../../features/meetings/contract.ts";
import { useRead } from "../api/use-api.ts";
import { Page, PageLink } from "../parts/page.tsx";
import { Empty, Read } from "../parts/states.tsx";
import { Proposal } from "./proposal.tsx";

const freeBusyWords = {
  off: "Members’ calendars weren’t looked at, because that isn’t switched on. Bank holidays, dates to avoid and what people told Steady count.",
  asked: "Members’ calendars were asked whether they are free; what is in them stays unseen.",
  failed: "Members’ calendars couldn’t be asked just now, so who is busy isn’t known.",
} as const;

/** The next dates of the series with what speaks for and against them. */
export function Plan() {
  const plan = useRead("meetings/plan", MeetingPlan, { post: {} });
  return (
    <Page title="Plan the next meetings" intro={<PageLink to="meetings">All meetings</PageLink>}>
      <Read of={plan}>
        {({ freeBusy, items }) => (
          <>
            <Text>{freeBusyWords[freeBusy]}</Text>
            {items.length === 0 && <Empty>As many meetings are booked ahead as the settings say. There is nothing to plan.</Empty>}
            {items.map((proposal) => (
              <Proposal key={proposal.plannedOn} proposal={proposal} />
            ))}
          </>
        )}
      </Read>
    </Page>
  );
}
