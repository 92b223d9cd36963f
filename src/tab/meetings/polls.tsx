import { Badge, Button, Text } from "@fluentui/react-components";
import type { UseQueryResult } from "@tanstack/react-query";
import { useLocation } from "wouter";
import type { z } from "zod";
import { MeetingDetails, type PollList, type PollResource } from "../../features/meetings/contract.ts";
import { useSend } from "../api/use-api.ts";
import { Confirm } from "../parts/confirm.tsx";
import { day } from "../parts/dates.ts";
import { DeliveryBar } from "../parts/delivery-bar.tsx";
import { Section } from "../parts/page.tsx";
import { Read } from "../parts/states.tsx";
import { takingFocus } from "../parts/use-kept-focus.ts";
import { BookingWords } from "./book-slot.tsx";
import { useSlotStyles } from "./slot-styles.ts";

/** Polls on dates that are open, for whoever runs the network with the button that books; nothing while there is none. */
export function Polls({ polls, canBook }: { readonly polls: UseQueryResult<z.infer<typeof PollList>>; readonly canBook: boolean }) {
  return <Read of={polls}>{({ items }) => items.map((poll) => <Poll key={poll.id} poll={poll} canBook={canBook} />)}</Read>;
}

function Poll({ poll, canBook }: { readonly poll: PollResource; readonly canBook: boolean }) {
  const styles = useSlotStyles();
  const most = Math.max(...poll.slots.map(({ suits }) => suits));
  return (
    <Section title={`Which dates suit, for the meeting planned for ${day(poll.plannedOn)}`}>
      <Text>
        {poll.answered === 0 ? "Nobody has answered yet" : `${poll.answered} of ${poll.deliveries.intended} have answered`}
        {poll.none === 0 ? "." : `; none of the dates suits ${poll.none} of them.`} Nobody sees which dates suit whom.
      </Text>
      <ul className={styles.list}>
        {poll.slots.map((slot) => (
          <li key={slot.startsAt} className={styles.slot}>
            <div className={styles.words}>
              <span className={styles.date}>
                <Text weight="semibold">{slot.words}</Text>
                {slot.suits === most && most > 0 && (
                  <Badge appearance="tint" color="success">
                    Suits most
                  </Badge>
                )}
              </span>
              <Text className={styles.quiet}>
                Suits {slot.suits} of {poll.answered}
              </Text>
            </div>
            {canBook && <BookDate poll={poll} slot={slot} isBest={slot.suits === most && most > 0} />}
          </li>
        ))}
      </ul>
      <DeliveryBar counts={poll.deliveries} />
    </Section>
  );
}

interface BookDateProps {
  readonly poll: PollResource;
  readonly slot: PollResource["slots"][number];
  readonly isBest: boolean;
}

function BookDate({ poll, slot: { startsAt, words }, isBest }: BookDateProps) {
  const [, go] = useLocation();
  const send = useSend<MeetingDetails>(["meetings", "overview"]);
  const book = async () => {
    const { id } = await send.mutateAsync({ path: `meetings/polls/${poll.id}/decide`, body: { slot: startsAt }, schema: MeetingDetails });
    go(`/meetings/${id}`, takingFocus);
  };
  return (
    <Confirm
      trigger={
        <Button appearance={isBest ? "primary" : "secondary"} aria-label={`Book ${words}`}>
          Book
        </Button>
      }
      title={`Book ${words}?`}
      action="Book it"
      onConfirm={book}
    >
      <BookingWords />
      <Text> The poll ends.</Text>
    </Confirm>
  );
}
