import type { Actor } from "../../kernel/actor.ts";
import { asId, type DeliveryId, type NetworkId, type PersonId, type RoundId, type TeamId } from "../../kernel/ids.ts";
import { dateIn, type Instant, momentOn, Temporal } from "../../kernel/time.ts";
import { allOf } from "../../kernel/together.ts";
import { nextWorkingDay } from "../../kernel/working-days.ts";
import type { Delivery } from "../deliveries/model.ts";
import { deliverAndRefresh, refreshAbout, sendAskedFor } from "../deliveries/outbox.ts";
import { jobRoles, type Person, type Team } from "../roster/model.ts";
import { type InputError, parseAnswers, parsePosts, type RawInputs, sameAsLast as readSameAsLast } from "./answers.ts";
import { type CheckInDeps, readSettings } from "./deps.ts";
import type { CheckIn, HelpRequest, PastCheckIn, Round } from "./model.ts";
import type { CheckInStores } from "./ports.ts";
import { type Answered, followUpAll } from "./requests.ts";
import { mayAnswer } from "./rights.ts";
import { questionsOf, rolesOf, themeOf } from "./round-questions.ts";
import type { CheckInSettings } from "./settings.ts";
import { type AtHand, type CheckInView, viewsIn } from "./views.ts";

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

/** A press of "Send" or "Same as last time": who pressed, on which card, and what was typed into it. */
export interface Press {
  readonly actor: Actor;
  readonly delivery: DeliveryId;
  readonly raw: RawInputs;
  /** True when last time's figures are to be recorded again. */
  readonly isSame: boolean;
}

type OnCard = Pick<Press, "actor" | "delivery">;

/** What a press is about, once it is known that this person may answer it now. */
interface Pressed<P extends OnCard = OnCard> {
  readonly press: P;
  readonly delivery: Delivery;
  readonly round: Round;
  readonly team: Team;
  readonly settings: CheckInSettings;
  /** Who pressed, in the same transaction, and the managers of their teams. */
  readonly people: ReadonlyMap<PersonId, Person>;
}

type Refused = Exclude<Outcome, { kind: "recorded" | "invalid" | "no-last-time" }>;
type Found<P extends OnCard> = { readonly kind: "found"; readonly pressed: Pressed<P> } | Refused;

/**
 * Finds what pressed cards are about, for each press in their order: only who a card was meant for may answer it, and
 * only while its round is open. A test card never gets as far as the store.
 */
async function lookUp<P extends OnCard>(tx: CheckInStores, presses: readonly P[]): Promise<Found<P>[]> {
  const deliveries = new Map((await tx.deliveries.byIds(presses.map(({ delivery }) => delivery))).map((one) => [one.id, one]));
  const own = ({ actor, delivery: id }: P) => {
    const delivery = deliveries.get(id);
    return delivery?.recipient === actor.person ? delivery : null;
  };
  const real = presses.map(own).filter((delivery) => delivery !== null).filter(({ purpose }) => purpose !== "test");
  const about = [...new Set(real.map(({ subject }) => asId<TeamId>(subject)))];
  const [settings, teams, people, rounds] = await allOf([
    readSettings(tx.settings),
    tx.roster.teamsByIds(about),
    tx.roster.peopleAround(about, [...new Set(presses.map(({ actor }) => actor.person))]),
    // Held open, so that an answer either comes before the close or is refused.
    allOf([...new Set(real.map(({ occasion }) => asId<RoundId>(occasion)))].map((id) => tx.rounds.holdOpen(id))),
  ]);
  return presses.map((press): Found<P> => {
    const delivery = own(press);
    if (delivery === null) return { kind: "not-yours" };
    if (delivery.purpose === "test") return { kind: "test" };
    const round = rounds.find((one) => one?.id === delivery.occasion) ?? null;
    const team = teams.get(asId<TeamId>(delivery.subject));
    if (round === null || team === undefined) return { kind: "not-yours" };
    if (!mayAnswer(delivery.recipient, team, people)) return { kind: "no-longer-yours" };
    if (round.closedAt !== null) return { kind: "closed", round };
    return { kind: "found", pressed: { press, delivery, round, team, settings, people } };
  });
}

