import type { Actor } from "../../kernel/actor.ts";
import { chunksOf } from "../../kernel/chunks.ts";
import { type NetworkId, newId, type RoundId } from "../../kernel/ids.ts";
import { dateIn, type Instant, later, Temporal } from "../../kernel/time.ts";
import { isOpeningTime } from "../../kernel/working-days.ts";
import { betweenMessages, type DeliveryCounts, isWithinAWeek } from "../deliveries/model.ts";
import { deliver, refreshAll, sendAgain } from "../deliveries/outbox.ts";
import { isAway } from "../roster/model.ts";
import { askTeams } from "./asking.ts";
import { freezeClosed } from "./combined.ts";
import { type CheckInDeps, readSettings } from "./deps.ts";
import { closeRoundJob, combinedFiguresJob, figuresJob, remindRoundJob } from "./jobs.ts";
import { tendMedians } from "./medians.ts";
import type { Round } from "./model.ts";
import type { CheckInStores } from "./ports.ts";
import { currentQuestionSet, themeFor, themeNamed } from "./question-set.ts";
import { closesAt, nextOpening, reminderTimes } from "./schedule.ts";
import { guidesOf } from "./settings.ts";

export type OpenResult =
  | { readonly ok: true; readonly round: Round }
  | { readonly ok: false; readonly why: "already-open" | "opened-today" | "no-teams" };

/** Teams that are asked in one go, within the transaction: few enough not to keep the process from answering others. */
const askedAtOnce = 100;
/** When the figures as of a new round follow: its first cards are on their way by then, and nobody has answered. */
const figuresFollow = { seconds: 10 };
/** What a round puts into chats and what ends with it. */
const ownPurposes = ["check-in", "reminder", "nudge", "details"] as const;

/**
 * Opens a round now: every team that has a manager is asked, every manager gets a card, and the close and the
 * reminders are set, all in one transaction: nobody sees a round of which some are still to be asked.
 * @param actor the lead who opened it, or null for the schedule
 * @param theme the second card's theme by its id; the next in turn when left out
 */
export async function openRound(
  deps: CheckInDeps,
  network: NetworkId,
  actor: Actor | null,
  theme?: string,
): Promise<OpenResult> {
  const meetingOn = await deps.nextMeeting(network);
  return deps.store.transaction(network, async (tx) => {
    const now = deps.clock.now();
    const settings = await readSettings(tx.settings);
    const teams = await tx.roster.managedTeams();
    if (teams.length === 0) return { ok: false, why: "no-teams" };
    const opensOn = dateIn(settings.zone, now);
    const latest = await tx.rounds.latest();
    if (latest !== null && latest.closedAt === null) return { ok: false, why: "already-open" };
    // What a team answered before is looked for by the day on which its round opened, so a day has one round.
    if (latest !== null && Temporal.PlainDate.compare(latest.opensOn, opensOn) >= 0) return { ok: false, why: "opened-today" };
    const round: Round = {
      id: newId<RoundId>(),
      opensOn,
      openedAt: now,
      closesAt: closesAt(settings, now, meetingOn),
      closedAt: null,
      questionSet: currentQuestionSet.version,
      theme: theme === undefined ? themeFor(await tx.rounds.count()).id : themeNamed(theme).id,
      guides: guidesOf(settings),
    };
    if (!(await tx.rounds.open(round, []))) return { ok: false, why: "already-open" };
    let cards = 0;
    for (const some of chunksOf(teams, askedAtOnce)) cards += await askTeams(tx, network, { round, settings, now }, some);
    const job = { network, round: round.id };
    await tx.jobs.add(figuresJob, [job], { runAt: now.add(figuresFollow) });
    await tx.jobs.add(closeRoundJob, [job], { runAt: round.closesAt });
    for (const at of reminderTimes(settings, now, round.closesAt)) await tx.jobs.add(remindRoundJob, [job], { runAt: at });
    await tx.audit.record({
      at: now,
      actor,
      action: "round.open",
      subject: round.id,
      detail: { teams: teams.length, cards },
    });
    return { ok: true, round };
  });
}

/**
 * Closes a round: no more answers are taken, the cards in the chats say so, and cards that were still to go are given
 * up. Its combined figures, which take a while in a large network, follow by a job. Harmless when it is closed already.
 */
export async function closeRound(deps: CheckInDeps, network: NetworkId, actor: Actor | null, round: RoundId): Promise<boolean> {
  return deps.store.transaction(network, async (tx) => {
    const now = deps.clock.now();
    if (!(await tx.rounds.close(round, now))) return false;
    await tx.closing.begin(round);
    for (const purpose of ownPurposes) {
      await tx.deliveries.giveUp(round, purpose, null, "The round closed before the card could go.", now);
    }
    await refreshAll(tx, network, round, ownPurposes);
    await tx.jobs.add(combinedFiguresJob, [{ network, round }]);
    await tx.audit.record({ at: now, actor, action: "round.close", subject: round, detail: {} });
    return true;
  });
}

/**
 * Reminds those who got a card of an open round and whose team hasn't answered or skipped. Nobody is reminded within
 * a week of an unasked message.
 * @returns how many reminders were made; null when the round isn't open
 */
