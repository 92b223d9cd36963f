import { expect } from "@jest/globals";
import { z } from "zod";
import type { Engine } from "../../src/adapters/sql/database.ts";
import { withLabelsDropped } from "../../src/features/pulse/labels.ts";
import type { Response } from "../../src/features/pulse/model.ts";
import { resultsOf } from "../../src/features/pulse/results.ts";
import { round5 } from "../../src/features/pulse/rounding.ts";
import { arrivals } from "./arrivals.ts";
import { lead, manager, member } from "../app/rosters.ts";
import { type Moment, watchFor } from "./close-moments.ts";
import { type Respondent, respondent } from "./respondent.ts";
import { inDirectory, type ServerToKill, withServerToKill } from "./server-to-kill.ts";
import { meanwhile, type StoredWave, storedWave } from "./stored-wave.ts";
import { soon, until } from "./until.ts";

/** Two reporting groups of 27. */
const area = (nth: number) => ({ area: nth % 2 === 0 ? "North Central" : "South East" });
const rows = Array.from({ length: 54 }, (_, nth) =>
  nth < 14
    ? manager(`Manager ${nth}`, { email: `manager${nth}@example.org`, ...area(nth) })
    : member(`Member ${nth}`, { email: `member${nth}@example.org`, ...area(nth) }),
);
/** So many say nothing until they are reminded; then so many answer, so many while the survey closes, and the rest never. */
const [silent, afterReminder, whileClosing] = [10, 4, 4];
const atOnce = 6;

/** The moments at which the server is killed, stage by stage; every time it is started again. */
export interface WaveKills {
  /** Each time that so many more cards have arrived. */
  readonly cards: readonly number[];
  /** Each time that so many more have their thank-you, while others wait for theirs; fewer than 44 in all. */
  readonly answers: readonly number[];
  /** Once so many reminders have arrived, of 10; null for not then. */
  readonly reminders: number | null;
  /** When the wave closes, and when it goes on with that; what can't come any more is left out. */
  readonly close: readonly Moment[];
  /** True when its time runs out while the server is down, in place of a lead who closes it. */
  readonly isDue?: boolean;
  /** True when jobs of a killed server, and the minute of a schedule, are waited for. */
  readonly isPatient?: boolean;
}

export interface KilledWave {
  /** How often it was killed. */
  readonly kills: number;
  /** Cards and reminders that somebody got beyond those meant for them. */
  readonly duplicates: number;
  /** Those that had arrived at a kill, and weren't recorded yet. */
  readonly inFlight: number;
}

const WaveId = z.object({ id: z.string() });

/**
 * Runs a wave from its opening to the clearing on the built server, and kills it (SIGKILL) at these moments. Fails when
 * the store contradicts itself or what people were told, at any kill or in the end; when somebody gets no card, or more
 * cards come twice than were under way at a kill; when a reminder goes to anybody but those who haven't sent; or when
 * something of the closed wave is left.
 */
export async function killedWave(engine: Engine, kills: WaveKills): Promise<KilledWave> {
  return withServerToKill(engine, { rows, leader: lead("Lea") }, async (server) => {
    const people = rows.map((row, nth) => respondent(server.standIns, inDirectory(row), nth));
    let killed = 0;
    const counting: ServerToKill = {
      ...server,
      async kill() {
        killed += 1;
        await server.kill();
      },
    };
    const world: World = { server: counting, kills: () => killed, people, inFlight: [], silent: new Set(), isPatient: kills.isPatient === true };
    await server.api("PATCH", "settings", { "check-ins": { opensByItself: false } });
    const { id } = WaveId.parse(await server.api("POST", "pulse-waves", {}));
    for (const count of kills.cards) await killAfterCards(world, count);
    await until(() => people.every((person) => person.cards() > 0), "everybody's card");
    await answer(world, kills.answers);
    await remind(world, kills.reminders);
    await close(world, id, kills);
    const cards = people.reduce((sum, person) => sum + person.cards(), 0);
    const outcome = { kills: world.kills(), duplicates: cards - people.length - silent, inFlight: world.inFlight.reduce((sum, some) => sum + some, 0) };
    expect(outcome.duplicates).toBeLessThanOrEqual(outcome.inFlight);
    return outcome;
  });
}

