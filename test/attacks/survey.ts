import { databaseOn } from "../../src/adapters/sql/embedded/database.ts";
import { createInMemory } from "../../src/adapters/sql/embedded/memory.ts";
import { createLogger } from "../../src/adapters/logging/logger.ts";
import type { Actor } from "../../src/kernel/actor.ts";
import { pressButton } from "../../src/kernel/press.ts";
import type { Wave } from "../../src/features/pulse/model.ts";
import { scoreOf } from "../../src/features/pulse/scoring.ts";
import { openAsBlob } from "node:fs";
import { type TestApp, testApp } from "../app/test-app.ts";
import type { Row } from "../builders/roster.ts";
import { dumpVariable } from "../support/database.ts";
import type { Closed } from "./attack.ts";
import { capture, type RawReader, rawOfEmbedded, rawOfServer } from "./capture.ts";
import { answer } from "./answering.ts";
import type { Evidence, KnownPerson, Vector } from "./evidence.ts";
import { everythingSaid } from "./everything-said.ts";
import { type Plan, rosterOf, staff } from "./plan.ts";
import { publishedGroups } from "./published-groups.ts";
import { type Random, randomFrom } from "./random.ts";

/** How a wave is opened, answered and closed: the composed application's way, or one with a defence less. */
export interface Way {
  open(): Promise<void>;
  press(actor: Actor, verb: string, data: Readonly<Record<string, unknown>>): Promise<unknown>;
  close(): Promise<void>;
}

export interface Network {
  readonly app: TestApp;
  readonly raw: RawReader;
  readonly log: unknown[];
}

const opened = ["2026-11-24T09:30", "2026-12-16T09:30"] as const;
const closes = ["2026-12-08T17:01", "2026-12-30T17:01"] as const;

/** Puts a network together as a plan says, and has everything recorded that an attacker may see. */
export async function network(plan: Plan): Promise<Network> {
  const log: unknown[] = [];
  const logger = createLogger({ level: "debug", destination: { write: (line: string) => void log.push(JSON.parse(line)) } });
  const pglite = plan.engine === "embedded" ? await createInMemory(await openAsBlob(process.env[dumpVariable]!)) : null;
  const app = await testApp({
    now: opened[0],
    roster: rosterOf(plan.rosters[0] ?? []),
    logger,
    mail: true,
    ...(pglite === null
      ? {}
      : {
          through: (database) => {
            void database.close();
            return databaseOn(pglite);
          },
        }),
  });
  const settings = { pulse: { groupBy: plan.groupBy } };
  const changed = await app.api(staff.lead, "PATCH", "settings", settings);
  if (changed.status !== 200) throw new Error(`The settings weren't taken: ${JSON.stringify(changed.body)}`);
  return { app, log, raw: pglite === null ? await rawOfServer(app.database) : rawOfEmbedded(pglite) };
}

/** The composed application, used as people use it. */
export function composedWay({ app }: Network, nth: number): Way {
  return {
    async open() {
      const { status, body } = await app.api(staff.lead, "POST", "pulse-waves", {});
      if (status !== 201) throw new Error(`No wave opened: ${status} ${JSON.stringify(body)}`);
    },
    press: (actor, verb, data) => pressButton(app.bot, actor, { verb, data }),
    close: () => app.moveTo(closes[nth]!),
  };
}

/** Runs a plan's waves one after the other, and gives what is known of each once it has closed. */
export async function survey(plan: Plan, wayOf: (network: Network, nth: number) => Way = composedWay): Promise<Closed[]> {
  const network_ = await network(plan);
  const random = randomFrom(plan.seed + 1_000_000);
  const all: Closed[] = [];
  const said = new Map<string, Vector>();
  for (const [nth, rows] of plan.rosters.entries()) {
    if (nth > 0) {
      await network_.app.moveTo(opened[nth]!);
      await network_.app.importCsv(rosterOf(rows));
    }
    const way = wayOf(network_, nth);
    all.push(await oneWave(plan, network_, way, nth, rows, random, said, all.at(-1)?.evidence ?? null));
  }
  return all;
}

async function oneWave(
  plan: Plan,
  network: Network,
  way: Way,
  nth: number,
  rows: readonly Row[],
  random: Random,
  said: Map<string, Vector>,
  earlier: Evidence | null,
): Promise<Closed> {
  const { app } = network;
  const logFrom = network.log.length;
  await way.open();
  await app.settle();
  const read = app.store.read(app.network);
  const wave = (await read.pulse.current())!;
  const truth = await answer(plan, app, way, nth, wave, random, said);
  const before = await capture(app.database, network.raw);
  await way.close();
  const closed = (await read.pulse.byId(wave.id))!;
  if (closed.closedAt === null) throw new Error("The wave didn't close.");
  const after = await capture(app.database, network.raw);
  const shared = await app.api(staff.lead, "POST", `pulse-waves/${wave.id}/share`);
  if (shared.status !== 200) throw new Error(`The wave wasn't shared: ${JSON.stringify(shared.body)}`);
  await app.settle();
  const groups = new Map((await read.pulse.asked(wave.id)).map(({ person, group }) => [String(person), group]));
  const roster = await rosterIn(network, rows, groups);
  const evidence: Evidence = {
    wave: wave.id,
    ...itemsOf(wave),
    sealKey: wave.sealKey,
    roster,
    tookPart: new Set(truth.keys()),
    before,
    after,
    later: await capture(app.database, () => Promise.resolve([])),
    log: network.log.slice(logFrom),
    api: await everythingSaid(app, wave.id, roster),
    earlier,
  };
  const told = [...truth].map(([id, vector]) => ({ id, vector, group: groups.get(id) ?? null }));
  return { evidence, truth, groups: publishedGroups(told, wave.threshold, (vector) => scoreOf(wave.instrument, vector) !== null) };
}

function itemsOf({ instrument: { items, scales } }: Wave): Pick<Evidence, "choices" | "points"> {
  const choicesOf = (scale: string) => scales[scale]?.choices ?? [];
  const points = items.map(({ id, scale, isReversed }) => {
    return [id, choicesOf(scale).map((one) => (isReversed ? 100 - one.points : one.points))] as const;
  });
  return { choices: Object.fromEntries(points.map(([id, some]) => [id, some.length])), points: Object.fromEntries(points) };
}

async function rosterIn({ app }: Network, rows: readonly Row[], groups: ReadonlyMap<string, string | null>): Promise<KnownPerson[]> {
  const people = new Map((await app.store.read(app.network).roster.people()).map((person) => [person.email, person]));
  return rows.flatMap(({ email, aad_object_id: objectId }) => {
    const person = people.get(email ?? "");
    if (person === undefined) return [];
    const { name, area, place, pcn, organisation, jobRole, role } = person;
    const facts = { name, email, objectId, area, place, pcn, organisation, jobRole, role };
    return [{ id: person.id, group: groups.get(person.id) ?? null, facts }];
  });
}
