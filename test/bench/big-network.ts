import { randomUUID } from "node:crypto";
import pg from "pg";
import { openDatabase } from "../../src/adapters/sql/database.ts";
import { migrate } from "../../src/adapters/sql/migrate.ts";
import { sqlStore } from "../../src/adapters/sql/store.ts";
import { systemClock } from "../../src/adapters/system.ts";
import type { CaseloadSummary } from "../../src/features/check-ins/contract.ts";
import { currentQuestionSet, type Question } from "../../src/features/check-ins/question-set.ts";
import { tendStandings } from "../../src/features/check-ins/standings.ts";
import { combinedSummary } from "../../src/features/check-ins/summary-groups.ts";
import { asId, type NetworkId } from "../../src/kernel/ids.ts";
import { silent } from "../support/logger.ts";

/*
 * A network with two years behind it, written into PostgreSQL in bulk as the product writes its rows. A person is a
 * manager with a team of their own, in one of 33 places of five areas at every size; meetings invite 500 at most, for
 * which the issue plans them. Six-weekly rounds for 24 months, the last of them open; quarterly surveys; five years of
 * combined figures.
 */

export interface BigNetwork {
  /** The round that is open. */
  readonly round: string;
  /** Seconds that it took to work out from the answers what summaries are read from. */
  readonly standingsSeconds: number;
}

export interface BigNetworkOptions {
  /** Whether what summaries are read from is worked out, as it would be in time; true when left out. */
  readonly areFiguresMade?: boolean;
}

const areas = ["North Central", "North East", "North West", "South East", "South West"];
const roundCount = 17;
const places = 33;

/** Answers of some teams to some questions, each of its kind. */
function madeUp(questions: readonly Question[]): string[] {
  return Array.from({ length: 5 }, (_, n) =>
    JSON.stringify(
      Object.fromEntries(
        questions.flatMap((question): [string, unknown][] => {
          if (question.kind === "choice") return [[question.id, question.choices[n % question.choices.length]?.value]];
          if (question.kind === "choices") return [[question.id, [question.choices[n % question.choices.length]?.value]]];
          if (question.kind === "yes-no") return [[question.id, n % 2 === 0]];
          if (question.kind === "number") return [[question.id, question.min + n]];
          return [];
        }),
      ),
    ),
  );
}

/** Makes so many people, and all that came of them, in the only network of a migrated and otherwise empty database. */
export async function makeBigNetwork(url: string, people: number, { areFiguresMade = true }: BigNetworkOptions = {}): Promise<BigNetwork> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>("select id from networks");
    const network = rows[0]?.id ?? "";
    const run = (text: string, ...values: unknown[]) => client.query(text, values);
    // The rows are whole; what triggers would name one by one is named at the end.
    await run("set session_replication_role = replica");
    await run("set synchronous_commit = off");
    await run(`create function pg_temp.ordered(at timestamptz, what text) returns uuid language sql as $$
      select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(what), 1, 3) || '8' || substr(md5(what), 4, 15))::uuid $$`);
    await run(`create temp table made as select n, gen_random_uuid() as person, gen_random_uuid() as team,
        ($2::text[])[1 + (n % ${places}) % 5] as area, 'Place ' || lpad((n % ${places})::text, 2, '0') as place, 'Employer ' || n % 40 as employer
      from generate_series(1, $1::int) n`, people, areas);
    await run("analyze made");
    await run(`insert into people (network, id, name, email, role, area, place, organisation)
      select $1, person, 'Manager ' || n, 'big' || n || '@example.org', 'manager', area, place, employer from made`, network);
    await run(`insert into identities (object_id, tenant_id, network, person)
      select gen_random_uuid(), '6d1e7a52-93c4-4f0b-8b7e-2a4c5d6e7f80', $1, person from made`, network);
    await run(`insert into conversations (network, person, conversation_id, service_url, state, updated_at)
      select $1, person, 'a:' || n, 'https://127.0.0.1:9/', 'open', now() from made`, network);
    await run(`insert into teams (network, id, name, area, place, organisation) select $1, team, 'Team ' || lpad(n::text, 6, '0'), area, place, employer from made`, network);
    await run("insert into team_managers (network, team, person) select $1, team, person from made", network);
    await run("insert into team_posts (network, team, job_role, wte) select $1, team, 'link_worker', 1 + n % 3 from made", network);
    // The lead has teams, too.
    await run("insert into team_managers (network, team, person) select $1, team, p.id from made, people p where p.network = $1 and p.role = 'lead' and n <= 3", network);
    const round = await makeRounds(run, network);
    await makeMeetings(run, network);
    await makeSurveys(run, network, people);
    await makeAggregates(run, network);
    await run(`insert into tallies (network, about, kind, state, n)
      select network, occasion, purpose, state, count(*) from deliveries group by 1, 2, 3, 4`);
    await run(`insert into tallies (network, about, kind, state, n) select network, round, 'teams', state, count(*) from round_teams group by 1, 2, 4`);
    if (areFiguresMade) await run("insert into stale_standings (network, team) select $1, team from made", network);
    else await run("delete from stale_standings");
    await run("analyze");
    return { round, standingsSeconds: areFiguresMade ? await workOut(url, asId<NetworkId>(network)) : 0 };
  } finally {
    await client.end();
  }
}

