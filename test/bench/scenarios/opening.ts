import { setTimeout as pause } from "node:timers/promises";
import type pg from "pg";
import { figuresOf, linearity, sizesFor, withBigWorld } from "../big-world.ts";
import { meanwhile } from "../meanwhile.ts";
import { type Figure, figure, type RunOptions, type Scenario } from "../scenario.ts";
import { usageOf } from "../usage.ts";
import type { World } from "../world.ts";

/** What a size of network came to. */
interface Opened {
  readonly people: number;
  readonly seconds: number;
  readonly closed: number;
  readonly figures: readonly Figure[];
}

/** Throws unless everybody is asked once, and the counts say so. */
async function expectWhole({ deliveriesOf }: World, database: pg.Client, round: string, made: number): Promise<void> {
  const { rows } = await database.query<{ teams: number; cards: number; recipients: number; jobs: number }>(
    `select (select count(*)::int from round_teams where round = $1) as teams, count(*)::int as cards, count(distinct subject)::int as recipients,
      (select count(*)::int from pgboss.job where data->>'delivery' in (select id::text from deliveries where occasion = $1)) as jobs
     from deliveries where occasion = $1 and purpose = 'check-in'`,
    [round],
  );
  const [found] = rows;
  const { intended } = await deliveriesOf(round);
  // The one who was imported has a team, too; and the lead has three of the teams as well.
  const [people, cards] = [made + 1, made + 4];
  if (found?.teams !== people || found.cards !== cards || found.recipients !== people || found.jobs < cards || intended !== cards) {
    throw new Error(`Not everybody of ${people} teams is asked once: ${JSON.stringify({ ...found, intended })}`);
  }
}

/** Three of five teams answer, and every other one of those gives its second card, too. */
async function answerAll(database: pg.Client, round: string): Promise<void> {
  await database.query("set session_replication_role = replica");
  const before = "(select id from check_in_rounds where id <> $1 order by opened_at desc limit 1)";
  await database.query(
    `insert into check_ins (network, round, team, person, answers, posts, carried, submitted_at)
      select network, $1, team, person, answers, posts, carried, now() from check_ins where round = ${before}`,
    [round],
  );
  await database.query(
    `insert into check_in_details (network, round, team, person, answers, submitted_at)
      select network, $1, team, person, answers, now() from check_in_details where round = ${before}`,
    [round],
  );
  // Nothing is known of the new round yet, so the planner would look through all of its answers for each team.
  await database.query("set enable_nestloop = off");
  await database.query("update round_teams set state = 'answered' where round = $1 and team in (select team from check_ins where round = $1)", [round]);
  await database.query("reset enable_nestloop");
  await database.query("set session_replication_role = origin");
  await database.query("vacuum analyze check_ins");
}

async function isFrozen(database: pg.Client): Promise<boolean> {
  const { rows } = await database.query("select 1 from unfrozen_rounds");
  return rows.length === 0;
}

/** Throws unless the figures of the closed round are there. */
async function expectFrozen(database: pg.Client, round: string): Promise<void> {
  const { rows } = await database.query<{ frozen: number; teams: number; answered: number; left: number }>(
    `select (select count(*)::int from combined_summaries where round = $1) as frozen,
      (select teams from round_medians where round = $1) as teams, (select count(*)::int from check_ins where round = $1) as answered,
      (select count(*)::int from unfrozen_rounds) as left`,
    [round],
  );
  const [found] = rows;
  if (found?.frozen !== 2 || found.left !== 0 || found.teams !== found.answered) throw new Error(`The round's figures aren't there: ${JSON.stringify(found)}`);
}

async function openIn(people: number, { note }: RunOptions): Promise<Opened> {
  return withBigWorld(people, async (world, database) => {
    const [server] = world.servers;
    if (server === undefined) throw new Error("No server runs.");
    note(`${people} people made`);
    const start = usageOf(server.pid).processor;
    const opened = await meanwhile(server, () => world.api("POST", "check-in-rounds", {}) as Promise<{ id: string }>);
    note(`${people}: opened in ${opened.seconds.toFixed(2)} s, event loop delay p99 ${opened.loop.p99.toFixed(0)} ms, most ${opened.loop.most.toFixed(0)} ms, answers ${opened.answersP99.toFixed(0)} ms`);
    await expectWhole(world, database, opened.result.id, people);
    const before = usageOf(server.pid).processor;
    const openingTook = before - start;
    const followed = await meanwhile(server, async () => {
      for (;;) {
        const { rows } = await database.query("select 1 from standing_rounds where round = $1 and not exists (select from stale_standings)", [opened.result.id]);
        if (rows.length > 0) return;
        await pause(50);
      }
    }, opened.usual);
    const processor = usageOf(server.pid).processor - before;
    note(`${people}: figures follow after ${followed.seconds.toFixed(1)} s (${processor.toFixed(1)} s of processor time), event loop delay p99 ${followed.loop.p99.toFixed(0)} ms`);
    const what = `opening a round, ${people} people`;
    await answerAll(database, opened.result.id);
    const closed = await meanwhile(server, () => world.api("POST", `check-in-rounds/${opened.result.id}/close`, {}));
    note(`${people}: closed in ${closed.seconds.toFixed(2)} s, event loop delay p99 ${closed.loop.p99.toFixed(0)} ms, most ${closed.loop.most.toFixed(0)} ms, answers ${closed.answersP99.toFixed(0)} ms, ${(closed.peakMemory - closed.memoryBefore).toFixed(0)} MB on top`);
    const combined = await meanwhile(server, async () => {
      while (!(await isFrozen(database))) await pause(50);
    }, closed.usual);
    note(`${people}: combined figures after another ${combined.seconds.toFixed(2)} s, event loop delay p99 ${combined.loop.p99.toFixed(0)} ms, most ${combined.loop.most.toFixed(0)} ms, ${(combined.peakMemory - combined.memoryBefore).toFixed(0)} MB on top`);
    await expectFrozen(database, opened.result.id);
    return {
      ...{ people, seconds: opened.seconds, closed: closed.seconds + combined.seconds },
      figures: [
        ...figuresOf(`closing a round, ${people} people`, closed),
        ...figuresOf(`its combined figures, ${people} people`, combined),
        ...figuresOf(what, opened),
        figure(`${what}: processor time`, "s", [openingTook]),
        figure(`${what}: until figures are as of it`, "s", [followed.seconds]),
        figure(`${what}: event loop delay until then, p99`, "ms", [followed.loop.p99], { atMost: 50 }),
        figure(`${what}: processor time until then`, "s", [processor]),
      ],
    };
  });
}

export const opening: Scenario = {
  name: "opening",
  about: "opening a round in networks of 1,000 to 100,000 people with two years behind them, the figures that follow, and its close",
  async run(options) {
    const found: Opened[] = [];
    for (const people of sizesFor(options.isShort)) found.push(await openIn(people, options));
    return [...found.flatMap(({ figures }) => figures), ...linearity("opening a round", found), ...linearity("closing a round", found.map(({ people, closed }) => ({ people, seconds: closed })))];
  },
};
