import { botAppId, tenantId } from "../../support/live-stand-ins.ts";
import { type Asked, askedIn, expectStored, openAndDeliver, pressOf } from "../asked.ts";
import { startEcho } from "../echo.ts";
import { type Load, type LoadRequest, type LoadResult, startLoadGenerator } from "../load.ts";
import { type Figure, figure, median, percentile, type RunOptions, type Scenario } from "../scenario.ts";
import { usageOf } from "../usage.ts";
import { storeOf, withWorld, type World, type WorldOptions } from "../world.ts";

/** What each engine must reach, as a share of the echo bot's requests a second, by connections. */
const engines = [
  { engine: "server", named: "PostgreSQL", levels: [[10, 0.5], [50, 0.7]] },
  { engine: "embedded", named: "PGlite", levels: [[10, 0.35], [50, 0.5]] },
] as const;

/** What every card says that thanks for an answer, the echo's copy included. */
export const thanks = ["Thank you, recorded", "application/vnd.microsoft.card.adaptive"] as const;

/** Fewer than there are requests, and no matter: neither the server nor the echo bot remembers a token. */
const differentTokens = 200;

/** What Teams would post for these people, each with a token of the Connector's. */
export async function requestsOf({ standIns }: Pick<World, "standIns">, asked: readonly Asked[]): Promise<LoadRequest[]> {
  const { TEAMS_SERVICE_URL: serviceUrl = "" } = await standIns.environment();
  const tokens: string[] = [];
  for (let n = 0; n < Math.min(differentTokens, asked.length); n += 1) tokens.push(await standIns.activityToken());
  return asked.map((one, n) => ({ authorization: `Bearer ${tokens[n % tokens.length] ?? ""}`, body: pressOf({ appId: botAppId, tenantId, serviceUrl }, one, n) }));
}

/** Where the first server of a world takes what Teams posts. */
export async function messagesOf({ servers, standIns }: World): Promise<Pick<Load, "url" | "host">> {
  const { PUBLIC_URL = "" } = await standIns.environment();
  return { url: `${servers[0]?.url ?? ""}/api/messages`, host: new URL(PUBLIC_URL).host };
}

interface Pair {
  readonly ours: LoadResult;
  readonly echo: LoadResult;
  /** Processor time of the server, and of the echo bot, in milliseconds for each answer. */
  readonly processor: readonly [ours: number, echo: number];
}

/** Measures one engine: the echo bot and the server in turn, each of them first every other time. */
async function onEngine({ engine, named, levels }: (typeof engines)[number], { isShort, note }: RunOptions): Promise<Figure[]> {
  const [runs, each] = isShort ? [1, 60] : [5, 1_000];
  const people = 1 + levels.length * (runs + 1) * each;
  let asked: Asked[] = [];
  const prepare: WorldOptions["prepare"] = async (store, standIns) => {
    const chats = await standIns.openChats();
    await openAndDeliver(store, chats, (await standIns.environment())["TEAMS_SERVICE_URL"] ?? "");
    asked = await askedIn(store, chats);
  };
  return withWorld({ people, engine, prepare, environment: { LOG_LEVEL: "info" } }, async (world) => {
    note(`${named}: ${people} people have the card`);
    const requests = await requestsOf(world, asked);
    const there = await messagesOf(world);
    const load = startLoadGenerator();
    const [server] = world.servers;
    if (server === undefined) throw new Error("There is no server.");
    const first = await load.run({ ...there, requests: requests.slice(0, 1), mustSay: thanks, connections: 1, keepsAnswers: true });
    const { value } = JSON.parse(first.answers?.[0] ?? "{}") as { value: object };
    const echo = await startEcho(await world.standIns.environment(), value);
    try {
      const figures: Figure[] = [];
      let next = 1;
      for (const [connections, share] of levels) {
        const pairs: Pair[] = [];
        for (let run = 0; run <= runs; run += 1) {
          const given = { requests: requests.slice(next, (next += each)), mustSay: thanks, connections };
          const before = [usageOf(server.pid), usageOf(echo.pid)] as const;
          const ours = () => load.run({ ...given, ...there });
          const theirs = () => load.run({ ...given, url: `${echo.url}api/messages` });
          const pair = run % 2 === 0 ? { echo: await theirs(), ours: await ours() } : { ours: await ours(), echo: await theirs() };
          const spent = ([server.pid, echo.pid] as const).map((pid, n) => ((usageOf(pid).processor - (before[n]?.processor ?? 0)) * 1_000) / each);
          // The first run warms both up.
          if (run > 0) pairs.push({ ...pair, processor: [spent[0] ?? NaN, spent[1] ?? NaN] });
        }
        figures.push(...figuresOf(`${named}, ${connections} connections`, pairs, each, share));
        note(`${named}, ${connections} connections: ${figures.at(-6)?.value.toFixed(2)} of the echo's`);
      }
      figures.push(figure(`${named}: memory at most`, "MB", [usageOf(server.pid).peakMemory]));
      server.child.kill("SIGTERM");
      await server.finished;
      await expectStored(storeOf(world.database, world.dataDir), asked);
      return figures;
    } finally {
      echo.stop();
      load.stop();
    }
  });
}

function figuresOf(named: string, pairs: readonly Pair[], each: number, share: number): Figure[] {
  const p95 = ({ latencies }: LoadResult) => percentile(latencies, 0.95);
  return [
    figure(`${named}: requests/s beside the echo's`, "×", pairs.map(({ ours, echo }) => echo.seconds / ours.seconds), { atLeast: share }),
    figure(`${named}: p95 beside the echo's`, "×", pairs.map(({ ours, echo }) => p95(ours) / p95(echo)), { atMost: 2.5 }),
    figure(`${named}: Steady`, "requests/s", pairs.map(({ ours }) => each / ours.seconds)),
    figure(`${named}: echo bot`, "requests/s", pairs.map(({ echo }) => each / echo.seconds)),
    figure(`${named}: p95`, "ms", pairs.map(({ ours }) => p95(ours))),
    figure(`${named}: processor beside the echo's`, "×", [median(pairs.map(({ processor }) => processor[0])) / median(pairs.map(({ processor }) => processor[1]))]),
  ];
}

export const answers: Scenario = {
  name: "answers",
  about: "check-ins submitted with real token checks and kept for good, beside an echo bot of plain botbuilder and restify",
  async run(options) {
    const figures: Figure[] = [];
    for (const one of engines) figures.push(...(await onEngine(one, options)));
    return figures;
  },
};
