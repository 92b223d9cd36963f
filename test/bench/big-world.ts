import pg from "pg";
import { makeBigNetwork } from "./big-network.ts";
import { type meanwhile, watched } from "./meanwhile.ts";
import { type Figure, figure } from "./scenario.ts";
import { type World, withWorld } from "./world.ts";

const { BENCH_PEOPLE: wanted } = process.env;

/** The sizes of network that something is done in; others by BENCH_PEOPLE, such as "1000,10000". */
export function sizesFor(isShort: boolean): number[] {
  if (wanted !== undefined) return wanted.split(",").map(Number);
  return isShort ? [70, 300] : [1_000, 10_000, 100_000];
}

/**
 * A network of this size with two years behind it, no round open, and everybody's last message so short ago that new
 * cards wait: what is measured is the opening, and these people have no chat to send to.
 */
export async function withBigWorld<Result>(people: number, use: (world: World, database: pg.Client) => Promise<Result>): Promise<Result> {
  let url = "";
  return withWorld(
    {
      ...{ people: 1, engine: "server", environment: watched },
      async prepare(store) {
        if (store.kind !== "server") throw new Error("A big network is made in PostgreSQL only.");
        url = store.url;
        const { round } = await makeBigNetwork(url, people, { areFiguresMade: false });
        await inDatabase(url, async (client) => {
          await client.query("set session_replication_role = replica");
          // Meetings are for 500 at most; the one to come would invite everybody.
          await client.query("delete from events where starts_at > now()");
          await client.query("update check_in_rounds set closed_at = now() - interval '1 day' where id = $1", [round]);
          await client.query("insert into round_medians (network, round, teams, median12) select network, id, 1000, 0.95 from check_in_rounds where id = $1", [round]);
          await client.query("update deliveries set state = 'delivered', delivered_at = now() - interval '6 days' where occasion = $1 or delivered_at > now() - interval '6 days'", [round]);
        });
      },
    },
    (world) => inDatabase(url, (client) => use(world, client)),
  );
}

async function inDatabase<Result>(url: string, use: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** The figures that show whether a server went on answering while it did this. */
export function figuresOf(what: string, { seconds, loop, answersP99, peakMemory, memoryBefore }: Awaited<ReturnType<typeof meanwhile>>): Figure[] {
  const isLargest = what.endsWith("100000 people");
  return [
    figure(what, "s", [seconds], isLargest ? { atMost: 60 } : undefined),
    figure(`${what}: event loop delay, p99`, "ms", [loop.p99], { atMost: 50 }),
    figure(`${what}: event loop delay, most`, "ms", [loop.most]),
    figure(`${what}: an answer meanwhile takes longer by, p99`, "ms", [answersP99]),
    figure(`${what}: memory on top`, "MB", [peakMemory - memoryBefore]),
  ];
}

/** Seconds against people: what growing by so many times costs, by how many times there are more people; 1 is linear. */
export function linearity(what: string, sizes: readonly { readonly people: number; readonly seconds: number }[]): Figure[] {
  const [first, last] = [sizes.at(-2), sizes.at(-1)];
  if (first === undefined || last === undefined) return [];
  const growth = last.seconds / first.seconds / (last.people / first.people);
  return [figure(`${what}: growth from ${first.people} to ${last.people} people, by that of people`, "×", [growth], { atMost: 1.2 })];
}
