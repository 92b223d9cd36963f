import { makeBigNetwork } from "../big-network.ts";
import { figure, median, type Figure, type Scenario } from "../scenario.ts";
import { usageOf } from "../usage.ts";
import { withWorld, type World } from "../world.ts";

const requests = 20;
const warmUp = 5;
/** A page of 50 rows, or a summary of 33 places, is far below. */
const mostBytes = 256 * 1024;

const paths = (round: string) => ({
  summary: "caseload-summary?by=place",
  overview: "overview",
  deliveries: `deliveries?round=${round}&limit=50`,
  teams: "teams?limit=50",
  "my teams": "me/caseload",
});

/** The reading of a lead's screens in networks of different size, each on a store and a server of its own. */
export const reads: Scenario = {
  name: "reads",
  about: "a lead's summary, overview and lists in networks of 70 to 100,000 people with two years behind them",
  async run({ isShort, note }) {
    const sizes = isShort ? [70, 300] : [70, 1_000, 10_000, 100_000];
    const found: { size: number; name: string; runs: number[]; bytes: number }[] = [];
    const figures: Figure[] = [];
    for (const people of sizes) {
      let round = "";
      await withWorld(
        {
          ...{ people: 1, engine: "server" },
          async prepare(store) {
            if (store.kind !== "server") throw new Error("A big network is made in PostgreSQL only.");
            const started = performance.now();
            const made = await makeBigNetwork(store.url, people);
            round = made.round;
            note(`${people} people made in ${Math.round((performance.now() - started) / 1_000)} s, of which figures ${made.standingsSeconds.toFixed(1)} s`);
            figures.push(figure(`figures of ${people} teams worked out anew`, "s", [made.standingsSeconds]));
          },
        },
        async (world) => {
          for (const [name, path] of Object.entries(paths(round))) {
            const { runs, bytes } = await timed(world, path);
            found.push({ size: people, name, runs, bytes });
            note(`${people}: ${name} ${median(runs).toFixed(1)} ms, ${bytes} bytes`);
          }
          await pagesOf(world, round, people);
          const { memory, processor } = usageOf(world.servers[0]?.pid ?? 0);
          figures.push(figure(`memory with ${people} people`, "MB", [memory]), figure(`processor time with ${people} people`, "s", [processor]));
        },
      );
    }
    for (const { size, name, runs } of found) figures.push(figure(`${name}, ${size} people`, "ms", runs));
    const growth = (name: string, from: number, to: number) => {
      const [low, high] = [from, to].map((size) => median(found.find((one) => one.name === name && one.size === size)?.runs ?? []));
      return (high ?? 0) / (low ?? 1);
    };
    const [from, to] = isShort ? [70, 300] : [1_000, 100_000];
    for (const name of ["summary", "overview"]) figures.push(figure(`${name}, growth from ${from} to ${to} people`, "×", [growth(name, from, to)], { atMost: 1.5 }));
    for (const name of ["deliveries", "teams"]) figures.push(figure(`${name}, growth from ${from} to ${to} people`, "×", [growth(name, from, to)]));
    return figures;
  },
};

async function timed(world: World, path: string): Promise<{ runs: number[]; bytes: number }> {
  const runs: number[] = [];
  let bytes = 0;
  for (let n = 0; n < warmUp + requests; n += 1) {
    const started = performance.now();
    const body: unknown = await world.api("GET", path);
    if (n >= warmUp) runs.push(performance.now() - started);
    bytes = JSON.stringify(body).length;
  }
  if (bytes > mostBytes) throw new Error(`${path} answers with ${bytes} bytes.`);
  return { runs, bytes };
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
