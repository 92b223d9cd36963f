import { type Kysely, sql } from "kysely";
import type { Trace, TraceReader } from "../../features/account/ports.ts";
import type { NetworkId } from "../../kernel/ids.ts";
import type { Database } from "./tables.ts";
import { instantOf } from "./values.ts";

/** What the store of one network has of a person beside what they gave. Cards of surveys say that somebody was asked. */
export function traceStore(db: Kysely<Database>, network: NetworkId): TraceReader {
  return {
    async of(person) {
      const { rows } = await sql<{ kind: Trace["kind"]; what: string; count: number; first: Date; last: Date }>`
        select 'cards sent to you' as kind, purpose as what, count(*)::int as count, min(created_at) as first, max(created_at) as last
        from deliveries where network = ${network} and recipient = ${person} group by purpose
        union all
        select 'entries of the audit log by you', action, count(*)::int, min(at), max(at)
        from audit_log where network = ${network} and actor = ${person} group by action
        union all
        select 'entries of the audit log about you', action, count(*)::int, min(at), max(at)
        from audit_log where network = ${network} and subject = ${person}::text and actor is distinct from ${person} group by action
        order by 1, 2`.execute(db);
      return rows.map((row) => ({ ...row, first: instantOf(row.first), last: instantOf(row.last) }));
    },
  };
}