interface World {
  readonly server: ServerToKill;
  readonly kills: () => number;
  readonly people: readonly Respondent[];
  /** For each kill, how many cards had arrived that the server hadn't recorded yet. */
  readonly inFlight: number[];
  /** Those who hadn't sent when the reminders went. */
  readonly silent: Set<string>;
  readonly isPatient: boolean;
}

/** What the store holds once the server is dead, compared with what people were told. */
async function found({ server, people, silent: toRemind }: World): Promise<StoredWave> {
  const stored = await storedWave(server);
  expect([...stored.cards.intended].sort()).toEqual(people.map(({ email }) => email).sort());
  if (stored.wave.remindedAt !== null && stored.wave.closedAt === null) expect(stored.reminders.intended).toEqual(toRemind);
  for (const person of people) {
    if (stored.wave.closedAt === null) person.settle(stored.sent.has(person.email));
    else person.settleBy(stored.responses.map(({ choices }) => choices));
  }
  return stored;
}

async function startAgain({ server, isPatient }: World): Promise<void> {
  if (!isPatient) await meanwhile.jobsTakenBack(server);
  await server.start();
}

async function killAfterCards(world: World, count: number): Promise<void> {
  const { server, people, inFlight } = world;
  await soon(arrivals(server.standIns, count), "cards");
  await server.kill();
  const { cards } = await found(world);
  inFlight.push(people.filter((person) => person.cards() > 0 && !cards.delivered.has(person.email)).length);
  await startAgain(world);
}

/** Everybody but the silent ones answers, some at once; the server is killed in between. */
async function answer(world: World, kills: readonly number[]): Promise<void> {
  const { server, people } = world;
  const waiting = people.slice(0, -silent);
  for (const count of [...kills, Infinity]) {
    let thanks = 0;
    let isKilled = false;
    const enough = Promise.withResolvers<undefined>();
    const answering = Array.from({ length: atOnce }, async () => {
      for (let next = waiting.shift(); next !== undefined; next = isKilled ? undefined : waiting.shift()) {
        const isIn = next.kept() !== null;
        const reply = await next.send();
        if (reply === "unheard") expect(isKilled).toBe(true);
        else expect(reply).toBe(isIn ? "again" : "thanks");
        thanks += reply === "thanks" ? 1 : 0;
        if (thanks >= count) enough.resolve(undefined);
      }
    });
    await Promise.race([enough.promise, Promise.all(answering)]);
    if (count === Infinity) return;
    isKilled = true;
    await server.kill();
    await Promise.all(answering);
    const uncertain = people.filter((person) => person.isUncertain());
    await found(world);
    // Whoever heard nothing tries again, and so do some who were thanked.
    waiting.unshift(...uncertain, ...people.filter((person) => person.kept() !== null).slice(-3));
    await startAgain(world);
  }
}

/** A week goes by, those who haven't sent are reminded, and some of them answer then. */
async function remind(world: World, killAfter: number | null): Promise<void> {
  const { server, people, inFlight } = world;
  await server.kill();
  await found(world);
  const waiting = people.filter((person) => person.kept() === null);
  expect(waiting).toHaveLength(silent);
  for (const { email } of waiting) world.silent.add(email);
  // A reminder on day 7 that falls on a holiday goes on the next working day, four days later at most.
  await meanwhile.pass(server, 12);
  if (!world.isPatient) await meanwhile.due(server, "messages.due");
  const arrived = arrivals(server.standIns, killAfter ?? 1);
  await startAgain(world);
  if (killAfter !== null) {
    await soon(arrived, "reminders");
    await server.kill();
    const { reminders } = await found(world);
    inFlight.push(waiting.filter((person) => person.hasReminder() && !reminders.delivered.has(person.email)).length);
    await startAgain(world);
  }
  await until(() => waiting.every((person) => person.hasReminder()), "the reminders");
  for (const person of waiting.slice(0, afterReminder)) expect(await person.send()).toBe("thanks");
}

