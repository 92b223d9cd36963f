import type pg from "pg";
import { jweSealing } from "../../../src/adapters/sealing/jwe.ts";
import { defaultInstrument } from "../../../src/features/pulse/instrument.ts";
import { figuresOf, linearity, sizesFor, withBigWorld } from "../big-world.ts";
import { meanwhile } from "../meanwhile.ts";
import { type Figure, type RunOptions, type Scenario } from "../scenario.ts";
import type { World } from "../world.ts";

/** Of five people three answer (FACTS, section 6). */
const answering = { of: 5, answer: 3 };
/** Answers that are sealed each for itself; in larger networks they repeat, which costs no less to open. */
const mostSealed = 10_000;

interface Closed {
  readonly people: number;
  readonly opened: number;
  readonly closed: number;
  readonly figures: readonly Figure[];
}

/** What somebody chose: different from one to the next, so that scores spread. */
function choicesOf(n: number): Record<string, number> {
  return Object.fromEntries(
    defaultInstrument.items.map(({ id, scale }, nth) => [id, (n * 7 + nth * 3 + (n % 11)) % (defaultInstrument.scales[scale]?.choices.length ?? 1)]),
  );
}

/** As if everybody had the survey's card and three of five had answered, each in the group that they were told. */
async function answer(database: pg.Client, wave: string): Promise<number> {
  const { rows: waves } = await database.query<{ seal_key: string }>("select seal_key from pulse_waves where id = $1", [wave]);
  const { rows: asked } = await database.query<{ person: string; group_name: string | null }>("select person, group_name from pulse_asked where wave = $1 order by person", [wave]);
  const answers = asked.filter((_, n) => n % answering.of < answering.answer);
  const sealing = jweSealing();
  const sealed: string[] = [];
  for (let n = 0; n < Math.min(answers.length, mostSealed); n += 50) {
    const some = answers.slice(n, n + 50);
    sealed.push(...(await Promise.all(some.map(({ group_name }, nth) => sealing.seal(waves[0]?.seal_key ?? "", { group: group_name, choices: choicesOf(n + nth) })))));
  }
  await database.query("insert into pulse_participations (network, wave, person, state) select network, wave, person, 'sent' from pulse_asked where wave = $1 and person = any($2::uuid[])", [wave, answers.map(({ person }) => person)]);
  await database.query(
    `insert into pulse_sealed (network, wave, sealed) select network, id, ($2::text[])[1 + n % cardinality($2::text[])]
     from pulse_waves, generate_series(0, $3::int - 1) n where id = $1`,
    [wave, sealed, answers.length],
  );
  await database.query("delete from pgboss.job where name = 'deliveries.send' and state = 'created'");
  await database.query("update deliveries set state = 'delivered', reason = null, attempts = 1, delivered_at = now() where occasion = $1 and purpose = 'pulse'", [wave]);
  await database.query("insert into sent_cards (network, delivery, service_url, conversation_id, activity_id, sent_at) select network, id, 'https://127.0.0.1:9/', 'a:1', id::text, now() from deliveries where occasion = $1 and purpose = 'pulse'", [wave]);
  await database.query("vacuum analyze");
  return answers.length;
}

/** Throws unless everything was counted, each answer is kept without its person, and nothing sealed is left. */
async function expectClosed({ api }: World, database: pg.Client, wave: string, answers: number, asked: number): Promise<void> {
  const { rows } = await database.query(
    `select w.closed_at is not null as closed, w.cleared_at is not null as cleared, w.sent,
      (select count(*)::int from pulse_responses where wave = $1) as responses, (select count(*)::int from pulse_sealed) as sealed,
      (select count(*)::int from pulse_participations) as participations,
      (select sum(jsonb_array_length(data->'deliveries'))::int from pgboss.job where name = 'deliveries.refresh') as refreshing
     from pulse_waves w where id = $1`,
    [wave],
  );
  const { closed, cleared, sent, responses, sealed, participations, refreshing } = rows[0] as Record<string, unknown>;
  const { score } = (await api("GET", `pulse-waves/${wave}/summary`)) as { score: { kind: string } };
  if (closed !== true || cleared !== true || sent !== answers || responses !== answers || sealed !== 0 || participations !== 0 || score.kind !== "shown") {
    throw new Error(`The wave isn't closed as it should be: ${JSON.stringify({ ...rows[0], score, answers })}`);
  }
  if (typeof refreshing !== "number" || refreshing < asked * 0.9) throw new Error(`${String(refreshing)} of ${asked} cards are told that it has closed.`);
}

async function closeIn(people: number, { note }: RunOptions): Promise<Closed> {
  return withBigWorld(people, async (world, database) => {
    const [server] = world.servers;
    if (server === undefined) throw new Error("No server runs.");
    const opened = await meanwhile(server, () => world.api("POST", "pulse-waves", {}) as Promise<{ id: string }>);
    note(`${people}: opened in ${opened.seconds.toFixed(2)} s, event loop delay p99 ${opened.loop.p99.toFixed(0)} ms, most ${opened.loop.most.toFixed(0)} ms`);
    const wave = opened.result.id;
    const { rows } = await database.query<{ n: number }>("select count(*)::int as n from pulse_asked where wave = $1", [wave]);
    const asked = rows[0]?.n ?? 0;
    // The one who was imported, and the lead with her teams, are asked as well.
    if (asked !== people + 2) throw new Error(`${asked} of ${people} people are asked.`);
    const answers = await answer(database, wave);
    note(`${people}: ${answers} answers`);
    const closed = await meanwhile(server, () => world.api("POST", `pulse-waves/${wave}/close`, {}));
    note(`${people}: closed in ${closed.seconds.toFixed(2)} s, event loop delay p99 ${closed.loop.p99.toFixed(0)} ms, most ${closed.loop.most.toFixed(0)} ms, answers ${closed.answersP99.toFixed(0)} ms`);
    await expectClosed(world, database, wave, answers, asked);
    return {
      ...{ people, opened: opened.seconds, closed: closed.seconds },
      figures: [...figuresOf(`opening a wave, ${people} people`, opened), ...figuresOf(`closing a wave, ${people} people`, closed)],
    };
  });
}

export const closing: Scenario = {
  name: "closing",
  about: "opening and closing a survey in networks of 1,000 to 100,000 people, of whom 60 % answer",
  async run(options) {
    const found: Closed[] = [];
    for (const people of sizesFor(options.isShort)) found.push(await closeIn(people, options));
    return [
      ...found.flatMap(({ figures }) => figures),
      ...linearity("opening a wave", found.map(({ people, opened }) => ({ people, seconds: opened }))),
      ...linearity("closing a wave", found.map(({ people, closed }) => ({ people, seconds: closed }))),
    ];
  },
};