/** Finds what one pressed card is about, and runs `work` in the same transaction if the person may answer it. */
async function pressed(
  deps: CheckInDeps,
  actor: Actor,
  delivery: DeliveryId,
  work: (tx: CheckInStores, pressed: Pressed) => Promise<Outcome>,
): Promise<Outcome> {
  return deps.store.transaction(actor.network, async (tx) => {
    const [found = { kind: "not-yours" as const }] = await lookUp(tx, [{ actor, delivery }]);
    return found.kind === "found" ? work(tx, found.pressed) : found;
  });
}

/** Records the answers of one check-in card, or last time's again: see `answerAll`. */
export async function answerOne(deps: CheckInDeps, press: Press): Promise<Outcome> {
  const [answered] = await answerAll(deps, [press]);
  return answered?.outcome ?? { kind: "not-yours" };
}

/** What a press came to, and what the card can say after it: null where nothing of it is shown. */
export interface Pressing {
  readonly outcome: Outcome;
  readonly view: CheckInView | null;
}

/**
 * Records what people of one network answered at the same time, in one transaction: all of it is kept, or none when it
 * throws. Sent twice it is one answer; the latest before the close counts. "Same as last time" marks the figures as
 * carried forward, together with what is always asked (how the workload feels, the new people), which is asked for first
 * when it is empty.
 * @returns for each press, in their order
 */
export async function answerAll(deps: CheckInDeps, presses: readonly [Press, ...Press[]]): Promise<Pressing[]> {
  const { network } = presses[0].actor;
  return deps.store.transaction(network, async (tx) => {
    const now = deps.clock.now();
    const [found, leads, name] = await allOf([lookUp(tx, presses), tx.roster.leads(), tx.roster.networkName()]);
    const last = await lastAnswers(tx, found);
    const read = found.map((one) => (one.kind === "found" ? readPress(one.pressed, last.get(one.pressed.team.id) ?? null) : one));
    const given = read.flatMap((one) => (one.kind === "given" ? [one] : []));
    const byRound = [...Map.groupBy(given, ({ pressed: { round } }) => round.id)];
    const outcomes = read.map((one): Outcome => (one.kind === "given" ? { kind: "recorded", delivery: one.pressed.delivery } : one));
    // Nobody else answers for these teams until the end of the transaction: their answers are written first. All the rest
    // is asked for in the same breath, and so sees them.
    const recorded = allOf(byRound.map(([round, ofRound]) => record(tx, network, round, ofRound, now)));
    const answering = { teams: new Set(given.map(({ pressed: { team } }) => team.id)), requests: recorded.then((ofRounds) => ofRounds.flat()) };
    const [views] = await allOf([
      viewsAfter(tx, now, found, outcomes, { leads, name, teams: teamsAfter(found, given), answering }),
      allOf(byRound.map(([round, ofRound]) => tellChats(tx, network, round, ofRound, now))),
      answering.requests,
    ]);
    return outcomes.map((outcome) => ({ outcome, view: "delivery" in outcome ? (views.get(outcome.delivery.id) ?? null) : null }));
  });
}

/** The views of the cards that are shown again, each with what has just been recorded. */
async function viewsAfter(
  tx: CheckInStores,
  now: Instant,
  found: readonly Found<Press>[],
  outcomes: readonly Outcome[],
  atHand: Pick<AtHand, "leads" | "name" | "teams" | "answering">,
) {
  const shown = outcomes.flatMap((outcome) => ("delivery" in outcome ? [outcome.delivery] : []));
  const pressed = found.flatMap((one) => (one.kind === "found" ? [one.pressed] : []));
  const [first] = pressed;
  if (first === undefined) return new Map<DeliveryId, CheckInView>();
  const { settings, people } = first;
  return viewsIn(tx, now, shown, { ...atHand, settings, people, rounds: pressed.map(({ round }) => round) });
}

/** The teams as they are after it, with the WTE that was given. */
function teamsAfter(found: readonly Found<Press>[], given: readonly Given[]): AtHand["teams"] {
  const teams = new Map(found.flatMap((one) => (one.kind === "found" ? [[one.pressed.team.id, one.pressed.team] as const] : [])));
  for (const { pressed: { team }, answers } of given) teams.set(team.id, { ...team, posts: answers.posts });
  return teams;
}

/** What can be recorded. */
interface Given {
  readonly kind: "given";
  readonly pressed: Pressed<Press>;
  readonly answers: Pick<CheckIn, "answers" | "posts" | "carried">;
}

