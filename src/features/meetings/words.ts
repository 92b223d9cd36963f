import { dateIn, dayInWords, type Instant, type LocalDate, timeInWords } from "../../kernel/time.ts";
import type { Answer, NetworkEvent } from "./model.ts";

/** The zone that needs no name: networks run in England. */
const homeZone = "Europe/London";

const timeOf = (at: Instant, zone: string) => timeInWords(at.toZonedDateTimeISO(zone).toPlainTime());

/** "Tuesday 17 November", with the year when it isn't `today`'s. */
export function dayOf(event: Pick<NetworkEvent, "startsAt" | "zone">, today: LocalDate): string {
  return dayInWords(dateIn(event.zone, event.startsAt), today);
}

/** "Tuesday 17 November, 10am to 11.30am, on Teams"; times of another zone than London's name it. */
export function whenInWords(event: Pick<NetworkEvent, "startsAt" | "endsAt" | "zone">, today: LocalDate): string {
  const { startsAt, endsAt, zone } = event;
  const named = zone === homeZone ? "" : ` (${zone} time)`;
  return `${dayOf(event, today)}, ${timeOf(startsAt, zone)} to ${timeOf(endsAt, zone)}${named}, on Teams`;
}

/** "10.05am on Tuesday 3 November". */
export function momentInWords(at: Instant, zone: string, today: LocalDate): string {
  return `${timeOf(at, zone)} on ${dayInWords(dateIn(zone, at), today)}`;
}

/** Why no answer is taken any more to an event that has started or is cancelled. */
export function overInWords(event: NetworkEvent, now: Instant): string {
  const today = dateIn(event.zone, now);
  if (event.cancelledAt !== null) return `The meeting on ${dayOf(event, today)} is cancelled, so nothing was changed.`;
  const started = momentInWords(event.startsAt, event.zone, today);
  return `The meeting started at ${started}, and answers are taken until the start only. Nothing was changed.`;
}

/** A title for a part of a card that reads markdown, without the signs that would change what it says or links to. */
export function plainTitle(title: string): string {
  return title.replace(/[*_`~[\]#<>|\\]/g, "");
}

export const saidInWords = { yes: "You said yes", maybe: "You said maybe", no: "You said no" } as const satisfies Record<
  Answer,
  string
>;

/** Who sees what somebody answers to an invitation. */
export const seenInWords =
  "The network's leads see your answer. Others see counts only, unless you say they may see your name.";
