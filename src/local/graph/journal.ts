import { z } from "zod";
import { openJsonLines, type JsonLines } from "../json-lines.ts";
import { Received } from "./mails.ts";
import { Meeting } from "./meeting.ts";
import { Subscription } from "./subscription.ts";

const Span = z.object({ start: z.number(), end: z.number() });
export type Span = Readonly<z.infer<typeof Span>>;

const CalendarEntry = z.discriminatedUnion("what", [
  z.object({ what: z.literal("life"), life: z.string() }),
  z.object({ what: z.literal("meeting"), meeting: Meeting }),
  z.object({ what: z.literal("busy"), address: z.string(), spans: z.array(Span) }),
  z.object({ what: z.literal("subscription"), subscription: Subscription }),
  z.object({ what: z.literal("subscription-removed"), id: z.string() }),
]);
/** A change of the calendars; a later one about the same thing replaces an earlier one. */
export type CalendarEntry = z.infer<typeof CalendarEntry>;

/** What was kept before the start, and how to keep more. */
export type Journal<T> = Pick<JsonLines<T>, "entries" | "append">;

/** Keeps mails and changes of calendars in one file; nowhere when none is named. */
export function openJournal(file: string | undefined): {
  readonly mails: Journal<Received>;
  readonly calendars: Journal<CalendarEntry>;
} {
  const { entries, append, rewrite } = openJsonLines(file, z.union([CalendarEntry, Received]));
  const mails: Received[] = [];
  const calendars = new Map<string, CalendarEntry>();
  for (const entry of entries) {
    if ("what" in entry) calendars.set(subjectOf(entry), entry);
    else mails.push(entry);
  }
  const latest = [...calendars.values()].filter(({ what }) => what !== "subscription-removed");
  // Each change of a meeting holds the whole of it.
  if (latest.length + mails.length < entries.length) rewrite([...mails, ...latest]);
  return { mails: { entries: mails, append }, calendars: { entries: latest, append } };
}

function subjectOf(entry: CalendarEntry): string {
  switch (entry.what) {
    case "life":
      return "life";
    case "meeting":
      return `meeting ${entry.meeting.iCalUId}`;
    case "busy":
      return `busy ${entry.address}`;
    case "subscription":
      return `subscription ${entry.subscription.id}`;
    case "subscription-removed":
      return `subscription ${entry.id}`;
  }
}
