import { Badge, Button, Text } from "@fluentui/react-components";
import { useState } from "react";
import type { MeetingPlan, PollResource } from "../../features/meetings/contract.ts";
import { day, timesOf } from "../parts/dates.ts";
import { PageLink, Section } from "../parts/page.tsx";
import { useKeptFocus } from "../parts/use-kept-focus.ts";
import { AskEverybody } from "./ask-everybody.tsx";
import { BookSlot } from "./book-slot.tsx";
import { useSlotStyles } from "./slot-styles.ts";
import { type Compared, reasonsInWords, whyNot } from "./words.ts";

type Item = MeetingPlan["items"][number];
type Slot = Item["slots"][number];

/** Dates that stand under the best one at first. */
const fewOthers = 2;

export interface ProposalProps {
  readonly proposal: Item;
  readonly zone: string;
  /** What everybody was asked about this date; null when nobody was. */
  readonly poll: PollResource | null;
}

/** One date of the rhythm: its best slots with their reasons, to book or to ask about. */
export function Proposal({ proposal, zone, poll }: ProposalProps) {
  const styles = useSlotStyles();
  const [showsAll, setShowsAll] = useState(false);
  const { heading, expect } = useKeptFocus();
  const { plannedOn, slots, best } = proposal;
  const possible = slots.filter(({ faults }) => faults.length === 0);
  const [first, rest] = [slots.slice(0, 1 + fewOthers), slots.slice(1 + fewOthers)];
  return (
    <Section
      title={`Planned for ${day(plannedOn)}`}
      actions={possible.length > 1 && poll === null && <AskEverybody plannedOn={plannedOn} slots={possible} zone={zone} onDone={expect} />}
      headingRef={heading}
    >
      <Text>{standing(proposal)}</Text>
      {poll !== null && (
        <Text>
          Everybody was asked which dates suit them: {poll.answered === 0 ? "nobody has" : `${poll.answered} of ${poll.deliveries.intended} have`} answered.{" "}
          <PageLink to="meetings">See the answers</PageLink>
        </Text>
      )}
      <ul className={styles.list}>
        {(showsAll ? slots : first).map((slot) => (
          <li key={slot.startsAt} className={styles.slot}>
            <SlotWords slot={slot} zone={zone} poll={poll} among={slots} isBest={slot.startsAt === best?.startsAt} />
            {slot.faults.length === 0 && <BookSlot slot={slot} zone={zone} plannedOn={plannedOn} isBest={slot.startsAt === best?.startsAt} />}
          </li>
        ))}
      </ul>
      {rest.length > 0 && (
        <div>
          <Button aria-expanded={showsAll} onClick={() => setShowsAll(!showsAll)}>
            {showsAll ? "Show fewer dates" : `Show ${rest.length} more ${rest.length === 1 ? "date" : "dates"}`}
          </Button>
        </div>
      )}
    </Section>
  );
}

/** How the planned day stands, in a sentence or two. */
function standing({ isFine, best, slots }: Item): string {
  const planned = slots.find(({ isPlanned }) => isPlanned);
  if (isFine) return "The planned day is fine.";
  const why = planned === undefined || planned.faults.length === 0 ? "The planned day leaves out too many." : `The planned day can’t be used: ${planned.faults.join("; ")}.`;
  return best === null
    ? `${why} No day within a week of it can be booked: change the dates to avoid in the settings.`
    : `${why} The dates that suit best come first.`;
}

interface SlotWordsProps extends Compared {
  readonly zone: string;
  readonly slot: Slot;
  readonly isBest: boolean;
}

function SlotWords({ slot, zone, poll, among, isBest }: SlotWordsProps) {
  const styles = useSlotStyles();
  return (
    <div className={styles.words}>
      <span className={styles.date}>
        <Text weight="semibold">{timesOf(slot, zone)}</Text>
        {isBest && (
          <Badge appearance="tint" color="success">
            Best
          </Badge>
        )}
      </span>
      <Text className={styles.quiet}>{reasonsInWords(slot, { among, poll })}</Text>
      {slot.faults.length > 0 && <Text>Can’t be booked. {whyNot(slot)}</Text>}
    </div>
  );
}
