import { readSettings } from "../../features/check-ins/deps.ts";
import type { Round } from "../../features/check-ins/model.ts";
import { freezeClosed } from "../../features/check-ins/combined.ts";
import { closeRound, openRound, remindRound } from "../../features/check-ins/rounds.ts";
import { reminderTimes } from "../../features/check-ins/schedule.ts";
import type { Team } from "../../features/roster/model.ts";
import type { Instant } from "../../kernel/time.ts";
import { answerFor } from "./answering.ts";
import { type DemoDates, rounds } from "./dates.ts";
import { luckOf } from "./luck.ts";
import { momentAfter } from "./moments.ts";
import { answersAsARule, doesAnswer, storyOf } from "./stories.ts";
import type { Timeline } from "./timeline.ts";
import { type World, wrong } from "./world.ts";

/** The share of teams whose turn to answer the open round has come; a few of them sit it out, or got no card. */
const answeredByNow = 0.78;

/** Puts a year of rounds on the timeline; what follows from each is added when it opens. */
export function planRounds(timeline: Timeline<World>, { openings }: Pick<DemoDates, "openings">): void {
  for (const [nth, { opensAt }] of openings.entries()) timeline.add(opensAt, (world) => open(world, nth));
}

async function open(world: World, nth: number): Promise<void> {
  const { network, store, features, timeline } = world;
  const opened = await openRound(features.checkIns, network, null);
  if (!opened.ok) throw wrong(`round ${nth} doesn't open (${opened.why})`);
  const { round } = opened;
  await world.settle();
  const read = store.read(network);
  const settings = await readSettings(read.settings);
  const cards = (await read.deliveries.ofOccasion(round.id, "check-in")).filter(({ state }) => state === "delivered");
  const parts = new Map((await read.rounds.teams(round.id)).map((part) => [part.team, part]));
  const teams = (await read.roster.teams()).toSorted((a, b) => a.name.localeCompare(b.name, "en-GB"));
  for (const [place, team] of teams.entries()) {
    const story = storyOf(place);
    const part = parts.get(team.id);
    const card = cards.find(({ subject }) => subject === team.id);
    if (part === undefined || card === undefined || !doesAnswer(team, story, nth, rounds)) continue;
    const at = answersAt(world, round, nth, team);
    if (at === null) continue;
    timeline.add(at, (then) => answerFor(then, { round, nth, team, part, card, settings, story }));
  }
  for (const at of reminderTimes(settings, round.openedAt, round.closesAt)) timeline.add(at, (then) => remind(then, round));
  timeline.add(round.closesAt, (then) => close(then, round));
}

/** When a team that answers does so; null when it hasn't come to it by the end of the demo's year. */
function answersAt(world: World, round: Round, nth: number, team: Team): Instant | null {
  const luck = luckOf(team.name, "answers at", nth);
  if (nth < rounds - 1) return momentAfter(round.openedAt, luck.between(0, 1) ** 1.6 * 13, round.closesAt, luck);
  if (!luck.chance(answeredByNow / answersAsARule)) return null;
  const days = round.openedAt.until(world.today).total("hours") / 24;
  return momentAfter(round.openedAt, luck.between(0, 1) ** 1.3 * days, world.today, luck);
}

// Jobs remind and close by themselves once they run.
async function remind(world: World, { id }: Round): Promise<void> {
  await world.settle();
  if (world.isLive) return;
  await remindRound(world.features.checkIns, world.network, null, id);
  await world.settle();
}

async function close(world: World, { id }: Round): Promise<void> {
  await world.settle();
  if (world.isLive) return;
  await closeRound(world.features.checkIns, world.network, null, id);
  await freezeClosed(world.features.checkIns, world.network);
}
