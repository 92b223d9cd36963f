import type { AuditLog } from "../../kernel/store.ts";
import type { Instant } from "../../kernel/time.ts";

/** A network's settings, one JSON value per feature; the feature's own schema gives the defaults. */
export interface SettingsStore {
  /** Null when nothing was ever changed. */
  get(section: string): Promise<unknown>;
  /** Inside a transaction: makes another change of this network's settings wait until this one is done. */
  lock(): Promise<void>;
  put(section: string, value: unknown, at: Instant): Promise<void>;
}

export interface AuditRow {
  readonly id: string;
  readonly at: Instant;
  readonly actor: { readonly id: string; readonly name: string } | null;
  readonly action: string;
  readonly subject: string | null;
  /** What the subject is called now; null unless it is a person, a team or a meeting that is still there. */
  readonly subjectName: string | null;
  readonly detail: unknown;
}

/** The audit log as it can be read. */
export interface AuditReader {
  /** Newest first; with `changesOnly` what was changed, once each, and what was tried in vain. */
  page(query: { limit: number; after: string | null; changesOnly?: boolean }): Promise<AuditRow[]>;
}

/** Writes CSV files record by record. */
export interface CsvFormat {
  /** What a file begins with. */
  readonly start: Uint8Array;
  /** No field becomes a formula, in whichever program it is opened. */
  record(fields: readonly string[]): Uint8Array;
}

export interface SettingsStores {
  readonly settings: SettingsStore;
  readonly audit: AuditLog;
  readonly auditReader: AuditReader;
}
