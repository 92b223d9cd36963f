import { type Actor, allow } from "../../kernel/actor.ts";
import { dateIn, dayInWords, type Instant, type LocalDate, Temporal } from "../../kernel/time.ts";
import type { Decision } from "../overview/model.ts";
import { organiserOf, readSettings } from "./deps.ts";
import { dueTimes } from "./due.ts";
import { type NetworkEvent, takesAnswers } from "./model.ts";
import { openDates } from "./planning.ts";
import type { MeetingDeps, MeetingStores } from "./ports.ts";
import type { MeetingSettings } from "./settings.ts";
import { standing } from "./standing.ts";
import { dayOf } from "./words.ts";

/** What waits for a decision of those who run the network about its meetings; nothing for anybody else. */
export async function meetingDecisions(
  deps: Pick<MeetingDeps, "store" | "clock" | "defaultOrganiser">,
  actor: Actor,
): Promise<Decision[]> {
  if (!allow.runners(actor)) return [];
  const read = deps.store.read(actor.network);
  const settings = await readSettings(read.settings);
  const now = deps.clock.now();
  const today = dateIn(settings.zone, now);
  const coming = await read.events.upcoming(now);
  return [
    ...coming.flatMap((event) => calendarDecision(event, today)),
    ...(await failedCards(read, coming, today)),
    ...(await quorumAtRisk(read, settings, coming, now)),
    ...(await aboutTheSeries(deps, actor, settings, today, now)),
    ...setUp(settings, coming, organiserOf(settings, deps)),
  ];
}

function calendarDecision(event: NetworkEvent, today: LocalDate): Decision[] {
  if (event.calendar.state !== "failed") return [];
  const why = event.calendar.reason === null ? "" : ` ${event.calendar.reason}`;
  const text = `See to the calendar for the meeting on ${dayOf(event, today)}.${why}`;
  return [{ kind: "calendar-failed", text, page: "meetings", id: event.id }];
}

async function failedCards({ deliveries }: MeetingStores, coming: readonly NetworkEvent[], today: LocalDate): Promise<Decision[]> {
  const counts = await deliveries.counts(coming.map(({ id }) => id), "rsvp");
  return coming.flatMap((event): Decision[] => {
    const failed = counts.get(event.id)?.failed ?? 0;
    if (failed === 0) return [];
    const [cards, those] = failed === 1 ? ["1 card", "it"] : [`${failed} cards`, "them"];
    const text = `${cards} about the meeting on ${dayOf(event, today)} failed: see why, and send ${those} again.`;
    return [{ kind: "cards-failed", text, page: "deliveries", id: event.id }];
  });
}

async function quorumAtRisk(
  { events }: MeetingStores,
  settings: MeetingSettings,
  coming: readonly NetworkEvent[],
  now: Instant,
): Promise<Decision[]> {
  const { quorum } = settings;
  if (quorum === null) return [];
  const isNear = (event: NetworkEvent) => Temporal.Instant.compare(dueTimes(settings, event).quorum, now) <= 0;
  const decisions: Decision[] = [];
  // Within a week of the meeting: there is hardly ever more than one.
  for (const event of coming.filter((one) => takesAnswers(one, now) && isNear(one))) {
    const counting = standing(event, await events.rsvps(event.id), await events.invitees(event.id));
    const yes = counting.filter(({ answer }) => answer === "yes").length;
    if (yes >= quorum) continue;
    const few = yes === 0 ? `Nobody of the ${quorum} needed has` : `Only ${yes} of the ${quorum} needed ${yes === 1 ? "has" : "have"}`;
    const text = `${few} said yes to the meeting on ${dayOf(event, dateIn(event.zone, now))}: ask those who haven't answered, or move it.`;
    decisions.push({ kind: "quorum-at-risk", text, page: "meetings", id: event.id });
  }
  return decisions;
}

/** How long people have to say which dates suit them, where some don't answer. */
const pollDays = 7;

async function aboutTheSeries(
  deps: Pick<MeetingDeps, "store" | "clock">,
  { network }: Actor,
  settings: MeetingSettings,
  today: LocalDate,
  now: Instant,
): Promise<Decision[]> {
  const read = deps.store.read(network);
  const polls = await read.polls.open();
  const asked = await read.deliveries.counts(polls.map(({ id }) => id), "poll");
  const decisions: Decision[] = [];
  for (const { id, planned, askedAt } of polls) {
    const answered = (await read.polls.answers(id)).length;
    const { intended, skipped } = asked.get(id) ?? { intended: 0, skipped: 0 };
    const people = intended - skipped;
    const isOver = Temporal.Instant.compare(askedAt.add({ hours: pollDays * 24 }), now) <= 0;
    if (answered < people && !isOver) continue;
    const meeting = `the meeting planned for ${dayInWords(planned.on, today)}`;
    const text = `${answered} of ${people} have answered which dates suit them for ${meeting}: book one.`;
    decisions.push({ kind: "poll-ready", text, page: "meetings", id });
  }
  const beingAsked = new Set(polls.map(({ planned }) => planned.on.toString()));
  const dates = (await openDates(deps, network, settings)).filter(({ on }) => !beingAsked.has(on.toString()));
  const [next] = dates;
  if (settings.bookByItself || next === undefined) return decisions;
  const which =
    dates.length === 1
      ? `The date planned for ${dayInWords(next.on, today)} has no meeting yet: book one`
      : `${dates.length} planned dates have no meeting yet, the next on ${dayInWords(next.on, today)}: book them`;
  return [...decisions, { kind: "dates-to-book", text: `${which}, or ask everybody which days suit.`, page: "meetings", id: null }];
}

function setUp({ firstOn }: MeetingSettings, coming: readonly NetworkEvent[], organiser: string | null): Decision[] {
  const series: Decision = {
    ...{ kind: "no-series", page: "settings", id: null },
    text: "No network meetings are planned: set the date of the first one in the settings.",
  };
  const mailbox: Decision = {
    ...{ kind: "no-organiser", page: "settings", id: null },
    text: "No mailbox owns the network's meetings yet, so none can be booked: set the organiser in the settings.",
  };
  return [...(firstOn === null && coming.length === 0 ? [series] : []), ...(firstOn !== null && organiser === null ? [mailbox] : [])];
}
