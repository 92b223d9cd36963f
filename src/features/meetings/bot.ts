import { type Actor, allow } from "../../kernel/actor.ts";
import type { BotCommand, Reply } from "../../kernel/bot.ts";
import { dateIn, dayInWords } from "../../kernel/time.ts";
import { sendAskedFor } from "../deliveries/outbox.ts";
import { presentCard } from "./cards.ts";
import { readSettings } from "./deps.ts";
import { type NetworkEvent, takesAnswers } from "./model.ts";
import { nonWorkingInWords } from "./non-working.ts";
import { parseNonWorking } from "./non-working-reading.ts";
import type { MeetingDeps } from "./ports.ts";
import { seriesDates } from "./series.ts";
import { loadViews } from "./views.ts";

/** What people can type about meetings. */
export function meetingCommands(deps: MeetingDeps): BotCommand[] {
  return [
    {
      words: ["meeting", "meetings", "next meeting"],
      help: "the next network meeting, and your answer",
      allow: allow.everyone,
      handle: (actor) => nextMeeting(deps, actor),
    },
    {
      words: ["non-working", "non working", "i don't work", "i don’t work", "i dont work", "i do not work"],
      help: "say when you don't work, as in “I don't work Mondays and Thursday afternoons”",
      allow: allow.everyone,
      handle: (actor, rest) => nonWorking(deps, actor, rest),
    },
  ];
}

function say(text: string): Reply[] {
  return [{ kind: "text", text }];
}

/** Sends the card of the next meeting that somebody is invited to, as things stand. */
async function nextMeeting(deps: MeetingDeps, actor: Actor): Promise<Reply[]> {
  const now = deps.clock.now();
  const read = deps.store.read(actor.network);
  const invited: NetworkEvent[] = [];
  for (const event of await read.events.upcoming(now)) {
    const invitees = await read.events.invitees(event.id);
    if (invitees.some(({ person, removedAt }) => person === actor.person && removedAt === null)) invited.push(event);
  }
  const [first] = invited;
  const running = first === undefined || takesAnswers(first, now) ? [] : await runningCard(deps, actor, first);
  if (running.length > 0) return running;
  const next = invited.find((event) => takesAnswers(event, now));
  if (next === undefined) return say(await plannedInWords(deps, actor));
  const person = await read.roster.person(actor.person);
  if (person?.stoppedAt != null) {
    return say("You said “stop”, so no cards come to you. Write “start” first, then “meeting” again.");
  }
  const key = { occasion: next.id, subject: next.id, purpose: "rsvp", recipient: actor.person } as const;
  await deps.store.transaction(actor.network, (tx) => sendAskedFor(tx, actor.network, key, now, null));
  return say("The card of the next meeting is on its way.");
}

/** The card of a meeting that goes on at this moment, with the way in; nothing for those who never had one. */
async function runningCard(deps: MeetingDeps, actor: Actor, event: NetworkEvent): Promise<Reply[]> {
  const own = await deps.store.read(actor.network).deliveries.toPerson(event.id, "rsvp", actor.person);
  const views = [...(await loadViews(deps, actor.network, own)).values()];
  return views.map((view) => ({ kind: "card", card: presentCard(deps.templates, view) }));
}

/** Dates of the rhythm that are looked through for the next one without a meeting. */
const datesAhead = 12;

async function plannedInWords(deps: MeetingDeps, actor: Actor): Promise<string> {
  const read = deps.store.read(actor.network);
  const settings = await readSettings(read.settings);
  const today = dateIn(settings.zone, deps.clock.now());
  const taken = await read.events.plannedDates(today);
  const next = seriesDates(settings, today, datesAhead).find(({ on }) => !taken.has(on.toString()));
  const none = "You aren't invited to any coming meeting at the moment.";
  if (next === undefined) return none;
  return `${none} The next one to be booked is planned for about ${dayInWords(next.on, today)}.`;
}

/** Keeps when somebody doesn't work, or says what is kept when nothing is given. */
async function nonWorking(deps: MeetingDeps, actor: Actor, rest: string): Promise<Reply[]> {
  const parsed = parseNonWorking(rest);
  if (!parsed.ok) {
    const kept = (await deps.store.read(actor.network).events.nonWorking()).get(actor.person) ?? [];
    const present = kept.length === 0 ? "" : `Kept so far: you don't work ${nonWorkingInWords(kept)}. `;
    return say(`${present}${parsed.message}`);
  }
  await deps.store.transaction(actor.network, (tx) => tx.events.saveNonWorking(actor.person, parsed.times));
  if (parsed.times.length === 0) return say("Noted: there are no days or times when you don't work.");
  const when = nonWorkingInWords(parsed.times);
  return say(`Noted: you don't work ${when}. It counts from the next time that dates for meetings are looked for.`);
}
