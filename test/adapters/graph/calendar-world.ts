import { createGraphClient, graphCalendar } from "../../../src/adapters/graph/index.ts";
import type { CalendarEvent, CalendarResult, EventDraft } from "../../../src/features/meetings/calendar.ts";
import { Temporal } from "../../../src/kernel/time.ts";
import type { GraphOptions } from "../../../src/local/graph/index.ts";
import { ana, bea, guest } from "../../local/connector-fixture.ts";
import { graphWorld, sender } from "../../local/graph-fixture.ts";

export const organiser = sender;
export const at = (text: string) => Temporal.Instant.from(text);
export const member = ({ name, email }: { name: string; email: string }) => ({ name, email });
export const [Ana, Bea, Cem] = [member(ana), member(bea), member(guest)];

export const draft: EventDraft = {
  transactionId: "series 1, it's 2026-11-12",
  subject: "Network meeting",
  body: "<p>Agenda</p>",
  startsAt: at("2026-11-12T10:00:00Z"),
  endsAt: at("2026-11-12T11:30:00Z"),
  zone: "Europe/London",
  attendees: [Ana, Bea],
  hideAttendees: true,
};

/** The adapter and the stand-in that it talks to, on one clock that starts on 1 November 2026 and moves by hand. */
export async function calendarWorld(options: Partial<GraphOptions> = {}) {
  const clock = { ms: Date.UTC(2026, 10, 1, 9) };
  const world = await graphWorld({ now: () => clock.ms, ...options });
  const client = createGraphClient({ baseUrl: world.graph.url, token: world.token, requestTimeoutMs: 4000 });
  const calendar = graphCalendar({ client, now: () => clock.ms });
  return {
    ...world,
    calendar,
    clock,
    book: async (change: Partial<EventDraft> = {}) => good(await calendar.book(organiser, { ...draft, ...change })),
    /** Mails of Exchange to somebody, by kind. */
    kindsTo: (email: string) => world.graph.mailsTo(email).map(({ kind }) => kind),
  };
}

/** What a call gave; a fault fails the test. */
export function good<T>(result: CalendarResult<T>): T {
  if (!result.ok) throw new Error(`${result.fault.kind}: ${result.fault.detail}`);
  return result.value;
}

export const answersOf = (event: CalendarEvent) =>
  Object.fromEntries(event.attendees.map(({ email, answer }) => [email, answer]));
