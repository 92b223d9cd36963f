import { loadCardTemplates } from "../../src/adapters/cards/templates.ts";
import type { Delivery, NewDelivery } from "../../src/features/deliveries/model.ts";
import type { Response } from "../../src/features/pulse/model.ts";
import type { PulseStores } from "../../src/features/pulse/ports.ts";
import type { PulseVerbDeps } from "../../src/features/pulse/verbs.ts";
import { actorOf, type Person } from "../../src/features/roster/model.ts";
import { type DeliveryId, newId } from "../../src/kernel/ids.ts";
import type { AuditEntry } from "../../src/kernel/store.ts";
import type { Instant } from "../../src/kernel/time.ts";
import { aPerson, someNetwork } from "../builders/roster.ts";
import { at, aWave } from "../builders/pulse.ts";
import { memoryRoster } from "../features/roster/memory-roster.ts";
import { silent } from "../support/logger.ts";
import { ManualClock } from "./manual-clock.ts";
import { memoryPulse } from "./pulse-store.ts";

/** A network with an open wave, in memory, and all that is written while a test runs. */
export async function pulseWorld() {
  const clock = new ManualClock(at("2026-11-25T10:00"));
  const pulse = memoryPulse();
  const roster = memoryRoster();
  const written: { deliveries: Delivery[]; jobs: object[]; audit: AuditEntry[] } = { deliveries: [], jobs: [], audit: [] };
  const settings = new Map<string, unknown>();
  const away: string[] = [];
  const add = (wanted: NewDelivery, now: Instant): Delivery => {
    const { occasion, subject, purpose, recipient, reason } = wanted;
    const key = { occasion, subject, purpose, recipient, reason };
    const delivery: Delivery = { ...key, id: newId<DeliveryId>(), channel: "teams", state: "pending", attempts: 0, deliveredAt: null, updatedAt: now };
    written.deliveries.push(delivery);
    return delivery;
  };
  // Only what answering touches; anything else would be a mistake, and fails.
  const deliveries = {
    byId: async (id: DeliveryId) => written.deliveries.find((one) => one.id === id) ?? null,
    toPerson: async (occasion: string, purpose: string, recipient: string) =>
      written.deliveries.filter((one) => one.occasion === occasion && one.purpose === purpose && one.recipient === recipient),
    add: async (wanted: readonly NewDelivery[], now: Instant) => wanted.map((one) => ({ ...add(one, now), turn: 0 })),
  };
  const open = () =>
    ({
      pulse: pulse.store,
      roster: roster.store.read(someNetwork).roster,
      settings: { get: async (section: string) => settings.get(section) ?? null },
      audit: { record: async (entry: AuditEntry) => void written.audit.push(entry) },
      jobs: { add: async (_kind: unknown, payloads: readonly object[]) => void written.jobs.push(...payloads) },
      deliveries,
    }) as unknown as PulseStores;
  const deps: PulseVerbDeps = {
    store: { read: open, transaction: (_network, work) => work(open()) },
    clock,
    templates: loadCardTemplates(),
    keys: { keep: async () => undefined, read: async () => null, purge: async () => undefined },
    sealing: {
      newKeys: async () => ({ publicKey: "public", privateKey: "private" }),
      seal: async (key, response) => JSON.stringify({ key, response }),
      open: async (_key, sealed) => (JSON.parse(sealed) as { response: Response }).response,
    },
    shuffled: (items) => [...items],
    clear: async () => undefined,
    meetings: async () => [],
    logger: silent,
    goAway: async (_actor, until) => ({ kind: "text", text: `You get no cards until ${away[away.push(until.toString()) - 1] ?? ""}.` }),
  };
  await roster.directory.createNetwork("Test network");
  const save = (person: Person) => roster.store.read(someNetwork).roster.savePeople([person]);
  const wave = aWave();
  await pulse.store.add(wave, []);
  return {
    deps,
    clock,
    pulse,
    wave,
    written,
    settings,
    away,
    save,
    /** Somebody who is asked, as the one who acts, with their card. */
    async asked(changes: Partial<Person> = {}, group: string | null = "North areas") {
      const person = aPerson(changes);
      await save(person);
      pulse.tables.asked.set(wave.id, [...(pulse.tables.asked.get(wave.id) ?? []), { person: person.id, group }]);
      const key = { occasion: wave.id, subject: wave.id, recipient: person.id, unasked: true, skip: false, reason: null, notBefore: null };
      return { person, actor: actorOf(person, true), card: add({ ...key, purpose: "pulse" }, clock.now()) };
    },
  };
}