/** The wave closes, by a lead's hand or by itself once its end is stored, and is cleared, whatever comes between. */
async function close(world: World, id: string, { close: kills, isDue = false }: WaveKills): Promise<void> {
  const { server, people } = world;
  const path = `pulse-waves/${id}`;
  const ask = () => server.api("POST", `${path}/close`).catch(() => null);
  const never = people.slice(-(silent - afterReminder - whileClosing));
  let racers = people.slice(-(silent - afterReminder), -never.length);
  let stored: StoredWave | null = null;
  if (isDue) {
    await server.kill();
    await found(world);
    await meanwhile.timeRunsOut(server);
    stored = await found(world);
  }
  const goOn = async () => {
    if (stored?.isOver === true && !world.isPatient) await meanwhile.due(server, "pulse.tend");
    if (stored !== null) await startAgain(world);
  };
  for (const moment of kills) {
    if (stored !== null && !isToCome(moment, stored)) continue;
    const watch = await watchFor(server, moment);
    await goOn();
    const asked = [...racers.map((person) => person.send()), ...(stored?.isOver === true ? [] : [ask()])];
    racers = [];
    await soon(moment === "answered" ? Promise.all(asked) : watch.reached(), `the moment "${moment}"`);
    await server.kill();
    await watch.stop();
    await Promise.all(asked);
    stored = await found(world);
  }
  do {
    await goOn();
    if (stored?.isOver !== true) await ask();
    await until(() => summary(server, path).then(({ state }) => state === "closed"), "the close");
    for (const person of never) expect(await person.send()).toBe("closed");
    const { score, people: counted, groups } = await summary(server, path);
    expect({ score, groups: groups?.map((group) => group.score) }).toEqual({ score: shown, groups: [shown, shown] });
    await server.kill();
    stored = await found(world);
    expect(counted?.answered).toBe(round5(people.filter((person) => person.kept() !== null).length));
  } while (stored.wave.clearedAt === null);
  expectEveryAnswer(people, stored);
}

function isToCome(moment: Moment, { wave, hasKey }: StoredWave): boolean {
  if (moment === "counting") return wave.closedAt === null;
  return wave.clearedAt === null && (moment !== "purging" || hasKey);
}

const shown = { kind: "shown" };
const score = z.object({ kind: z.string() });
const Summary = z.object({
  state: z.string(),
  people: z.object({ answered: z.number() }).optional(),
  score: score.optional(),
  groups: z.array(z.object({ score })).optional(),
});

async function summary(server: ServerToKill, path: string): Promise<z.infer<typeof Summary>> {
  return Summary.parse(await server.api("GET", `${path}/summary`));
}

/** The answers that count are stored once each, with nothing else, and what is published follows from them alone. */
function expectEveryAnswer(people: readonly Respondent[], { wave, asked, responses, results }: StoredWave): void {
  const said = people.flatMap((person): Response[] => {
    const choices = person.kept();
    return choices === null ? [] : [{ group: asked.get(person.email) ?? null, choices }];
  });
  expect(said.length).toBeGreaterThanOrEqual(people.length - silent + afterReminder);
  expect(sorted(responses)).toEqual(sorted(withLabelsDropped(wave.instrument, said, wave.threshold)));
  expect(results).toEqual(resultsOf(wave, said));
}

function sorted(responses: readonly Response[]): string[] {
  return responses.map(({ group, choices }) => JSON.stringify([group, Object.entries(choices).sort()])).sort();
}
