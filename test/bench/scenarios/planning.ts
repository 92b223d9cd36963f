import { meanwhile, watched } from "../meanwhile.ts";
import { figure, type Figure, median, type Scenario } from "../scenario.ts";
import { type World, withWorld } from "../world.ts";

interface Plan {
  readonly freeBusy: string;
  readonly items: readonly { readonly slots: readonly { readonly counts: Readonly<Record<string, number>> }[] }[];
}

const most = 500;

/** The next dates of a series, with the calendars of everybody looked at. */
async function plan({ api }: World, people: number): Promise<void> {
  const { freeBusy, items } = (await api("POST", "meetings/plan", {})) as Plan;
  const slots = items.flatMap((item) => item.slots);
  // The lead comes as well.
  const isWhole = slots.every(({ counts }) => Object.values(counts).reduce((sum, n) => sum + n, 0) === people + 1);
  if (freeBusy !== "asked" || slots.length === 0 || !isWhole) {
    throw new Error(`The plan isn't of all ${people}: ${JSON.stringify({ freeBusy, dates: items.length, first: slots[0] })}`);
  }
}

/** A Tuesday some weeks ahead. */
function firstOn(): string {
  const day = new Date(Date.now() + 21 * 86_400_000);
  day.setUTCDate(day.getUTCDate() + ((2 - day.getUTCDay() + 7) % 7));
  return day.toISOString().slice(0, 10);
}

export const planning: Scenario = {
  name: "planning",
  about: "planning the next meetings of 70 and of 500 people, with their calendars looked at",
  async run({ isShort, note }) {
    const sizes = isShort ? [70] : [70, most];
    const figures: Figure[] = [];
    const medians: number[] = [];
    for (const people of sizes) {
      await withWorld({ people, engine: "server", environment: { ...watched, GRAPH_FREE_BUSY: "true" } }, async (world) => {
        const [server] = world.servers;
        if (server === undefined) throw new Error("No server runs.");
        await world.api("PATCH", "settings", { meetings: { firstOn: firstOn() }, "check-ins": { opensByItself: false } });
        await plan(world, people);
        const runs: number[] = [];
        const planned = await meanwhile(server, async () => {
          for (let n = 0; n < (isShort ? 2 : 10); n += 1) {
            const started = performance.now();
            await plan(world, people);
            runs.push(performance.now() - started);
          }
        });
        medians.push(median(runs));
        note(`${people}: planned in ${median(runs).toFixed(0)} ms, event loop delay p99 ${planned.loop.p99.toFixed(0)} ms`);
        const what = `planning, ${people} people`;
        figures.push(
          figure(what, "ms", runs),
          figure(`${what}: event loop delay, p99`, "ms", [planned.loop.p99], { atMost: 50 }),
          figure(`${what}: an answer meanwhile takes longer by, p99`, "ms", [planned.answersP99]),
          figure(`${what}: memory on top`, "MB", [planned.peakMemory - planned.memoryBefore]),
        );
      });
    }
    const [few, many] = medians;
    if (few !== undefined && many !== undefined) {
      figures.push(figure(`planning: growth from 70 to ${most} people, by that of people`, "×", [many / few / (most / 70)], { atMost: 1 }));
    }
    return figures;
  },
};
