import { sizesFor, withBigWorld } from "../big-world.ts";
import { meanwhile } from "../meanwhile.ts";
import { type Figure, figure, median, type Scenario } from "../scenario.ts";

const files = { workbook: "exports/evidence.xlsx", sheet: "exports/evidence.csv?sheet=places", data: "exports/evidence" };
/** A pack is of areas and not of people, so it is as long for a large network as for a small one. */
const mostBytes = 512 * 1024;

export const evidence: Scenario = {
  name: "evidence",
  about: "the evidence pack as workbook, CSV and data in networks of 1,000 to 100,000 people with two years behind them",
  async run({ isShort, note }) {
    const figures: Figure[] = [];
    const workbooks: number[] = [];
    const sizes = sizesFor(isShort);
    for (const people of sizes) {
      await withBigWorld(people, async ({ servers, fileOf }) => {
        const [server] = servers;
        if (server === undefined) throw new Error("No server runs.");
        // The library of workbooks is loaded with the first one.
        for (const path of Object.values(files)) await fileOf(path);
        for (const [name, path] of Object.entries(files)) {
          const runs: number[] = [];
          let bytes = 0;
          const read = await meanwhile(server, async () => {
            for (let n = 0; n < (isShort ? 2 : 20); n += 1) {
              const started = performance.now();
              bytes = await fileOf(path);
              runs.push(performance.now() - started);
            }
          });
          if (bytes === 0 || bytes > mostBytes) throw new Error(`${path} has ${bytes} bytes.`);
          if (name === "workbook") workbooks.push(median(runs));
          const what = `evidence, ${name}, ${people} people`;
          note(`${what}: ${median(runs).toFixed(1)} ms, ${bytes} bytes, event loop delay p99 ${read.loop.p99.toFixed(0)} ms`);
          figures.push(
            figure(what, "ms", runs),
            figure(`${what}: length`, "kB", [bytes / 1_024]),
            figure(`${what}: memory at most`, "MB", [read.peakMemory], { atMost: 250 }),
          );
        }
      });
    }
    const [first, last] = [workbooks.at(0), workbooks.at(-1)];
    if (first !== undefined && last !== undefined && workbooks.length > 1) {
      figures.push(figure(`evidence, workbook: growth from ${sizes.at(0) ?? 0} to ${sizes.at(-1) ?? 0} people`, "×", [last / first], { atMost: 1.5 }));
    }
    return figures;
  },
};
