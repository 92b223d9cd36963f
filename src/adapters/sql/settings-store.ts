import { type Kysely, sql } from "kysely";
import { z } from "zod";
import type { AuditReader, SettingsStore } from "../../features/settings/ports.ts";
import { type NetworkId, newId } from "../../kernel/ids.ts";
import type { AuditLog } from "../../kernel/store.ts";
import type { Database } from "./tables.ts";
import { dateOf, instantOf, jsonOf } from "./values.ts";

const Section = z.record(z.string(), z.unknown());

/** The settings of one network. */
export function settingsStore(db: Kysely<Database>, network: NetworkId): SettingsStore {
  return {
    async get(section) {
      const row = await db
        .selectFrom("network_settings")
        .select("value")
        .where("network", "=", network)
        .where("section", "=", section)
        .executeTakeFirst();
      return row?.value ?? null;
    },
    async lock() {
      // A section that was never changed has no row to lock, so the network's own stands for all of them.
      await sql`select id from networks where id = ${network} for no key update`.execute(db);
    },
    async put(section, value, at) {
      const values = { value: jsonOf(Section.parse(value)), updated_at: dateOf(at) };
      await db
        .insertInto("network_settings")
        .values({ network, section, ...values })
        .onConflict((conflict) => conflict.columns(["network", "section"]).doUpdateSet(values))
        .execute();
    },
  };
}

/** The audit log of one network. The database itself refuses to change or delete a row. */
export function auditLog(db: Kysely<Database>, network: NetworkId): AuditLog & AuditReader {
  return {
    async record(entry) {
      await db
        .insertInto("audit_log")
        .values({
          network,
          id: newId(),
          at: dateOf(entry.at),
          actor: entry.actor?.person ?? null,
          action: entry.action,
          subject: entry.subject,
          detail: jsonOf(entry.actor?.via === undefined ? entry.detail : { ...entry.detail, via: entry.actor.via }),
        })
        .execute();
    },
    async page({ limit, after }) {
      const rows = await db
        .selectFrom("audit_log")
        .leftJoin("people", (join) =>
          join.onRef("people.network", "=", "audit_log.network").onRef("people.id", "=", "audit_log.actor"),
        )
        .selectAll("audit_log")
        .select("people.name")
        .where("audit_log.network", "=", network)
        .$if(after !== null, (query) => query.where("audit_log.id", "<", after ?? ""))
        .orderBy("audit_log.id", "desc")
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        id: row.id,
        at: instantOf(row.at),
        actor: row.actor === null ? null : { id: row.actor, name: row.name ?? "Somebody who was erased" },
        action: row.action,
        subject: row.subject,
        detail: row.detail,
      }));
    },
  };
}
