import { spreadsheets } from "../adapters/spreadsheets/index.ts";
import type { Stores } from "../adapters/sql/store.ts";
import { combinedFor } from "../features/check-ins/combined.ts";
import { type CheckInDeps, readSettings } from "../features/check-ins/deps.ts";
import type { EvidenceDeps, SharedSurvey } from "../features/evidence/ports.ts";
import { evidenceRoutes } from "../features/evidence/routes.ts";
import type { PulseDeps } from "../features/pulse/ports.ts";
import { resultsFor, summaryFor } from "../features/pulse/summary.ts";
import type { Actor } from "../kernel/actor.ts";
import { asId, type WaveId } from "../kernel/ids.ts";
import type { Store } from "../kernel/store.ts";

export interface EvidenceParts {
  readonly checkIns: Pick<CheckInDeps, "store" | "clock">;
  readonly pulse: Pick<PulseDeps, "store" | "clock">;
  readonly store: Store<Stores>;
}

/** Puts the evidence pack together: other features' published figures, and the files that they go into. */
export function composeEvidence({ checkIns, pulse, store }: EvidenceParts) {
  const deps: EvidenceDeps = {
    combined: (actor, by) => combinedFor(checkIns, actor, by),
    guides: async (network, asOf) => (await store.read(network).rounds.latestBy(asOf))?.guides ?? {},
    async survey(actor): Promise<SharedSurvey | null> {
      // A lead sees waves that aren't shared; a pack that is handed on holds what any viewer sees.
      const viewer: Actor = { ...actor, role: "viewer", scope: null };
      const { items } = await resultsFor(pulse, viewer);
      // Nothing can be said of a wave whose key was lost, as long as there is another one.
      const latest = items.find(({ state }) => state === "closed") ?? items[0];
      if (latest === undefined) return null;
      const id = asId<WaveId>(latest.id);
      const seen = await summaryFor(pulse, viewer, id);
      const wave = await store.read(actor.network).pulse.byId(id);
      if (seen.kind !== "summary" || !("score" in seen.summary) || wave === null) return null;
      return { results: seen.summary, threshold: wave.threshold };
    },
    networkName: (network) => store.read(network).roster.networkName(),
    zone: async (network) => (await readSettings(store.read(network).settings)).zone,
    spreadsheets: spreadsheets(),
    clock: checkIns.clock,
  };
  return { deps, routes: evidenceRoutes(deps) };
}
