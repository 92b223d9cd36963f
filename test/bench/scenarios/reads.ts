import { makeBigNetwork } from "../big-network.ts";
import { figure, median, type Figure, type Scenario } from "../scenario.ts";
import { usageOf } from "../usage.ts";
import { withWorld, type World } from "../world.ts";

const requests = 20;
const warmUp = 5;
/** A page of 50 rows, or a summary of 33 places, is far below. */
const mostBytes = 256 * 1024;

type PathIn = (network: { readonly round: string }) => string;

const screens: Readonly<Record<string, PathIn>> = {
  summary: () => "caseload-summary?by=place",
  overview: () => "overview",
  deliveries: ({ round }) => `deliveries?round=${round}&limit=50`,
  teams: () => "teams?limit=50",
  "my teams": () => "me/caseload",
};

/** A network of some size, on a store and a server of its own. */
interface Network {
  readonly people: number;
  readonly world: World;
  readonly round: string;
}

/**
 * The reading of a lead's screens in networks of different size. All of them are there at once and are asked in turn, so that
 * a machine which is slower at one moment than at another is so for each of them.
 */
export const reads: Scenario = {
  name: "reads",
  about: "a lead's summary, overview and lists in networks of 70 to 100,000 people with two years behind them",
  async run({ isShort, note }) {
    const figures: Figure[] = [];
    await withNetworks(isShort ? [70, 300] : [70, 1_000, 10_000, 100_000], [], { figures, note }, async (networks) => {
      const medians = new Map<string, number>();
      for (const [name, pathIn] of Object.entries(screens)) {
        for (const [people, runs] of await timed(networks, pathIn)) {
          medians.set(`${name} ${people}`, median(runs));
          note(`${people}: ${name} ${median(runs).toFixed(1)} ms`);
          figures.push(figure(`${name}, ${people} people`, "ms", runs));
        }
      }
      for (const { people, world, round } of networks) {
        await pagesOf(world, round, people);
        const { memory, processor } = usageOf(world.servers[0]?.pid ?? 0);
        figures.push(figure(`memory with ${people} people`, "MB", [memory]), figure(`processor time with ${people} people`, "s", [processor]));
      }
      const [from, to] = isShort ? [70, 300] : [1_000, 100_000];
      const growth = (name: string) => (medians.get(`${name} ${to}`) ?? NaN) / (medians.get(`${name} ${from}`) ?? NaN);
      for (const name of ["summary", "overview"]) figures.push(figure(`${name}, growth from ${from} to ${to} people`, "×", [growth(name)], { atMost: 1.5 }));
      for (const name of ["deliveries", "teams"]) figures.push(figure(`${name}, growth from ${from} to ${to} people`, "×", [growth(name)]));
    });
    return figures;
  },
};

/** Makes networks of these sizes, and uses them while all of them are there. */
async function withNetworks(
  sizes: readonly number[],
  made: readonly Network[],
  { figures, note }: { readonly figures: Figure[]; readonly note: (text: string) => void },
  use: (networks: readonly Network[]) => Promise<void>,
): Promise<void> {
  const [people, ...others] = sizes;
  if (people === undefined) return use(made);
  let round = "";
  await withWorld(
    {
      ...{ people: 1, engine: "server" },
      async prepare(store) {
        if (store.kind !== "server") throw new Error("A big network is made in PostgreSQL only.");
        const started = performance.now();
        const network = await makeBigNetwork(store.url, people);
        round = network.round;
        note(`${people} people made in ${Math.round((performance.now() - started) / 1_000)} s, of which figures ${network.standingsSeconds.toFixed(1)} s`);
        figures.push(figure(`figures of ${people} teams worked out anew`, "s", [network.standingsSeconds]));
      },
    },
    (world) => withNetworks(others, [...made, { people, world, round }], { figures, note }, use),
  );
}

/** How long each network's answers take, in milliseconds, by its number of people. */
async function timed(networks: readonly Network[], pathIn: PathIn): Promise<Map<number, number[]>> {
  const runs = new Map(networks.map(({ people }): [number, number[]] => [people, []]));
  for (let n = 0; n < warmUp + requests; n += 1) {
    for (const network of networks) {
      const path = pathIn(network);
      const started = performance.now();
      const body: unknown = await network.world.api("GET", path);
      if (n >= warmUp) runs.get(network.people)?.push(performance.now() - started);
      const bytes = JSON.stringify(body).length;
      if (bytes > mostBytes) throw new Error(`${path} answers with ${bytes} bytes.`);
    }
  }
  return runs;
}

/** Three pages further on, each has other rows. */
async function pagesOf(world: World, round: string, people: number): Promise<void> {
  const seen = new Set<string>();
  let [after, pages] = ["", 0];
  for (; pages < 4; pages += 1) {
    const page: { items: { id: string }[]; next: string | null } = await world.api("GET", `deliveries?round=${round}&limit=20${after}`);
    for (const { id } of page.items) seen.add(id);
    if (page.next === null) break;
    after = `&after=${page.next}`;
  }
  if (seen.size < Math.min(people, 80)) throw new Error(`Four pages of deliveries have ${seen.size} different rows.`);
}
