import { z } from "zod";
import type { CalendarStore, Held } from "./calendar-store.ts";
import { eventJson } from "./event-json.ts";
import { refusal, type Refusal } from "./refusals.ts";
import { windowOf } from "./zones.ts";

export interface Question {
  readonly store: CalendarStore;
  /** Lower-cased. */
  readonly mailbox: string;
  readonly query: URLSearchParams;
  /** The zone in which times are asked for. */
  readonly zone: string;
  /** The address of the list without its query, for links to more of it. */
  readonly address: string;
  readonly prefer: string | undefined;
}

const byStart = (one: Held, other: Held) => one.meeting.startsAt - other.meeting.startsAt;

function pageSize({ query, prefer }: Question): number {
  const asked = query.get("$top") ?? /odata\.maxpagesize=(\d+)/i.exec(prefer ?? "")?.[1];
  return Math.min(1000, Math.max(1, Number(asked ?? 10) || 10));
}

function page(question: Question, all: readonly Held[]): object {
  const skip = Number(question.query.get("$skip") ?? 0) || 0;
  const size = pageSize(question);
  const value = all.slice(skip, skip + size).map((held) => eventJson(held, question.zone));
  if (skip + size >= all.length) return { value };
  const next = new URLSearchParams(question.query);
  next.set("$skip", String(skip + size));
  next.set("$top", String(size));
  return { value, "@odata.nextLink": `${question.address}?${String(next)}` };
}

const shown = ({ store, mailbox }: Question) => store.held(mailbox).filter(({ copy }) => copy.state !== "away");

/** The events of a calendar, found by iCalUId or by a single-value extended property when a filter is given. */
export function listEvents(question: Question): object | Refusal {
  const filter = question.query.get("$filter");
  const fits = filter === null ? () => true : readFilter(filter);
  if (fits === null) return refusal(400, "ErrorInvalidUrlQueryFilter", "The filter isn't understood.");
  return page(question, shown(question).filter(fits).toSorted(byStart));
}

function readFilter(filter: string): ((held: Held) => boolean) | null {
  const iCalUId = /^iCalUId eq '([^']*)'$/.exec(filter)?.[1];
  if (iCalUId !== undefined) return ({ meeting }) => meeting.iCalUId === iCalUId;
  const any = /^singleValueExtendedProperties\/Any\((\w+): ?\1\/id eq '([^']*)' and \1\/value eq '((?:[^']|'')*)'\)$/i;
  const [, , id, value] = any.exec(filter) ?? [];
  if (id === undefined || value === undefined) return null;
  // A property that an app puts on its copy doesn't travel to the attendees'.
  return ({ meeting, copy }) => copy === meeting.copies[0] && meeting.properties[id] === value.replaceAll("''", "'");
}

const isWithin =
  ({ from, to }: { readonly from: number; readonly to: number }) =>
  ({ meeting }: Held) =>
    meeting.startsAt < to && meeting.endsAt > from;

/** The events that a time window touches, by their start. */
export function calendarView(question: Question): object | Refusal {
  const span = windowOf(question.query);
  if ("status" in span) return span;
  return page(question, shown(question).filter(isWithin(span)).toSorted(byStart));
}

const Mark = z.object({
  life: z.string(),
  from: z.number(),
  to: z.number(),
  since: z.number(),
  /** True while the first round lasts, which tells nothing of what is gone. */
  first: z.boolean(),
});
type Mark = z.infer<typeof Mark>;

const writeMark = (mark: Mark): string => Buffer.from(JSON.stringify(mark)).toString("base64url");

function readMark(text: string): Mark | null {
  try {
    return Mark.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
  } catch {
    return null;
  }
}

function markOf({ query, store }: Question): Mark | Refusal {
  const token = query.get("$deltatoken") ?? query.get("$skiptoken");
  if (token === null) {
    const span = windowOf(query);
    return "status" in span ? span : { life: store.life(), ...span, since: 0, first: true };
  }
  const mark = readMark(token);
  if (mark?.life === store.life()) return mark;
  return refusal(410, "SyncStateNotFound", "The sync state generation is not found.");
}

/**
 * What changed in a time window since the mark that the request names. As with Graph, what changed outside the window
 * is told as removed too.
 */
export function calendarDelta(question: Question): object | Refusal {
  const { store, mailbox, zone, address } = question;
  const mark = markOf(question);
  if ("status" in mark) return mark;
  const isShown = (held: Held) => held.copy.state !== "away" && isWithin(mark)(held);
  const news = store
    .held(mailbox)
    .filter((held) => held.copy.changed > mark.since && (!mark.first || isShown(held)))
    .toSorted((one, other) => one.copy.changed - other.copy.changed);
  const told = news.slice(0, pageSize(question));
  const value = told.map((held) =>
    isShown(held) ? eventJson(held, zone) : { id: held.copy.id, "@removed": { reason: "deleted" } },
  );
  if (told.length < news.length) {
    const next = writeMark({ ...mark, since: told.at(-1)?.copy.changed ?? mark.since });
    return { value, "@odata.nextLink": `${address}?$skiptoken=${next}` };
  }
  const done = writeMark({ ...mark, since: store.latestChange(), first: false });
  return { value, "@odata.deltaLink": `${address}?$deltatoken=${done}` };
}
