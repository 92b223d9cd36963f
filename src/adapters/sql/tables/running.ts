import type { ColumnType, Generated } from "kysely";
import type { Fixed } from "./columns.ts";

interface SigningKeysTable {
  name: string;
  /** Base64url. */
  secret: string;
  created_at: Generated<Date>;
}

interface RateLimitsTable {
  key: string;
  hits: number[];
  /** Epoch milliseconds. */
  saved_at: Generated<number>;
}

interface AuditLogTable {
  network: Fixed<string>;
  id: Fixed<string>;
  at: Fixed<Date>;
  actor: Fixed<string | null>;
  action: Fixed<string>;
  subject: Fixed<string | null>;
  detail: ColumnType<unknown, string, never>;
}

/** What belongs to no feature: keys, rates and the audit log. */
export interface RunningTables {
  signing_keys: SigningKeysTable;
  rate_limits: RateLimitsTable;
  audit_log: AuditLogTable;
}
