import { sendAskedFor } from "../deliveries/outbox.ts";
import { type Actor, allow } from "../../kernel/actor.ts";
import type { BotCommand, Reply } from "../../kernel/bot.ts";
import { noticeCard } from "../../kernel/card-layouts.ts";
import { asId, type TeamId } from "../../kernel/ids.ts";
import { dateIn, Temporal } from "../../kernel/time.ts";
import { answerLines } from "./card-fields.ts";
import { nextOpeningInWords, presentCard } from "./card-sources.ts";
import { type CheckInDeps, readSettings } from "./deps.ts";
import { mayLead } from "./leads.ts";
import type { PastCheckIn } from "./model.ts";
import { loadQuestionSet } from "./question-set.ts";
import { summaryFor } from "./standing-summary.ts";
import { summaryCard } from "./summary-card.ts";
import { loadViews } from "./views.ts";
import { shortDay, teamInWords } from "./words.ts";

/** What people can type about check-ins. */
export function checkInCommands(deps: CheckInDeps): BotCommand[] {
  return [
    {
      words: ["check in", "check-in", "checkin"],
      help: "your check-in card again",
      allow: allow.everyone,
      handle: (actor) => sendAgain(deps, actor),
    },
    {
      words: ["my check-ins", "my check ins", "my checkins"],
      help: "what your teams answered",
      allow: allow.teamManagers,
      handle: (actor) => myCheckIns(deps, actor),
    },
    {
      words: ["summary"],
      help: "which teams to ring first, and why",
      allow: allow.leads,
      handle: (actor) => summary(deps, actor),
    },
    {
      words: ["send me a test", "test"],
      help: "the check-in card as people get it; nothing is stored",
      allow: allow.leads,
      handle: (actor) => test(deps, actor),
    },
  ];
}

function say(text: string): Reply[] {
  return [{ kind: "text", text }];
}

async function sendAgain(deps: CheckInDeps, actor: Actor): Promise<Reply[]> {
  const sent = await deps.store.transaction(actor.network, async (tx) => {
    const person = await tx.roster.person(actor.person);
    if (person?.stoppedAt != null) return "stopped" as const;
    const round = await tx.rounds.current();
    if (round === null) return null;
    const own = await tx.deliveries.toPerson(round.id, "check-in", actor.person);
    const teams = own.map((card) => asId<TeamId>(card.subject));
    const parts = new Map<string, string>((await tx.rounds.teams(round.id, teams)).map((part) => [part.team, part.state]));
    const waiting = own.filter((card) => parts.get(card.subject) === "waiting");
    for (const { occasion, subject, recipient } of waiting) {
      await sendAskedFor(tx, actor.network, { occasion, subject, recipient, purpose: "nudge" }, deps.clock.now(), null);
    }
    return { waiting: waiting.length, settled: own.filter((card) => !waiting.includes(card)) };
  });
  if (sent === "stopped") return say("You said “stop”, so no cards come to you. Write “start” first, then “check in” again.");
  if (sent === null) {
    const next = await nextOpeningInWords(deps, actor.network);
    return say(`No check-in is open at the moment.${next === null ? "" : ` The next one opens on ${next}.`}`);
  }
  const { waiting, settled } = sent;
  // What is answered or skipped needs no reminder: it is shown as it stands.
  const views = [...(await loadViews(deps, actor.network, settled)).values()].filter((view) => view.isTheirs);
  const shown = views.map((view): Reply => ({ kind: "card", card: presentCard(deps, view, null) }));
  if (waiting === 0 && shown.length > 0) return shown;
  if (waiting === 0) return say("This check-in has no card for you: no team of yours is part of it.");
  return [...say(waiting === 1 ? "Your check-in card is on its way." : "Your check-in cards are on their way."), ...shown];
}

/** Answers per team that "my check-ins" shows. */
const shownPerTeam = 3;

async function myCheckIns(deps: CheckInDeps, actor: Actor): Promise<Reply[]> {
  const read = deps.store.read(actor.network);
  const { zone } = await readSettings(read.settings);
  const today = dateIn(zone, deps.clock.now());
  const teams = await read.roster.teamsOf(actor.person);
  const past = await read.checkIns.since(teams.map((team) => team.id), today.subtract({ weeks: 52 }));
  const lines = (one: PastCheckIn) =>
    answerLines(
      loadQuestionSet(one.questionSet).questions,
      one.answers,
      { from: shortDay(one.periodFrom, today), to: shortDay(one.opensOn, today), lead: "your lead" },
      one.carried,
    );
  const sections = teams.flatMap((team) => {
    const own = past.filter((one) => one.team === team.id).slice(-shownPerTeam).reverse();
    if (own.length === 0) return [{ heading: teamInWords(team), lines: ["Nothing answered yet."], separator: true }];
    return own.map((one, index) => ({
      heading: `${teamInWords(team)}, ${shortDay(one.opensOn, today)}`,
      lines: lines(one),
      separator: index === 0,
    }));
  });
  const footer = `Sent by Steady; only you see this card. The last ${shownPerTeam} check-ins of each team. Write “my data” for all that is kept about you.`;
  return [{ kind: "card", card: noticeCard(deps.templates, { title: "My check-ins", sections, footer }) }];
}

async function summary(deps: CheckInDeps, actor: Actor): Promise<Reply[]> {
  const all = await summaryFor(deps, actor, { by: "area", from: null, to: null });
  if (all.asOf === null) return say("No check-in has been held yet, so there is nothing to sum up.");
  if (all.total.teams === 0) return say("No team is in your scope yet, so there is nothing to sum up.");
  const { zone } = await readSettings(deps.store.read(actor.network).settings);
  const asOf = { opensOn: Temporal.PlainDate.from(all.asOf) };
  const card = summaryCard(deps.templates, all, asOf, dateIn(zone, deps.clock.now()));
  return [{ kind: "card", card }];
}

/** Sends a lead the card of a team in their scope exactly as its manager gets it; pressing Send stores nothing. */
async function test(deps: CheckInDeps, actor: Actor): Promise<Reply[]> {
  const made = await deps.store.transaction(actor.network, async (tx) => {
    const round = await tx.rounds.latest();
    const parts = round === null ? null : new Set((await tx.rounds.teams(round.id)).map((part) => part.team));
    const team = (await tx.roster.teams()).find((one) => mayLead(actor, one) && (parts?.has(one.id) ?? true));
    if (team === undefined) return false;
    // Before the first round the network itself is the occasion, and the card shows the round that would open now.
    const key = { occasion: round?.id ?? actor.network, subject: team.id, recipient: actor.person };
    await sendAskedFor(tx, actor.network, { ...key, purpose: "test" }, deps.clock.now(), null);
    return true;
  });
  return say(
    made
      ? "A test is on its way: the card as one of your teams gets it. Nothing that you send from it is stored."
      : "A test needs a team in your scope, and the roster has none.",
  );
}