type Run = (text: string, ...values: unknown[]) => Promise<unknown>;

/** A day so many weeks ago, less a week since the last opening, as the round's number. */
const openedAt = (index: number) => `(date_trunc('day', now()) - interval '7 days' - interval '42 days' * ${roundCount - 1 - index} + interval '9 hours')`;

async function makeRounds(run: Run, network: string): Promise<string> {
  let last = "";
  for (let index = 0; index < roundCount; index += 1) {
    const isOpen = index === roundCount - 1;
    const theme = currentQuestionSet.themes[index % currentQuestionSet.themes.length];
    last = uuidAt(Date.now() - (7 + 42 * (roundCount - 1 - index)) * 86_400_000);
    const at = openedAt(index);
    await run(`insert into check_in_rounds (network, id, opens_on, opened_at, closes_at, closed_at, question_set, theme, guide)
      values ($1, $2, ${at}::date, ${at}, ${at} + interval '14 days', ${isOpen ? "null" : `${at} + interval '14 days'`}, $3, $4, '{"link_worker": {"low": 200, "high": 250}}')`,
      network, last, currentQuestionSet.version, theme?.id ?? "");
    // Of five teams four answer, each time others; in the open round, three so far.
    const answered = `(n + ${index}) % 5 < ${isOpen ? 3 : 4}`;
    await run(`insert into round_teams (network, round, team, period_from, state)
      select $1, $2, team, ${at}::date - 42, case when ${answered} then 'answered' else 'waiting' end from made`, network, last);
    await run(`insert into check_ins (network, round, team, person, answers, posts, carried, submitted_at)
      select $1, $2, team, person, jsonb_build_object('feeling', (array['comfortable', 'busy', 'busy', 'busy', 'stretched'])[1 + (n * 7 + ${index}) % 5],
          'newPeople', jsonb_build_object('link_worker', (18 + (n * 13 + ${index} * 5) % 12) * (1 + n % 3)), 'waiting', n % 25, 'longestWaitWeeks', n % 9, 'help', 'nothing'),
        jsonb_build_object('link_worker', 1 + n % 3), case when n % 9 = 0 then array['waiting'] else '{}' end, ${at} + interval '1 hour' * (n % 90)
      from made where ${answered}`, network, last);
    await run(`insert into check_in_details (network, round, team, person, answers, submitted_at)
      select $1, $2, team, person, ($3::jsonb[])[1 + n % 5], ${at} + interval '2 days' from made where ${answered} and n % 2 = 0`, network, last, madeUp(theme?.questions ?? []));
    await sendAll(run, network, last, "check-in", at, "team", "made");
  }
  const at = openedAt(roundCount - 1);
  await run(`insert into requests (network, id, round, team, asked_by, reasons, owner, due_on, state, created_at, updated_at)
    select $1, pg_temp.ordered(${at}, 'request ' || n), $2, team, person, case when n % 400 = 0 then array['unsafe'] else array['call'] end, person,
      current_date + n % 7 - 3, 'open', ${at}, ${at} from made where n % 200 = 0`, network, last);
  return last;
}

/** Everybody's card of an occasion, in their chat. */
async function sendAll(run: Run, network: string, occasion: string, purpose: string, at: string, subject: string, from: string): Promise<void> {
  await run(`insert into deliveries (network, id, occasion, purpose, subject, recipient, channel, unasked, state, reason, attempts, due_at, delivered_at, created_at, updated_at)
    select $1, pg_temp.ordered(${at}, $2::text || n), $2::uuid, $3, ${subject}, person, 'teams', true, case when n % 100 = 0 then 'failed' else 'delivered' end,
      case when n % 100 = 0 then 'Teams refused the card.' end, 1, ${at}, case when n % 100 <> 0 then ${at} end, ${at}, ${at} from ${from}`, network, occasion, purpose);
  await run(`insert into sent_cards (network, delivery, service_url, conversation_id, activity_id, sent_at)
    select $1, pg_temp.ordered(${at}, $2::text || n), 'https://127.0.0.1:9/', 'a:' || n, n::text, ${at} from ${from} where n % 100 <> 0`, network, occasion);
}

/** An id of the product's kind: in the order of its moment. */
function uuidAt(ms: number): string {
  const time = Math.floor(ms).toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}

