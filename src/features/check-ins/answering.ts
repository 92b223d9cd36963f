import type { Actor } from "../../kernel/actor.ts";
import { asId, type DeliveryId, type RoundId, type TeamId } from "../../kernel/ids.ts";
import { dateIn, type Instant, momentOn, Temporal } from "../../kernel/time.ts";
import { nextWorkingDay } from "../../kernel/working-days.ts";
import type { Delivery } from "../deliveries/model.ts";
import { deliver, refreshAbout, sendAskedFor } from "../deliveries/outbox.ts";
import { jobRoles, type Team } from "../roster/model.ts";
import { type InputError, parseAnswers, type Parsed, parsePosts, type RawInputs, sameAsLast as readSameAsLast } from "./answers.ts";
import { type CheckInDeps, readSettings } from "./deps.ts";
import type { CheckIn, PastCheckIn, Round } from "./model.ts";
import type { CheckInStores } from "./ports.ts";
import { followUp } from "./requests.ts";
import { mayAnswer } from "./rights.ts";
import { questionsOf, rolesOf, themeOf } from "./round-questions.ts";
import type { CheckInSettings } from "./settings.ts";

/** What a pressed button came to. */
export type Outcome =
  | { readonly kind: "recorded"; readonly delivery: Delivery }
  /** The card again, with what was typed and what to change. */
  | { readonly kind: "invalid"; readonly delivery: Delivery; readonly raw: RawInputs; readonly errors: readonly InputError[] }
  | { readonly kind: "test" }
  | { readonly kind: "closed"; readonly round: Round }
  | { readonly kind: "not-yours" }
  /** They had the card, and the team has gone to somebody else since. */
  | { readonly kind: "no-longer-yours" }
  | { readonly kind: "no-last-time" };

interface Pressed {
  readonly tx: CheckInStores;
  readonly delivery: Delivery;
  readonly round: Round;
  readonly team: Team;
  readonly settings: CheckInSettings;
}

/**
 * Finds what a pressed card is about, and runs `work` in one transaction if the person may answer it: only the one it
 * was meant for, and only while its round is open. A test card never gets as far as the store.
 */
async function pressed(
  deps: CheckInDeps,
  actor: Actor,
  id: DeliveryId,
  work: (context: Pressed) => Promise<Outcome>,
): Promise<Outcome> {
  return deps.store.transaction(actor.network, async (tx) => {
    const delivery = await tx.deliveries.byId(id);
    if (delivery === null || delivery.recipient !== actor.person) return { kind: "not-yours" };
    if (delivery.purpose === "test") return { kind: "test" };
    // Held open, so that an answer either comes before the close or is refused.
    const round = await tx.rounds.holdOpen(asId<RoundId>(delivery.occasion));
    const team = await tx.roster.team(asId<TeamId>(delivery.subject));
    if (round === null || team === null) return { kind: "not-yours" };
    const people = await tx.roster.peopleByIds([...team.managers, actor.person]);
    if (!mayAnswer(actor.person, team, people)) return { kind: "no-longer-yours" };
    if (round.closedAt !== null) return { kind: "closed", round };
    return work({ tx, delivery, round, team, settings: await readSettings(tx.settings) });
  });
}

/** Records the answers of a check-in card. Sent twice it is one answer; the latest before the close counts. */
export async function submitCheckIn(deps: CheckInDeps, actor: Actor, id: DeliveryId, raw: RawInputs): Promise<Outcome> {
  return pressed(deps, actor, id, async (context) => {
    const { delivery, team } = context;
    const roles = rolesOf(team.posts);
    const answers = parseAnswers(questionsOf(context.round), roles, raw);
    const posts = parsePosts(roles, raw);
    if (!answers.ok || !posts.ok) return invalid(delivery, raw, answers, posts);
    const wte = { ...team.posts, ...posts.posts };
    return record(deps, actor, context, { answers: answers.answers, posts: wte, carried: [] });
  });
}

function invalid(delivery: Delivery, raw: RawInputs, ...read: readonly Parsed<object>[]): Outcome {
  return { kind: "invalid", delivery, raw, errors: read.flatMap((part) => (part.ok ? [] : part.errors)) };
}

/**
 * Records last time's figures again, marked as carried forward, together with what is always asked (how the workload
 * feels, the new people), which is asked for first when it is empty.
 */
export async function sameAsLast(deps: CheckInDeps, actor: Actor, id: DeliveryId, raw: RawInputs): Promise<Outcome> {
  return pressed(deps, actor, id, async (context) => {
    const { delivery, team } = context;
    const last = await lastAnswer(context.tx, context.round, team.id);
    if (last === null) return { kind: "no-last-time" };
    const roles = rolesOf(team.posts);
    const answers = readSameAsLast(questionsOf(context.round), roles, raw, last.answers);
    const posts = parsePosts(roles, raw);
    if (!answers.ok || !posts.ok) return invalid(delivery, raw, answers, posts);
    const wte = { ...team.posts, ...posts.posts };
    return record(deps, actor, context, { answers: answers.answers, posts: wte, carried: answers.carried });
  });
}

