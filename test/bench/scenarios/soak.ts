import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { request } from "undici";
import { type Asked, pressOf } from "../asked.ts";
import { type Figure, figure, percentile, type RunOptions, type Scenario } from "../scenario.ts";
import { usageOf } from "../usage.ts";
import { type World, withWorld } from "../world.ts";
import { botAppId, tenantId } from "../../support/live-stand-ins.ts";

interface Plan {
  readonly people: number;
  /** From the end of the warm-up to the end, in milliseconds. */
  readonly lastsMs: number;
  readonly warmUpMs: number;
  readonly sampleMs: number;
  /** A round from its opening to its close, with reminders in its middle. */
  readonly roundMs: number;
}

const long: Plan = { people: 400, lastsMs: 20 * 60_000, warmUpMs: 2 * 60_000, sampleMs: 5_000, roundMs: 60_000 };
const short: Plan = { people: 30, lastsMs: 8_000, warmUpMs: 500, sampleMs: 500, roundMs: 4_000 };

const answersPerSecond = 10;
const readsPerSecond = 4;
/** What leads have open in the tab. */
const pages = ["overview", "caseload-summary?by=area", "check-in-rounds", "teams", "people?limit=50", "meetings", "pulse-waves", "settings"];

interface Done {
  answers: number;
  reads: number;
  rounds: number;
  reminders: number;
  meetings: number;
  readonly latencies: number[];
}

/** Those who have a card of the round that is open, as they would answer it. */
async function asked(client: pg.Client, round: string): Promise<Asked[]> {
  const { rows } = await client.query<Asked>(
    `select i.object_id as "objectId", p.name, d.id as delivery, d.subject as team, c.conversation_id as conversation from deliveries d
     join identities i on i.network = d.network and i.person = d.recipient
     join people p on p.network = d.network and p.id = d.recipient
     join conversations c on c.network = d.network and c.person = d.recipient
     where d.occasion = $1 and d.purpose = 'check-in' and d.state = 'delivered'`,
    [round],
  );
  return rows;
}

/** Days go by for what was asked and sent: people are reminded after a week, and asked again after six. */
async function daysPass(client: pg.Client, days: number): Promise<void> {
  await client.query(
    `update check_in_rounds set opens_on = opens_on - $1::int, opened_at = opened_at - make_interval(days => $1::int),
     closes_at = closes_at - make_interval(days => $1::int), closed_at = closed_at - make_interval(days => $1::int)`,
    [days],
  );
  await client.query(
    `update deliveries set created_at = created_at - make_interval(days => $1::int), due_at = due_at - make_interval(days => $1::int),
     updated_at = updated_at - make_interval(days => $1::int), delivered_at = delivered_at - make_interval(days => $1::int)`,
    [days],
  );
}

const [untilReminder, untilNextRound] = [8, 34];

async function answerAll(world: World, client: pg.Client, round: () => string | null, done: Done, isOver: () => boolean): Promise<void> {
  const { url = "" } = world.servers[0] ?? {};
  const environment = await world.standIns.environment();
  const bot = { appId: botAppId, tenantId, serviceUrl: environment["TEAMS_SERVICE_URL"] ?? "" };
  const host = new URL(environment["PUBLIC_URL"] ?? "").host;
  let waiting: Asked[] = [];
  while (!isOver()) {
    const id = round();
    if (waiting.length === 0 && id !== null) waiting = await asked(client, id);
    const one = waiting.pop();
    if (one === undefined || id === null) {
      await pause(50);
      continue;
    }
    const began = performance.now();
    // fetch lets nobody name another host than the address's.
    const answer = await request(`${url}/api/messages`, {
      method: "POST",
      headers: { authorization: `Bearer ${await world.standIns.activityToken()}`, "content-type": "application/json", host },
      body: pressOf(bot, one, done.answers),
    });
    const text = await answer.body.text();
    if (answer.statusCode !== 200 || !text.includes('"statusCode":200')) throw new Error(`An answer came to ${answer.statusCode}: ${text.slice(0, 300)}`);
    done.latencies.push(performance.now() - began);
    done.answers += 1;
    await pause(1_000 / answersPerSecond);
  }
}