export async function remindRound(
  deps: CheckInDeps,
  network: NetworkId,
  actor: Actor | null,
  round: RoundId,
): Promise<number | null> {
  return deps.store.transaction(network, async (tx) => {
    const now = deps.clock.now();
    if ((await tx.rounds.byId(round))?.closedAt !== null) return null;
    const teams = (await tx.rounds.teams(round)).filter((team) => team.state === "waiting");
    const waiting = new Set<string>(teams.map((team) => team.team));
    const cards = (await tx.deliveries.ofOccasion(round, "check-in")).filter(
      (card) => card.state === "delivered" && waiting.has(card.subject),
    );
    const recipients = cards.map((card) => card.recipient);
    const people = await tx.roster.peopleByIds(recipients);
    const recently = await tx.deliveries.lastUnasked(recipients, now.subtract(betweenMessages), null);
    const { zone } = await readSettings(tx.settings);
    const due = cards.filter((card) => {
      const person = people.get(card.recipient);
      const last = recently.get(card.recipient);
      if (person === undefined || person.leftOn !== null || person.stoppedAt !== null) return false;
      return !isAway(person, dateIn(zone, now)) && (last === undefined || !isWithinAWeek(last, now));
    });
    await remind(tx, network, due, now);
    await tx.audit.record({ at: now, actor, action: "round.remind", subject: round, detail: { reminders: due.length } });
    return due.length;
  });
}

async function remind(
  tx: CheckInStores,
  network: NetworkId,
  cards: Awaited<ReturnType<CheckInStores["deliveries"]["ofOccasion"]>>,
  now: Instant,
): Promise<void> {
  const reminders = cards.map(({ occasion, subject, recipient }) => ({
    occasion,
    subject,
    recipient,
    purpose: "reminder" as const,
    unasked: true,
    skip: false,
    reason: null,
    notBefore: null,
  }));
  const added = new Set((await deliver(tx, network, reminders, now)).map((delivery) => `${delivery.subject} ${delivery.recipient}`));
  // A second reminder of the same round is the same delivery, sent again.
  const earlier = cards.filter((card) => !added.has(`${card.subject} ${card.recipient}`));
  if (earlier.length === 0) return;
  const wanted = new Set(earlier.map((card) => `${card.subject} ${card.recipient}`));
  const [first] = earlier;
  const again = first === undefined ? [] : await tx.deliveries.ofOccasion(first.occasion, "reminder");
  const ids = again.filter((delivery) => wanted.has(`${delivery.subject} ${delivery.recipient}`)).map((delivery) => delivery.id);
  await sendAgain(tx, network, ids, now);
}

/** What can be sent again: what people are asked, and leads' work cards. */
const retried = ["check-in", "reminder", "details", "request"] as const;

/** Sends the failed cards of an open round again, and only those. Null when the round isn't open. */
export async function retryRound(deps: CheckInDeps, actor: Actor, round: RoundId): Promise<number | null> {
  return deps.store.transaction(actor.network, async (tx) => {
    const now = deps.clock.now();
    if ((await tx.rounds.byId(round))?.closedAt !== null) return null;
    const cards = [];
    for (const purpose of retried) cards.push(...(await tx.deliveries.ofOccasion(round, purpose)));
    const failed = cards.filter((delivery) => delivery.state === "failed").map((delivery) => delivery.id);
    const again = await sendAgain(tx, actor.network, failed, now);
    await tx.audit.record({ at: now, actor, action: "round.retry", subject: round, detail: { cards: again } });
    return again;
  });
}

/** How late a round may still open by itself after the server was away: three days, and Friday's on Monday morning. */
const latestBy = { hours: 73 };
/** For a network that never had a round: only an opening that has just come. */
const justNow = { hours: 1 };

/**
 * Closes a network's round whose time is over, should the job that closes it have been lost, and works out what rounds
 * that have closed still lack.
 */
export async function closeDueRound(deps: CheckInDeps, network: NetworkId): Promise<void> {
  const round = await deps.store.read(network).rounds.current();
  const isDue = round !== null && Temporal.Instant.compare(round.closesAt, deps.clock.now()) <= 0;
  if (isDue) await closeRound(deps, network, null, round.id);
  await freezeClosed(deps, network);
  await tendMedians(deps, network);
}

/** Opens a network's round when it is due. Runs every minute; safe to run twice, since only one round can be open. */
export async function openDueRound(deps: CheckInDeps, network: NetworkId): Promise<void> {
  const read = deps.store.read(network);
  const settings = await readSettings(read.settings);
  if (!settings.opensByItself) return;
  const latest = await read.rounds.latest();
  if (latest !== null && latest.closedAt === null) return;
  const now = deps.clock.now();
  const since = latest === null ? now.subtract(justNow) : later(latest.openedAt, now.subtract(latestBy));
  const next = nextOpening(settings, since, latest?.opensOn ?? null);
  const isDue = Temporal.Instant.compare(next.opensAt, now) <= 0;
  if (isDue && isOpeningTime(settings, now)) await openRound(deps, network, null);
}


export interface RoundView {
  readonly round: Round;
  readonly deliveries: DeliveryCounts;
  readonly teams: { readonly waiting: number; readonly answered: number; readonly skipped: number };
}

/** Rounds with how their cards and answers stand, newest first. */
export async function listRounds(
  deps: CheckInDeps,
  network: NetworkId,
  query: { limit: number; after: RoundId | null },
): Promise<RoundView[]> {
  const rounds = await deps.store.read(network).rounds.page(query);
  return roundViews(deps, network, rounds);
}

export async function roundView(deps: CheckInDeps, network: NetworkId, id: RoundId): Promise<RoundView | null> {
  const round = await deps.store.read(network).rounds.byId(id);
  return round === null ? null : ((await roundViews(deps, network, [round]))[0] ?? null);
}

async function roundViews(deps: CheckInDeps, network: NetworkId, rounds: readonly Round[]): Promise<RoundView[]> {
  const read = deps.store.read(network);
  const counts = await read.deliveries.counts(rounds.map((round) => round.id), "check-in");
  return Promise.all(
    rounds.map(async (round) => ({
      round,
      deliveries: counts.get(round.id) ?? { intended: 0, delivered: 0, failed: 0, skipped: 0, pending: 0 },
      teams: await read.rounds.teamCounts(round.id),
    })),
  );
}