/** Records the optional second card. */
export async function submitDetails(deps: CheckInDeps, actor: Actor, id: DeliveryId, raw: RawInputs): Promise<Outcome> {
  return pressed(deps, actor, id, async ({ tx, delivery, round, team }) => {
    const parsed = parseAnswers(themeOf(round).questions, rolesOf(team.posts), raw);
    if (!parsed.ok) return { kind: "invalid", delivery, raw, errors: parsed.errors };
    await tx.checkIns.saveDetails({
      round: round.id,
      team: team.id,
      person: actor.person,
      answers: parsed.answers,
      submittedAt: deps.clock.now(),
    });
    await refreshAbout(tx, actor.network, round.id, team.id);
    return { kind: "recorded", delivery };
  });
}

/** Records that a team sits this round out; it can still answer until the close. */
export async function skipCheckIn(deps: CheckInDeps, actor: Actor, id: DeliveryId): Promise<Outcome> {
  return pressed(deps, actor, id, async ({ tx, delivery, round, team }) => {
    await tx.rounds.setSkipped(round.id, team.id);
    await refreshAbout(tx, actor.network, round.id, team.id);
    return { kind: "recorded", delivery };
  });
}

export type Nudge =
  | { readonly kind: "nudge"; readonly at: Instant }
  /** The round closes before the card could come again. */
  | { readonly kind: "too-late"; readonly round: Round }
  /** They have said stop, so nothing would come. */
  | { readonly kind: "stopped" }
  | Exclude<Outcome, { kind: "recorded" | "invalid" }>;

/** Sends the card again on the next working day, because the person asked for it. */
export async function remindTomorrow(deps: CheckInDeps, actor: Actor, id: DeliveryId): Promise<Nudge> {
  const planned: { nudge: Nudge | null } = { nudge: null };
  const outcome = await pressed(deps, actor, id, async ({ tx, delivery, round, settings }) => {
    const person = await tx.roster.person(actor.person);
    if (person !== null && person.stoppedAt !== null) {
      planned.nudge = { kind: "stopped" };
      return { kind: "recorded", delivery };
    }
    const today = dateIn(settings.zone, deps.clock.now());
    const day = nextWorkingDay(today.add({ days: 1 }), settings.holidayOverrides);
    const at = momentOn(day, settings.time, settings.zone);
    if (Temporal.Instant.compare(at, round.closesAt) >= 0) {
      planned.nudge = { kind: "too-late", round };
      return { kind: "recorded", delivery };
    }
    planned.nudge = { kind: "nudge", at };
    const { occasion, subject, recipient } = delivery;
    const key = { occasion, subject, recipient, purpose: "nudge" as const };
    await sendAskedFor(tx, actor.network, key, deps.clock.now(), at);
    return { kind: "recorded", delivery };
  });
  if (planned.nudge !== null) return planned.nudge;
  return outcome.kind === "recorded" || outcome.kind === "invalid" ? { kind: "not-yours" } : outcome;
}

/** What a team answered in the rounds before; null when it never did. */
export async function lastAnswer(tx: CheckInStores, round: Round, team: TeamId): Promise<PastCheckIn | null> {
  return (await tx.checkIns.latestBefore([team], round.opensOn)).get(team) ?? null;
}

async function record(
  deps: CheckInDeps,
  actor: Actor,
  { tx, delivery, round, team, settings }: Pressed,
  given: Pick<CheckIn, "answers" | "posts" | "carried">,
): Promise<Outcome> {
  const now = deps.clock.now();
  const checkIn: CheckIn = { round: round.id, team: team.id, person: actor.person, submittedAt: now, ...given };
  await tx.checkIns.save(checkIn);
  await tx.rounds.setAnswered(round.id, team.id);
  // The next card starts from the WTE that the manager said.
  const reported = Object.entries(given.posts).filter(([role, wte]) => jobRoles.some((one) => one === role && team.posts[one] !== wte));
  if (reported.length > 0) await tx.roster.reportPosts(team.id, Object.fromEntries(reported));
  await followUp(tx, actor.network, { team, checkIn, settings, now });
  // Every card about a team in a round shows the same: the other manager's, the deputy's, earlier copies.
  await refreshAbout(tx, actor.network, round.id, team.id);
  const details = { occasion: round.id, purpose: "details" as const, subject: team.id, recipient: actor.person };
  // Who answered on a link's page goes on there.
  const onPage = actor.via === "link";
  await deliver(tx, actor.network, [{ ...details, unasked: false, skip: false, reason: null, notBefore: null, onPage }], now);
  return { kind: "recorded", delivery };
}
