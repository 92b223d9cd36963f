import { asId, type EventId, type NetworkId } from "../../kernel/ids.ts";
import { dateIn } from "../../kernel/time.ts";
import type { Delivery } from "../deliveries/model.ts";
import { eventCards } from "./event-changes.ts";
import { stateOf } from "./model.ts";
import type { CalendarEntry, CalendarFiles, MeetingDeps } from "./ports.ts";
import { isTheirs, loadViews, type MeetingView } from "./views.ts";

/** A file that puts an event into a calendar program. */
export interface CalendarFile {
  /** Ends in ".ics"; letters, digits and hyphens only. */
  readonly fileName: string;
  readonly ics: string;
}

/**
 * True while there is an event that a card's recipient can put into their own calendar: not for a card about something
 * else, for an event that is cancelled or over, or for one that they aren't invited to any more.
 */
export async function hasCalendarFile(
  deps: Pick<MeetingDeps, "store" | "clock">,
  network: NetworkId,
  delivery: Delivery,
): Promise<boolean> {
  if (!eventCards.some((purpose) => purpose === delivery.purpose)) return false;
  const { events, roster } = deps.store.read(network);
  const event = await events.byId(asId<EventId>(delivery.occasion));
  if (event === null || ["cancelled", "held"].includes(stateOf(event, deps.clock.now()))) return false;
  const person = await roster.person(delivery.recipient);
  return person !== null && isTheirs(delivery, person, await events.invitees(event.id));
}

/**
 * The event that a card is about, as a file for its recipient's own calendar. It holds nobody else's name or answer.
 * @returns null where `hasCalendarFile` says no
 */
export async function calendarFileOf(
  deps: MeetingDeps & { readonly calendarFiles: CalendarFiles },
  network: NetworkId,
  delivery: Delivery,
): Promise<CalendarFile | null> {
  if (!(await hasCalendarFile(deps, network, delivery))) return null;
  const view = (await loadViews(deps, network, [delivery])).get(delivery.id);
  return view === undefined ? null : { fileName: fileNameOf(view), ics: deps.calendarFiles.write(entryOf(view)) };
}

function entryOf({ event, network, now, place }: MeetingView): CalendarEntry {
  // As on the card: whoever waits for a place has no way in yet.
  const isWaiting = typeof place === "number";
  return {
    // The same as in the invitation by Outlook, so that a calendar that has both shows one event.
    uid: event.calendar.iCalUid ?? event.id,
    version: event.moves,
    writtenAt: now,
    title: event.title,
    description: `A meeting of ${network}. Keeping it in your calendar doesn't answer the invitation.`,
    startsAt: event.startsAt,
    endsAt: event.endsAt,
    organiser: { name: network, email: event.organiser },
    joinUrl: isWaiting || event.calendar.joinUrl?.startsWith("https://") !== true ? null : event.calendar.joinUrl,
  };
}

/** "network-meeting-2026-11-17.ics", in letters that every file system and mail program takes. */
function fileNameOf({ event }: MeetingView): string {
  const plain = event.title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const title = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  const day = dateIn(event.zone, event.startsAt).toString();
  return `${title === "" ? "meeting" : title}-${day}.ics`;
}
