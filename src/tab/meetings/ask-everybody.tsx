import { Button, Text } from "@fluentui/react-components";
import { type MeetingPlan, PollResource } from "../../features/meetings/contract.ts";
import { useSend } from "../api/use-api.ts";
import { Confirm } from "../parts/confirm.tsx";
import { timesOf } from "../parts/dates.ts";

export interface AskEverybodyProps {
  readonly plannedOn: string;
  /** Those that can be booked, the best first. */
  readonly slots: MeetingPlan["items"][number]["slots"];
  readonly zone: string;
  /** Called when the question has gone; the button then goes too. */
  readonly onDone: () => void;
}

/** A poll is about this many dates at most. */
const inPoll = 3;

/** Asks every manager and lead which of the best dates suit them. */
export function AskEverybody({ plannedOn, slots, zone, onDone }: AskEverybodyProps) {
  const send = useSend<PollResource>(["meetings", "overview"]);
  const ask = async () => {
    await send.mutateAsync({ path: "meetings/plan/poll", body: { plannedOn }, schema: PollResource });
    onDone();
  };
  return (
    <Confirm trigger={<Button>Ask everybody</Button>} title="Ask everybody which dates suit?" action="Ask everybody" onConfirm={ask}>
      <Text>Every manager and lead gets a card with these dates. You see how many each one suits, and book one.</Text>
      <ul>
        {slots.slice(0, inPoll).map((slot) => (
          <li key={slot.startsAt}>{timesOf(slot, zone)}</li>
        ))}
      </ul>
    </Confirm>
  );
}