/** What the teams for which "Same as last time" was pressed answered in the rounds before; one that never did is absent. */
async function lastAnswers(tx: CheckInStores, found: readonly Found<Press>[]): Promise<ReadonlyMap<TeamId, PastCheckIn>> {
  const same = found.flatMap((one) => (one.kind === "found" && one.pressed.press.isSame ? [one.pressed] : []));
  const byRound = Map.groupBy(same, ({ round }) => round);
  const last = await allOf([...byRound].map(([round, ofRound]) => tx.checkIns.latestBefore(ofRound.map(({ team }) => team.id), round.opensOn)));
  return new Map(last.flatMap((ofRound) => [...ofRound]));
}

/** @param before what the team answered last time, where that is wanted */
function readPress(pressed: Pressed<Press>, before: PastCheckIn | null): Given | Outcome {
  const { press, delivery, round, team } = pressed;
  const { raw } = press;
  const last = press.isSame ? before : null;
  if (press.isSame && last === null) return { kind: "no-last-time" };
  const roles = rolesOf(team.posts);
  const same = last === null ? null : readSameAsLast(questionsOf(round), roles, raw, last.answers);
  const answers = same ?? parseAnswers(questionsOf(round), roles, raw);
  const posts = parsePosts(roles, raw);
  if (!answers.ok || !posts.ok) {
    return { kind: "invalid", delivery, raw, errors: [answers, posts].flatMap((part) => (part.ok ? [] : part.errors)) };
  }
  const carried = same?.ok === true ? same.carried : [];
  return { kind: "given", pressed, answers: { answers: answers.answers, posts: { ...team.posts, ...posts.posts }, carried } };
}

/**
 * Records what was answered in one round at the same moment.
 * @returns what those teams ask for after it
 */
async function record(tx: CheckInStores, network: NetworkId, round: RoundId, given: readonly Given[], now: Instant): Promise<HelpRequest[]> {
  const answered = given.map(({ pressed: { press, team, settings }, answers }) => {
    const checkIn: CheckIn = { round, team: team.id, person: press.actor.person, submittedAt: now, ...answers };
    return { team, checkIn, settings, now };
  });
  // A team's second answer of the same moment takes the place of its first, as it would a moment later.
  const latest = [...new Map(answered.map((one) => [one.team.id, one])).values()];
  const [, , , requests] = await allOf([
    tx.checkIns.save(...latest.map(({ checkIn }) => checkIn)),
    tx.rounds.setAnswered(round, ...latest.map(({ team }) => team.id)),
    allOf(latest.map((one) => reportPosts(tx, one))),
    followUpAll(tx, network, round, latest),
  ]);
  return [...requests.values()];
}

/** Has the cards in chats follow what was answered, and asks for the details. */
async function tellChats(tx: CheckInStores, network: NetworkId, round: RoundId, given: readonly Given[], now: Instant): Promise<void> {
  const details = given.map(({ pressed: { press, team } }) => ({
    ...{ occasion: round, purpose: "details" as const, subject: team.id, recipient: press.actor.person },
    ...{ unasked: false, skip: false, reason: null, notBefore: null },
    // Who answered on a link's page goes on there.
    onPage: press.actor.via === "link",
  }));
  // Every card about a team in a round shows the same: the other manager's, the deputy's, earlier copies.
  const subjects = [...new Set(given.map(({ pressed: { team } }) => team.id))];
  await deliverAndRefresh(tx, network, details, { occasion: round, subjects }, now);
}

/** The posts, with their WTE, that a manager gave otherwise than they are known. */
function newPosts(team: Team, { posts }: Pick<CheckIn, "posts">): [role: string, wte: number][] {
  return Object.entries(posts).filter(([role, wte]) => jobRoles.some((one) => one === role && team.posts[one] !== wte));
}

/** The next card starts from the WTE that the manager said. */
async function reportPosts(tx: CheckInStores, { team, checkIn }: Answered): Promise<void> {
  const reported = newPosts(team, checkIn);
  if (reported.length > 0) await tx.roster.reportPosts(team.id, Object.fromEntries(reported));
}

/** Records the optional second card. */
export async function submitDetails(deps: CheckInDeps, actor: Actor, id: DeliveryId, raw: RawInputs): Promise<Outcome> {
  return pressed(deps, actor, id, async (tx, { delivery, round, team }) => {
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
  return pressed(deps, actor, id, async (tx, { delivery, round, team }) => {
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
  const outcome = await pressed(deps, actor, id, async (tx, { delivery, round, settings }) => {
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
