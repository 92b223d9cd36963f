import { jweSealing } from "../adapters/sealing/jwe.ts";
import { pulseClearing } from "../adapters/sql/pulse-clearing.ts";
import type { Stores } from "../adapters/sql/store.ts";
import type { Parts } from "./parts.ts";
import type { CardSource } from "../features/deliveries/ports.ts";
import { pulseCommands } from "../features/pulse/bot.ts";
import { pulseCardSources } from "../features/pulse/card-sources.ts";
import { withChanges } from "../features/pulse/changes.ts";
import { clearClosedWaves, closeDueWave, deleteOldAnswers } from "../features/pulse/closing.ts";
import { settingsSection } from "../features/pulse/deps.ts";
import { tendPulse } from "../features/pulse/due.ts";
import { pulseLeadCommands, pulseLeadVerbs, supportLinesCardSource } from "../features/pulse/lead-verbs.ts";
import { pulsePersonalData } from "../features/pulse/personal-data.ts";
import type { PulseDeps } from "../features/pulse/ports.ts";
import { pulseRoutes } from "../features/pulse/routes.ts";
import { PulseSettings } from "../features/pulse/settings.ts";
import { type PulseVerbDeps, pulseVerbs } from "../features/pulse/verbs.ts";
import type { CardTemplates } from "../kernel/cards.ts";
import { asId, type NetworkId, type WaveId } from "../kernel/ids.ts";
import type { Store } from "../kernel/store.ts";
import { Temporal } from "../kernel/time.ts";
import { shuffled } from "./secrets.ts";

/** The cards that people get anyway, and that say what changed after a survey. */
const tellingChanges: ReadonlySet<string> = new Set(["check-in", "rsvp", "pulse"]);

interface Around extends Pick<PulseVerbDeps, "goAway"> {
  readonly store: Store<Stores>;
  readonly templates: CardTemplates;
  /** The cards of the other features. */
  readonly sources: readonly CardSource[];
}

/** Puts the pulse together: what it offers to people, to leads and to the clock. */
export function composePulse({ database, clock, logger, pulseKeys }: Parts, { store, templates, sources, goAway }: Around) {
  const deps: PulseDeps = {
    store,
    clock,
    templates,
    keys: pulseKeys,
    sealing: jweSealing(),
    shuffled,
    clear: pulseClearing(database, logger),
    meetings: async (network, from, to) => {
      const events = await store.read(network).events.upcoming(from);
      return events.map(({ startsAt }) => startsAt).filter((at) => Temporal.Instant.compare(at, to) < 0);
    },
    logger,
  };
  return {
    deps,
    /** Every feature's cards. */
    sources: [...sources, ...pulseCardSources(deps), supportLinesCardSource(deps)].map((source) =>
      tellingChanges.has(source.purpose) ? withChanges(deps, source) : source,
    ),
    verbs: [...pulseVerbs({ ...deps, goAway }), ...pulseLeadVerbs(deps)],
    commands: pulseCommands(deps, pulseLeadCommands(deps)),
    personalData: pulsePersonalData(deps),
    routes: pulseRoutes(deps),
    section: { name: settingsSection, schema: PulseSettings },
    /** True for the id of a wave, whose single cards are nobody's business. */
    isWave: async (network: NetworkId, id: string) => (await store.read(network).pulse.byId(asId<WaveId>(id))) !== null,
    /** Sends what is due. */
    send: (network: NetworkId) => tendPulse(deps, network),
    /** What becomes of waves whose time is over. */
    closing: [closeDueWave, clearClosedWaves, deleteOldAnswers].map((work) => (network: NetworkId) => work(deps, network)),
  };
}
