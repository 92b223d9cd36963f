import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { LocalConfig } from "../../config.ts";
import type { Instant } from "../../kernel/time.ts";
import { planRounds } from "./check-ins.ts";
import { datesOf } from "./dates.ts";
import { planIncidents } from "./incidents.ts";
import { planAllMeetings } from "./meetings.ts";
import { arrive } from "./recording.ts";
import { putSettings } from "./settings.ts";
import { setStage, type Stage } from "./stage.ts";
import { planSurveys } from "./surveys.ts";
import { createTimeline, type Timeline } from "./timeline.ts";
import { actorsOf, type World, wrong } from "./world.ts";

/** True when a folder has a store already, with whatever history. */
export function hasStore({ dataDir }: Pick<LocalConfig, "dataDir">): boolean {
  return existsSync(join(dataDir, "store"));
}

/**
 * Fills a data folder without a store with a year of made-up history that ends at `now`: rounds, meetings and surveys
 * run by the product's own use cases, so that every figure comes out of its own arithmetic. What was answered is the
 * same every time. The folder's store appears at once when all is done, or not at all.
 */
export async function makeDemo(config: LocalConfig, now: Instant): Promise<void> {
  const { dataDir } = config;
  const draft = `${dataDir}.new`;
  rmSync(draft, { recursive: true, force: true });
  const dates = datesOf(now);
  const stage = await setStage(config, draft, dates.begin);
  try {
    await putSettings({ store: stage.app.store, network: stage.network, today: now }, dates);
    const timeline = createTimeline<World>();
    planRounds(timeline, dates);
    planAllMeetings(timeline, dates);
    planSurveys(timeline, dates);
    planIncidents(timeline, { ...dates, today: now }, stage.standIns);
    const past = await worldOf(stage, timeline, now);
    await runPast(stage, past, dates.liveFrom);
    await runPresent(stage, past, now);
  } finally {
    await stage.close();
  }
  mkdirSync(dataDir, { recursive: true });
  // The store last: it is what tells a folder that is done.
  for (const name of readdirSync(draft).sort((a, b) => Number(a === "store") - Number(b === "store"))) {
    renameSync(join(draft, name), join(dataDir, name));
  }
  rmSync(draft, { recursive: true });
}

async function worldOf({ app, clock, network }: Stage, timeline: Timeline<World>, today: Instant): Promise<World> {
  const { store, features } = app;
  const { roster } = store.read(network);
  const actors = actorsOf(await roster.people(), await roster.teams());
  const lead = [...actors.values()].find(({ role, scope }) => role === "lead" && scope?.kind === "network");
  if (lead === undefined) throw wrong("nobody leads its whole network");
  return {
    ...{ network, clock, timeline, today, store, actors, lead },
    features: {
      ...features,
      // Nobody listens to the calendar yet, and tables can't be rewritten within a transaction: the last close does it.
      calendars: { ...features.calendars, watch: () => Promise.resolve() },
      pulse: { ...features.pulse, clear: () => Promise.resolve() },
    },
    isLive: false,
    settle: () => arrive(store, network, clock.now()),
  };
}

/** How much of the past is written in one transaction. */
const atOnce = 200;

async function runPast({ clock, database, network, recording }: Stage, past: World, until: Instant): Promise<void> {
  let next = past.timeline.takeBy(until);
  while (next !== null) {
    await recording.together(network, async () => {
      for (let done = 0; next !== null && done < atOnce; done += 1) {
        clock.moveTo(next.at);
        await next.run(past);
        next = past.timeline.takeBy(until);
      }
    });
  }
  await database.tidy();
}

/** From here on jobs run, and cards go to the chats. */
async function runPresent({ app, clock }: Stage, past: World, now: Instant): Promise<void> {
  const settle = async () => {
    await app.jobs.drain();
  };
  const present: World = { ...past, features: app.features, isLive: true, settle };
  for (let next = past.timeline.takeBy(now); next !== null; next = past.timeline.takeBy(now)) {
    clock.moveTo(next.at);
    await next.run(present);
  }
  clock.moveTo(now);
  await settle();
}
