import { answerOne, skipCheckIn, submitDetails } from "../../features/check-ins/answering.ts";
import { parseAnswers, parsePosts, type RawInputs, sameAsLast as readSameAsLast } from "../../features/check-ins/answers.ts";
import { type HelpRequest, reasonsIn, type Round, type RoundTeam } from "../../features/check-ins/model.ts";
import { followUpAll } from "../../features/check-ins/requests.ts";
import { questionsOf, rolesOf, themeOf } from "../../features/check-ins/round-questions.ts";
import type { CheckInSettings } from "../../features/check-ins/settings.ts";
import type { Delivery } from "../../features/deliveries/model.ts";
import type { Team } from "../../features/roster/model.ts";
import type { Actor } from "../../kernel/actor.ts";
import { rounds } from "./dates.ts";
import { detailsFor } from "./details.ts";
import { cardFor } from "./filling-in.ts";
import { luckOf } from "./luck.ts";
import { planReply } from "./replies.ts";
import { feelingOf, loadOf, newPeopleOf, postsOf, type Story } from "./stories.ts";
import { actorWith, type World, wrong } from "./world.ts";

/** What an answer rests on. */
interface Asked {
  readonly round: Round;
  /** 0 for the year's first. */
  readonly nth: number;
  readonly team: Team;
  readonly part: RoundTeam;
  readonly card: Delivery;
  readonly settings: CheckInSettings;
  readonly story: Story;
}

/** Shares of answers. */
const carriedForward = 0.12;
const satOut = 0.03;
const withDetails = 0.62;

/** One team answers a round, as its story has it, and the lead whom it asks for something follows. */
export async function answerFor(world: World, asked: Asked): Promise<void> {
  const { features, network, store } = world;
  const { nth, round, team, part, card, story } = asked;
  const luck = luckOf(team.name, "answer", nth);
  const actor = actorWith(world, card.recipient);
  if (story !== "silent" && luck.chance(satOut)) {
    await skipCheckIn(features.checkIns, actor, card.id);
    return;
  }
  const progress = nth / (rounds - 1);
  const posts = postsOf(team, story, progress);
  const load = loadOf(team, story, progress, round.opensOn);
  const days = part.periodFrom.until(round.opensOn, { largestUnit: "days" }).days;
  const people = newPeopleOf(posts, load, days);
  const { always, full } = cardFor({ feeling: feelingOf(team, load, nth), people, posts, load, luck });
  const isSame = nth > 0 && luck.chance(carriedForward);
  const situation = { team, story, load, people, opensOn: round.opensOn, luck };
  const details = luck.chance(withDetails) ? detailsFor(round.theme, situation) : null;
  const given = { always, full, isSame, details };
  await (world.isLive ? press(world, asked, actor, given) : record(world, asked, actor, given));
  const request: HelpRequest | undefined = (await store.read(network).requests.ofTeams(round.id, [team.id])).get(team.id);
  if (request?.state === "open") planReply(world, request, team.name, nth);
}

interface Given {
  /** What is asked every time, and everything. */
  readonly always: RawInputs;
  readonly full: RawInputs;
  /** True for "Same as last time". */
  readonly isSame: boolean;
  /** The second card; null when it is left. */
  readonly details: RawInputs | null;
}

/** Presses the buttons of the cards. */
async function press(world: World, { round, team, card }: Asked, actor: Actor, given: Given): Promise<void> {
  const { network, store, features: { checkIns } } = world;
  const answer = (raw: RawInputs, isSame: boolean) => answerOne(checkIns, { actor, delivery: card.id, raw, isSame });
  const carried = given.isSame ? await answer(given.always, true) : null;
  const outcome = carried?.kind === "recorded" ? carried : await answer(given.full, false);
  if (outcome.kind !== "recorded") throw wrong(`a check-in came to "${outcome.kind}"`);
  const seconds = await store.read(network).deliveries.toPerson(round.id, "details", actor.person);
  const second = seconds.find(({ subject }) => subject === team.id);
  if (second === undefined || given.details === null) return;
  const sent = await submitDetails(checkIns, actor, second.id, given.details);
  if (sent.kind !== "recorded") throw wrong(`a second card came to "${sent.kind}"`);
}

/** What the buttons record, read by the same rules, without looking after cards that nobody sees any more. */
async function record(world: World, { round, team, settings }: Asked, actor: Actor, given: Given): Promise<void> {
  const { network, store, clock } = world;
  const now = clock.now();
  const roles = rolesOf(team.posts);
  const key = { round: round.id, team: team.id, person: actor.person, submittedAt: now };
  await store.transaction(network, async (tx) => {
    const last = given.isSame ? ((await tx.checkIns.latestBefore([team.id], round.opensOn)).get(team.id) ?? null) : null;
    const same = last === null ? null : readSameAsLast(questionsOf(round), roles, given.always, last.answers);
    const read = same ?? parseAnswers(questionsOf(round), roles, given.full);
    const posts = parsePosts(roles, same === null ? given.full : {});
    const details = parseAnswers(themeOf(round).questions, roles, given.details ?? {});
    if (!read.ok || !posts.ok || !details.ok) throw wrong("an answer isn't one that a card takes");
    const carried = same?.ok === true ? same.carried : [];
    const checkIn = { ...key, answers: read.answers, posts: { ...team.posts, ...posts.posts }, carried };
    await tx.checkIns.save(checkIn);
    await tx.rounds.setAnswered(round.id, team.id);
    if (given.details !== null) await tx.checkIns.saveDetails({ ...key, answers: details.answers });
    if (reasonsIn(read.answers).length > 0) await followUpAll(tx, network, round.id, [{ team, checkIn, settings, now }]);
  });
}
