import type { MeetingPlan, MeetingResource, PollResource } from "../../features/meetings/contract.ts";

type Slot = MeetingPlan["items"][number]["slots"][number];

export const stateWords: Readonly<Record<MeetingResource["state"], string>> = {
  booking: "Being put into the calendar",
  booked: "Booked",
  cancelled: "Cancelled",
  held: "Held",
};

/** How many are known to be unable to come. */
const unable = ({ counts: { busy, nonWorking, away } }: Pick<Slot, "counts">): number => busy + nonWorking + away;

export interface Compared {
  /** The dates that it is compared with. */
  readonly among: readonly Pick<Slot, "counts">[];
  /** What everybody was asked about them; null when nobody was. */
  readonly poll: PollResource | null;
}

/** What speaks for and against a date, as a sentence; what forbids it says `whyNot`. */
export function reasonsInWords(slot: Slot, { among, poll }: Compared): string {
  const { reasons, faults, startsAt } = slot;
  // Where others say how many can't come, saying nothing would read as not knowing.
  const nobody = unable(slot) === 0 && slot.counts.free === 0 && among.some((other) => unable(other) > 0);
  const votes = poll?.slots.find((slot) => Date.parse(slot.startsAt) === Date.parse(startsAt));
  const suits = votes === undefined || poll === null ? [] : [`suits ${votes.suits} of ${poll.answered} who answered`];
  const told = reasons.filter((reason) => !faults.includes(reason));
  return sentence([...suits, ...told, ...(nobody ? ["nobody is known to be unable to come"] : [])]);
}

/** What forbids a date, as a sentence. */
export const whyNot = ({ faults }: Pick<Slot, "faults">): string => sentence(faults);

function sentence(parts: readonly string[]): string {
  const text = parts.join("; ");
  return text === "" ? "" : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