async function makeMeetings(run: Run, network: string): Promise<void> {
  const invited = "(select * from made where n <= 500) made";
  // The last one is still to come.
  for (let index = 0; index <= roundCount; index += 1) {
    const at = `(${openedAt(index)} + interval '21 days')`;
    const event = uuidAt(Date.now() - (7 + 42 * (roundCount - 1 - index) - 1) * 86_400_000);
    await run(`insert into events (network, id, kind, title, starts_at, ends_at, zone, organiser, hide_attendees, booked_at, calendar_state, agenda)
      values ($1, $2, 'meeting', 'Network meeting', ${at}, ${at} + interval '1 hour', 'Europe/London', 'meetings@example.org', true, ${at} - interval '30 days', 'in-step', '{"items": []}')`, network, event);
    await run(`insert into event_invitees (network, event, person, email) select $1, $2, person, 'big' || n || '@example.org' from ${invited}`, network, event);
    await run(`insert into rsvps (network, event, person, answer, answered_at, given_in, listed, mirror)
      select $1, $2, person, (array['yes', 'yes', 'maybe', 'no'])[1 + n % 4], ${at} - interval '9 days', 'card', true, 'none' from ${invited} where n % 10 < 7`, network, event);
    await sendAll(run, network, event, "rsvp", `(${at} - interval '20 days')`, `$2::uuid`, invited);
  }
}

async function makeSurveys(run: Run, network: string, people: number): Promise<void> {
  const score = { kind: "suppressed", why: "too-few" };
  const asked = { asked: people, managersAsked: people, membersAsked: 0, answered: people };
  const results = { people: asked, responseRate: 60, score, bands: score, items: [], groups: [] };
  for (let index = 0; index < 8; index += 1) {
    const wave = uuidAt(Date.now() - (40 + 91 * (7 - index)) * 86_400_000);
    const at = `(now() - interval '1 day' * ${40 + 91 * (7 - index)})`;
    await run(`insert into pulse_waves (network, id, opened_at, closes_at, closed_at, cleared_at, shared_at, raw_deleted_at, instrument, threshold, groups, seal_key, managers_asked, members_asked, sent)
      values ($1, $2, ${at}, ${at} + interval '10 days', ${at} + interval '10 days', ${at} + interval '10 days', ${at} + interval '11 days', ${at} + interval '38 days',
        $3, 10, '{"by": "area", "madeOn": "2026-01-01", "groups": []}', '', $4, 0, $4)`, network, wave, JSON.stringify(await instrument()), people);
    await run("insert into pulse_asked (network, wave, person, group_name) select $1, $2, person, null from made", network, wave);
    await run("insert into pulse_results (network, wave, value) values ($1, $2, $3)", network, wave, JSON.stringify(results));
    await sendAll(run, network, wave, "pulse", at, `$2::uuid`, "made");
  }
}

async function instrument() {
  return (await import("../../src/features/pulse/instrument.ts")).defaultInstrument;
}

/** Five years of combined figures: those of rounds whose answers are gone, and of the closed ones. */
async function makeAggregates(run: Run, network: string): Promise<void> {
  await run("insert into round_medians (network, round, teams, median12) select network, id, 1000, 0.95 from check_in_rounds where network = $1 and closed_at is not null", network);
  const old = 26;
  for (let index = -old; index < 0; index += 1) {
    const at = openedAt(index);
    await run(`insert into check_in_rounds (network, id, opens_on, opened_at, closes_at, closed_at, question_set, theme, guide)
      values ($1, $2, ${at}::date, ${at}, ${at} + interval '14 days', ${at} + interval '14 days', $3, $4, '{"link_worker": {"low": 200, "high": 250}}')`,
      network, uuidAt(Date.now() - (7 + 42 * (roundCount - 1 - index)) * 86_400_000), currentQuestionSet.version, currentQuestionSet.themes[0]?.id ?? "");
  }
  for (const by of ["area", "place"] as const) {
    const empty = combinedSummary({ asOf: null, rows: [], trend: [] }, by);
    const load = { newPeople: 27.3, guide: { low: 23.1, high: 28.8 }, load: 0.95, state: "in" as const, daysCovered: 84, teams: 7, words: "27 new people; guide 23 to 29" };
    const group = (name: string) => ({ ...empty.total, name, teams: 7, answered: 7, coverage: "7 teams that answered", last12Weeks: load, last52Weeks: load, waiting: 12 });
    const names = by === "area" ? areas : Array.from({ length: places }, (_, n) => `Place ${String(n).padStart(2, "0")}`);
    const trend = Array.from({ length: 43 }, (_, n) => ({ openedOn: new Date(Date.now() - (7 + 42 * (43 - n)) * 86_400_000).toISOString().slice(0, 10), load12: 0.95 }));
    const value: CaseloadSummary = { ...empty, total: { ...group("All"), trend }, groups: names.map(group), coverage: "80 of 100 teams" };
    await run(`insert into combined_summaries (network, round, grouped_by, value)
      select $1, id, $2, $3::jsonb || jsonb_build_object('asOf', opens_on::text, 'behind', '{}'::jsonb) from check_in_rounds where network = $1 and closed_at is not null`,
      network, by, JSON.stringify(value));
  }
}

/** Works out what summaries are read from, as the schedule does after an upgrade. */
async function workOut(url: string, network: NetworkId): Promise<number> {
  const database = await openDatabase({ kind: "server", url, poolSize: 2 }, silent);
  try {
    await migrate(database, { logger: silent });
    const store = sqlStore(database.db, () => ({ add: () => Promise.resolve() }));
    const started = performance.now();
    await tendStandings({ store, clock: systemClock }, network);
    await database.tidy();
    return (performance.now() - started) / 1_000;
  } finally {
    await database.close();
  }
}
