import { publishChange } from "../../features/pulse/changes.ts";
import { closeWave } from "../../features/pulse/closing.ts";
import type { Wave } from "../../features/pulse/model.ts";
import { openWave } from "../../features/pulse/opening.ts";
import { shareWave } from "../../features/pulse/sharing.ts";
import type { WaveId } from "../../kernel/ids.ts";
import { Temporal } from "../../kernel/time.ts";
import type { DemoDates } from "./dates.ts";
import { luckOf } from "./luck.ts";
import { workingDaysFrom } from "./moments.ts";
import { choicesOf, levelOf } from "./survey-answers.ts";
import type { Timeline } from "./timeline.ts";
import { changes } from "./words.ts";
import { type World, wrong } from "./world.ts";

/** The share of those asked who take part. */
const responding = 0.6;
/** The surveys after which something was changed, and said so: the first two of the year that could. */
const changedAfter: readonly number[] = [1, 3];

/** Opens the year's surveys. All but the last are shared, so that a decision waits at the end. */
export function planSurveys(timeline: Timeline<World>, { surveys }: Pick<DemoDates, "surveys">): void {
  for (const [nth, at] of surveys.entries()) timeline.add(at, (world) => open(world, nth, nth === surveys.length - 1));
}

async function open(world: World, nth: number, isLast: boolean): Promise<void> {
  const { features, network, timeline, lead } = world;
  const opened = await openWave(features.pulse, network, lead);
  if (!opened.ok) throw wrong(`survey ${nth} doesn't open (${opened.why})`);
  await world.settle();
  const { wave } = opened;
  timeline.add(wave.closesAt.subtract({ hours: 1 }), (then) => takeAnswers(then, wave, nth));
  timeline.add(wave.closesAt, (then) => close(then, wave.id));
  if (isLast) return;
  timeline.add(workingDaysFrom(wave.closesAt, 3, 11), (then) => share(then, wave.id));
  const text = changes[changedAfter.indexOf(nth)];
  if (text !== undefined) timeline.add(workingDaysFrom(wave.closesAt, 20, 11), (then) => tellOfChange(then, wave.id, text));
}

/** Days after the opening, as the settings have it. */
const remindedAfter = { hours: 7 * 24 };

/**
 * Notes that the reminders of the open survey went, once they are due. Their cards are deleted when it closes, so none
 * are made here.
 */
export async function noteReminders({ network, store, clock }: World): Promise<void> {
  await store.transaction(network, async ({ pulse }) => {
    const wave = await pulse.current();
    const now = clock.now();
    if (wave === null || wave.remindedAt !== null || Temporal.Instant.compare(wave.openedAt.add(remindedAfter), now) > 0) return;
    await pulse.save({ ...wave, remindedAt: now });
  });
}

/** Everybody who takes part does so at once: nobody may know when, so there is nothing to see of it. */
async function takeAnswers({ features, network, store }: World, wave: Wave, nth: number): Promise<void> {
  const { sealing } = features.pulse;
  const people = new Map((await store.read(network).roster.people()).map((person) => [person.id, person]));
  await store.transaction(network, async ({ pulse }) => {
    for (const { person: id, group } of await pulse.asked(wave.id)) {
      const person = people.get(id);
      const luck = luckOf("survey", person?.email ?? "", nth);
      if (person === undefined || !luck.chance(responding)) continue;
      const choices = choicesOf(wave.instrument, levelOf(person, nth, luck), luck);
      await pulse.takePart(wave.id, id, await sealing.seal(wave.sealKey, { group, choices }));
    }
  });
}

async function close(world: World, id: WaveId): Promise<void> {
  await world.settle();
  const closed = await closeWave(world.features.pulse, world.network, null, id);
  if (!closed.ok) throw wrong(`a survey doesn't close (${closed.why})`);
}

async function share(world: World, id: WaveId): Promise<void> {
  await shareWave(world.features.pulse, world.lead, id);
  await world.settle();
}

async function tellOfChange(world: World, id: WaveId, text: string): Promise<void> {
  const told = await publishChange(world.features.pulse, world.lead, id, text);
  if (!told.ok) throw wrong(`a change isn't published (${told.why})`);
}
