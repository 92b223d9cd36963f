import type { Kysely } from "kysely";
import type { TraceReader } from "../../features/account/ports.ts";
import type { RosterStores } from "../../features/roster/ports.ts";
import type { CheckInStores } from "../../features/check-ins/ports.ts";
import type { InstallStores } from "../../features/installs/ports.ts";
import type { LinkStores } from "../../features/links/ports.ts";
import type { MeetingStores } from "../../features/meetings/ports.ts";
import type { PulseStores } from "../../features/pulse/ports.ts";
import type { RetentionStores } from "../../features/retention/ports.ts";
import type { SettingsStores } from "../../features/settings/ports.ts";
import type { NetworkId } from "../../kernel/ids.ts";
import type { JobQueue } from "../../kernel/jobs.ts";
import type { Store } from "../../kernel/store.ts";
import { checkInStore } from "./check-in-store.ts";
import { closingStore } from "./closing-store.ts";
import { combinedStore } from "./combined-store.ts";
import { conversationStore } from "./conversation-store.ts";
import { deliveryStore } from "./delivery-store.ts";
import { eventStore } from "./event-store.ts";
import { installStore } from "./install-store.ts";
import { linkStore } from "./link-store.ts";
import { inPipeline } from "./pipelined.ts";
import { pollStore } from "./poll-store.ts";
import { isStalePlan } from "./prepared.ts";
import { pulseStore } from "./pulse-store.ts";
import { requestStore } from "./request-store.ts";
import { retentionStore } from "./retention-store.ts";
import { rosterStore } from "./roster-store.ts";
import { roundStore } from "./round-store.ts";
import { auditLog, settingsStore } from "./settings-store.ts";
import { standingStore } from "./standing-store.ts";
import { traceStore } from "./trace-store.ts";
import { watchStore } from "./watch-store.ts";
import type { Database } from "./tables.ts";

/** Every store of a network; each feature sees the part that it names in its ports. */
export type Stores = CheckInStores & InstallStores & LinkStores & MeetingStores & PulseStores & RetentionStores & SettingsStores & { readonly traces: TraceReader };

/**
 * The stores on SQL.
 * @param queueIn the job queue that adds its jobs through the given connection or transaction
 */
export function sqlStore(db: Kysely<Database>, queueIn: (db: Kysely<Database>) => JobQueue): Store<Stores> {
  const stores = (connection: Kysely<Database>, network: NetworkId): Stores => {
    const audit = auditLog(connection, network);
    return {
      roster: rosterStore(connection, network),
      deliveries: deliveryStore(connection, network),
      conversations: conversationStore(connection, network),
      installs: installStore(connection, network),
      links: linkStore(connection, network),
      events: eventStore(connection, network),
      polls: pollStore(connection, network),
      watches: watchStore(connection, network),
      rounds: roundStore(connection, network),
      checkIns: checkInStore(connection, network),
      requests: requestStore(connection, network),
      pulse: pulseStore(connection, network),
      closing: closingStore(connection, network),
      combined: combinedStore(connection, network),
      standings: standingStore(connection, network),
      traces: traceStore(connection, network),
      retention: retentionStore(connection, network),
      settings: settingsStore(connection, network),
      audit,
      auditReader: audit,
      jobs: queueIn(connection),
    };
  };
  return {
    transaction: (network, work) => withFreshPlans(() => inPipeline(db, (tx) => work(stores(tx, network)))),
    read: (network) => stores(db, network),
  };
}

/** One try for each connection of the pool, and one more. */
const tries = 11;

/** Runs a transaction again that met a statement of before a migration: nothing of it was kept. */
async function withFreshPlans<T>(transaction: () => Promise<T>): Promise<T> {
  for (let left = tries; ; left -= 1) {
    try {
      return await transaction();
    } catch (error) {
      if (left === 1 || !isStalePlan(error)) throw error;
    }
  }
}

/** The stores for commands that run no jobs, such as an import. */
export function rosterStoreOnly(db: Kysely<Database>): Store<RosterStores> {
  const stores = (connection: Kysely<Database>, network: NetworkId): RosterStores => ({
    roster: rosterStore(connection, network),
    audit: auditLog(connection, network),
  });
  return {
    transaction: (network, work) => inPipeline(db, (tx) => work(stores(tx, network))),
    read: (network) => stores(db, network),
  };
}
