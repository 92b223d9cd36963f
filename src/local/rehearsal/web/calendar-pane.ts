import { byId, h } from "../../../web/dom.ts";
import type { Api, CalendarEvent } from "./api.ts";
import { createEventView } from "./calendar-event.ts";
import type { EventView } from "./calendar-event.ts";
import { londonDate, londonDay } from "./calendar-words.ts";

export interface CalendarPaneDeps {
  readonly api: Pick<Api, "respond">;
  announce(text: string): void;
  /** The server's moment, ISO. */
  now(): string;
  /** After an answer, so that its effect is fetched without waiting for an event. */
  refresh(): void;
}

/** The calendar of the chosen person or mailbox: what is to come, then what was. */
export function createCalendarPane({ api, announce, now, refresh }: CalendarPaneDeps) {
  const parts = byId("calendar-parts", HTMLElement);
  const empty = byId("calendar-empty", HTMLElement);
  const zone = byId("calendar-zone", HTMLElement);
  let person: string | null = null;
  let events: readonly CalendarEvent[] = [];
  let views = new Map<string, EventView>();
  /** What is drawn where, so that elements are only moved when they must be. */
  let laid = "";

  const respondFor = (key: string): Parameters<typeof createEventView>[1] => async (iCalUId, answer) => {
    const done = await api.respond(key, iCalUId, answer);
    refresh();
    return done.ok ? null : done.reason;
  };

  const draw = () => {
    if (person === null) return;
    const at = now();
    const respond = respondFor(person);
    const upcoming = events.filter((event) => !isPast(event, at));
    const past = events.filter((event) => isPast(event, at)).reverse();
    views = new Map(
      events.map(({ iCalUId }) => [iCalUId, views.get(iCalUId) ?? createEventView(iCalUId, respond)] as const),
    );
    for (const event of events) views.get(event.iCalUId)?.update(event, isPast(event, at));
    const wanted = JSON.stringify([person, [upcoming, past].map((part) => daysOf(part).map(placed)), londonDate(at)]);
    if (wanted === laid) return;
    laid = wanted;
    const part = (title: string, list: readonly CalendarEvent[]) => partOf(title, list, at, views);
    const focused = document.activeElement;
    parts.replaceChildren(
      ...(upcoming.length === 0 ? [h("p", { class: "empty" }, "Nothing is coming up.")] : [part("Upcoming", upcoming)]),
      ...(past.length === 0 ? [] : [part("Past", past)]),
    );
    if (focused instanceof HTMLElement && parts.contains(focused)) focused.focus({ preventScroll: true });
  };

  const fill = (why: string | null) => {
    empty.hidden = why === null;
    empty.textContent = why ?? "";
    for (const element of [parts, zone]) element.hidden = why !== null;
  };

  return {
    /** Shows a calendar's events, by start. */
    show(key: string, items: readonly CalendarEvent[]): void {
      const known = person === key ? new Map(events.map((event) => [event.iCalUId, event])) : null;
      if (known === null) {
        views = new Map();
        laid = "";
      }
      person = key;
      events = items;
      fill(items.length === 0 ? "Nothing in this calendar yet. Meetings appear here when they are booked." : null);
      draw();
      const next = items.find((event) => !isPast(event, now()));
      if (known === null) return views.get(next?.iCalUId ?? "")?.openAttendees();
      const news = items.flatMap((event) => newsOf(known.get(event.iCalUId), event));
      if (news.length > 0) announce(news.join(". "));
    },
    /** Nobody is chosen, or their calendar can't be had. */
    clear(why: string): void {
      person = null;
      events = [];
      fill(why);
    },
    /** The view was opened. */
    look: draw,
  };
}

const isPast = ({ endsAt }: CalendarEvent, now: string): boolean => Date.parse(endsAt) <= Date.parse(now);

function newsOf(before: CalendarEvent | undefined, event: CalendarEvent): string[] {
  if (before === undefined) return [`New in the calendar: ${event.subject}`];
  if (event.isCancelled && !before.isCancelled) return [`Cancelled: ${event.subject}`];
  return before.startsAt === event.startsAt ? [] : [`Moved: ${event.subject}`];
}

interface Day {
  readonly date: string;
  readonly events: readonly CalendarEvent[];
}

/** Events that follow each other, by their day in London. */
function daysOf(events: readonly CalendarEvent[]): Day[] {
  const days = new Map<string, CalendarEvent[]>();
  for (const event of events) {
    const date = londonDate(event.startsAt);
    days.set(date, [...(days.get(date) ?? []), event]);
  }
  return [...days].map(([date, list]) => ({ date, events: list }));
}

const placed = ({ date, events }: Day) => [date, ...events.map(({ iCalUId }) => iCalUId)];

function partOf(
  title: string,
  events: readonly CalendarEvent[],
  now: string,
  views: ReadonlyMap<string, EventView>,
): HTMLElement {
  const days = daysOf(events).map((day) => {
    const [first] = day.events;
    const heading = h("h4", { class: "calendar-day" }, first === undefined ? day.date : londonDay(first.startsAt, now));
    return h("div", {}, heading, ...day.events.flatMap(({ iCalUId }) => views.get(iCalUId)?.element ?? []));
  });
  return h("section", { class: "calendar-part" }, h("h3", {}, title), ...days);
}
