import { asId, type DeliveryId, type NetworkId, type WaveId } from "../../kernel/ids.ts";
import { dateIn, type Instant, type LocalDate } from "../../kernel/time.ts";
import type { Delivery } from "../deliveries/model.ts";
import { firstLead, isAway, type Person, rosterZone } from "../roster/model.ts";
import { readSettings } from "./deps.ts";
import { type Participation, takesAnswers, type Wave, type WaveResults } from "./model.ts";
import type { PulseDeps } from "./ports.ts";
import { supportLines } from "./support.ts";

/** All that a card about a wave can say to one person. */
export interface PulseView {
  readonly delivery: Delivery;
  readonly network: string;
  readonly wave: Wave;
  readonly now: Instant;
  readonly zone: string;
  /** In that zone. */
  readonly today: LocalDate;
  /** False once the recipient has left, or for somebody who isn't asked: they see nothing of it. */
  readonly isTheirs: boolean;
  readonly isAway: boolean;
  /** In whose name the network writes: the first lead of all of it. */
  readonly lead: Person | null;
  /** The reporting group that they were told; null for none. */
  readonly group: string | null;
  /** What they did, while the wave is open; null for nothing, and for all who were asked once it is over. */
  readonly participation: Participation | null;
  /** What was published; null before the close. */
  readonly results: WaveResults | null;
  readonly supportLines: readonly string[];
}

/** Loads the views of several deliveries of cards about waves; one whose wave or recipient is gone is left out. */
export async function loadViews(
  deps: Pick<PulseDeps, "store" | "clock">,
  network: NetworkId,
  deliveries: readonly Delivery[],
): Promise<Map<DeliveryId, PulseView>> {
  const read = deps.store.read(network);
  const now = deps.clock.now();
  const settings = await readSettings(read.settings);
  const { zone } = settings;
  const shared = {
    network: await read.roster.networkName(),
    now,
    zone,
    today: dateIn(zone, now),
    lead: firstLead(await read.roster.leads()),
    supportLines: supportLines(settings),
  };
  const people = await read.roster.peopleByIds([...new Set(deliveries.map(({ recipient }) => recipient))]);
  const views = new Map<DeliveryId, PulseView>();
  for (const [id, group] of Map.groupBy(deliveries, ({ occasion }) => asId<WaveId>(occasion))) {
    const wave = await read.pulse.byId(id);
    if (wave === null) continue;
    const isOpen = takesAnswers(wave, now);
    const results = wave.closedAt === null ? null : await read.pulse.results(id);
    for (const delivery of group) {
      const person = people.get(delivery.recipient);
      if (person === undefined) continue;
      const asked = await read.pulse.askedOne(id, person.id);
      views.set(delivery.id, {
        ...shared,
        delivery,
        wave,
        // Who was asked in a wave that is over may have had that forgotten.
        isTheirs: person.leftOn === null && (asked !== null || !isOpen),
        isAway: isAway(person, dateIn(rosterZone, now)),
        group: asked?.group ?? null,
        participation: isOpen ? await read.pulse.participation(id, person.id) : null,
        results,
      });
    }
  }
  return views;
}
