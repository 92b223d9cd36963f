import { Button, Text } from "@fluentui/react-components";
import { useLocation } from "wouter";
import { MeetingDetails, type MeetingPlan } from "../../features/meetings/contract.ts";
import { useSend } from "../api/use-api.ts";
import { Confirm } from "../parts/confirm.tsx";
import { takingFocus } from "../parts/use-kept-focus.ts";
import { localTime } from "./local-time.ts";
import { timesOf } from "../parts/dates.ts";

export interface BookSlotProps {
  readonly slot: MeetingPlan["items"][number]["slots"][number];
  readonly zone: string;
  readonly plannedOn: string;
  readonly isBest: boolean;
}

/** Books one of the dates of a plan, and goes to the meeting. */
export function BookSlot({ slot, zone, plannedOn, isBest }: BookSlotProps) {
  const [, go] = useLocation();
  const send = useSend<MeetingDetails>(["meetings", "overview"]);
  const book = async () => {
    const { date, time } = localTime(slot.startsAt, zone);
    const { id } = await send.mutateAsync({ path: "meetings", body: { on: date, start: time, plannedOn }, schema: MeetingDetails });
    go(`/meetings/${id}`, takingFocus);
  };
  const when = timesOf(slot, zone);
  return (
    <Confirm
      trigger={
        <Button appearance={isBest ? "primary" : "secondary"} aria-label={`Book ${when}`}>
          Book
        </Button>
      }
      title={`Book ${when}?`}
      action="Book it"
      onConfirm={book}
    >
      <BookingWords />
    </Confirm>
  );
}

/** What a booking sets off. */
export function BookingWords() {
  return <Text>Every manager and lead gets an invitation in their calendar and, some days before, a card that asks whether they come.</Text>;
}
