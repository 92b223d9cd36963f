import type { Actor } from "./actor.ts";
import type { NetworkId } from "./ids.ts";
import type { Instant } from "./time.ts";

/**
 * A store of one deployment, opened one network at a time. `S` lists the stores that a feature needs,
 * each bound to that network, so that no query can reach another one.
 */
export interface Store<S> {
  /** Runs `work` in one transaction: all of it is kept, or none when it throws. Only `tx` may be used inside. */
  transaction<T>(network: NetworkId, work: (tx: S) => Promise<T>): Promise<T>;
  /** Reads outside a transaction; each call sees what is committed at that moment. */
  read(network: NetworkId): S;
}

export interface AuditEntry {
  readonly at: Instant;
  /** Null for what the system did by itself, such as retention. */
  readonly actor: Actor | null;
  /** What was done, as "resource.verb": "roster.import", "round.open". */
  readonly action: string;
  /** The id of what it was done to, or null. */
  readonly subject: string | null;
  /** Counts and settings only; never answers, names or free text. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Append-only record of who did what. */
export interface AuditLog {
  record(entry: AuditEntry): Promise<void>;
}