async function readPages({ api }: World, done: Done, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    await api("GET", pages[done.reads % pages.length] ?? "overview");
    done.reads += 1;
    await pause(1_000 / readsPerSecond);
  }
}

async function holdRounds({ api }: World, client: pg.Client, plan: Plan, opened: (round: string | null) => void, done: Done, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const { id } = (await api("POST", "check-in-rounds", {})) as { id: string };
    opened(id);
    await pause(plan.roundMs / 2);
    await daysPass(client, untilReminder);
    const { reminders } = (await api("POST", `check-in-rounds/${id}/remind`)) as { reminders: number };
    done.reminders += reminders;
    await pause(plan.roundMs / 2);
    opened(null);
    await api("POST", `check-in-rounds/${id}/close`);
    await daysPass(client, untilNextRound);
    done.rounds += 1;
  }
}

async function holdMeetings({ api }: World, plan: Plan, done: Done, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const on = new Date(Date.now() + (100 + (done.meetings % 200)) * 86_400_000).toISOString().slice(0, 10);
    const { id } = (await api("POST", "meetings", { on })) as { id: string };
    await pause(plan.roundMs / 3);
    await api("PATCH", `meetings/${id}`, { agenda: [`Point ${done.meetings}`] });
    await pause(plan.roundMs / 3);
    await api("DELETE", `meetings/${id}`);
    done.meetings += 1;
  }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

async function run({ isShort, note }: RunOptions): Promise<Figure[]> {
  const plan = isShort ? short : long;
  return withWorld({ people: plan.people, engine: "server", areChatsKnown: true }, async (world) => {
    const client = new pg.Client({ connectionString: world.database ?? "" });
    await client.connect();
    const done: Done = { answers: 0, reads: 0, rounds: 0, reminders: 0, meetings: 0, latencies: [] };
    const failures: unknown[] = [];
    let round: string | null = null;
    let isTimeUp = false;
    const isOver = () => isTimeUp || failures.length > 0;
    const load = [
      answerAll(world, client, () => round, done, isOver),
      readPages(world, done, isOver),
      holdRounds(world, client, plan, (id) => (round = id), done, isOver),
      holdMeetings(world, plan, done, isOver),
    ].map((some) => some.catch((error: unknown) => void failures.push(error)));
    try {
      const pid = world.servers[0]?.pid ?? 0;
      const samples: number[] = [];
      const began = performance.now();
      while (performance.now() - began < plan.warmUpMs + plan.lastsMs && failures.length === 0) {
        await pause(plan.sampleMs);
        if (performance.now() - began > plan.warmUpMs) samples.push(usageOf(pid).memory);
        if (samples.length % 24 === 1) note(`${Math.round(samples.at(-1) ?? 0)} MB; ${JSON.stringify({ ...done, latencies: undefined })}`);
      }
      isTimeUp = true;
      await Promise.all(load);
      if (failures.length > 0) throw failures[0];
      const quarter = Math.floor(samples.length / 4);
      const second = mean(samples.slice(quarter, 2 * quarter));
      const last = mean(samples.slice(-quarter));
      return [
        figure("soak: memory in the last quarter by that in the second", "×", [last / second], { atMost: 1.1 }),
        figure("soak: memory in the second quarter", "MB", [second]),
        figure("soak: memory in the last quarter", "MB", [last]),
        figure("soak: memory at most", "MB", [usageOf(pid).peakMemory]),
        figure("soak: answers", "", [done.answers]),
        figure("soak: answers, p99", "ms", [percentile(done.latencies, 0.99)]),
        figure("soak: pages read", "", [done.reads]),
        figure("soak: rounds", "", [done.rounds]),
        figure("soak: reminders", "", [done.reminders], { atLeast: 1 }),
        figure("soak: meetings booked, changed and cancelled", "", [done.meetings]),
      ];
    } finally {
      isTimeUp = true;
      await Promise.all(load);
      await client.end();
    }
  });
}

export const soak: Scenario = {
  name: "soak",
  about: "22 minutes of answers, tab reads, rounds, reminders and meetings together, and whether memory stays as it is",
  run,
};
