import type { Actor } from "../../kernel/actor.ts";
import type { Instant } from "../../kernel/time.ts";
import type { DeliveryCounts } from "../deliveries/model.ts";
import type { WaveResource } from "./contract.ts";
import { readSettings } from "./deps.ts";
import { stateOf, type Wave } from "./model.ts";
import type { PulseDeps, PulseStores } from "./ports.ts";
import { responseRate, round5 } from "./rounding.ts";

/** How many of those asked have sent, rounded: all that is known to anybody of a wave that isn't closed. */
export async function rateSoFar({ pulse }: Pick<PulseStores, "pulse">, wave: Wave): Promise<number | null> {
  return responseRate(await pulse.sentCount(wave.id), wave.asked.managers + wave.asked.members);
}

/** A moment with its offset in a zone, as the API gives it. */
export function momentIn(zone: string, at: Instant): string {
  return at.toZonedDateTimeISO(zone).toString({ timeZoneName: "never" });
}

/** Waves as leads and admins see them. Nothing in them is about one person. */
export async function waveResources(deps: PulseDeps, actor: Actor, waves: readonly Wave[]): Promise<WaveResource[]> {
  const read = deps.store.read(actor.network);
  const { zone } = await readSettings(read.settings);
  const now = deps.clock.now();
  const ids = waves.map(({ id }) => id);
  const counts = await read.deliveries.counts(ids, "pulse");
  const results = await read.pulse.resultsOf(ids);
  const time = (at: Instant | null) => (at === null ? null : momentIn(zone, at));
  const resources: WaveResource[] = [];
  for (const wave of waves) {
    const published = results.get(wave.id);
    resources.push({
      id: wave.id,
      state: stateOf(wave, now),
      openedAt: momentIn(zone, wave.openedAt),
      closesAt: momentIn(zone, wave.closesAt),
      closedAt: time(wave.closedAt),
      sharedAt: time(wave.sharedAt),
      instrument: { id: wave.instrument.id, title: wave.instrument.title },
      threshold: wave.threshold,
      groupBy: wave.groups.by,
      groups: wave.groups.groups.map(({ name, members }) => ({ name, members: [...members] })),
      asked: round5(wave.asked.managers + wave.asked.members),
      responseRate: published === undefined ? await rateSoFar(read, wave) : published.responseRate,
      deliveries: roundedCounts(counts.get(wave.id)),
    });
  }
  return resources;
}

const noCards: Omit<DeliveryCounts, "intended"> = { delivered: 0, failed: 0, skipped: 0, pending: 0 };

function roundedCounts(counts: Omit<DeliveryCounts, "intended"> = noCards): WaveResource["deliveries"] {
  const [delivered, failed, skipped, pending] = [round5(counts.delivered), round5(counts.failed), round5(counts.skipped), round5(counts.pending)];
  return { intended: delivered + failed + skipped + pending, delivered, failed, skipped, pending };
}
