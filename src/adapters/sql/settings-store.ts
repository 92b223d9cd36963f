import { type Kysely, type SqlBool, sql } from "kysely";
import { z } from "zod";
import type { AuditReader, SettingsStore } from "../../features/settings/ports.ts";
import { type NetworkId, newId } from "../../kernel/ids.ts";
import type { AuditLog } from "../../kernel/store.ts";
import { dateIn, dayInWords } from "../../kernel/time.ts";
import type { Database } from "./tables.ts";
import { anyOf, dateOf, instantOf, jsonOf } from "./values.ts";

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
    async page({ limit, after, changesOnly }) {
      const rows = await db
        .selectFrom("audit_log")
        .leftJoin("people", (join) =>
          join.onRef("people.network", "=", "audit_log.network").onRef("people.id", "=", "audit_log.actor"),
        )
        .selectAll("audit_log")
        .select("people.name")
        .where("audit_log.network", "=", network)
        .$if(after !== null, (query) => query.where("audit_log.id", "<", after ?? ""))
        .$if(changesOnly === true, (query) => query.where(isChange))
        .orderBy("audit_log.id", "desc")
        .limit(limit)
        .execute();
      const names = await namesOf(db, network, rows.flatMap(({ subject }) => subject ?? []));
      return rows.map((row) => ({
        id: row.id,
        at: instantOf(row.at),
        actor: row.actor === null ? null : { id: row.actor, name: row.name ?? "Somebody who was erased" },
        action: row.action,
        subject: row.subject,
        subjectName: names.get(row.subject ?? "") ?? null,
        detail: row.detail,
      }));
    },
  };
}

/**
 * Requests to the API and presses in a chat are recorded too ("PATCH settings", "bot meeting.book"). What they changed has
 * a record of its feature's own beside it; those that came to nothing have none, and stay.
 */
const isChange = sql<SqlBool>`(strpos(action, ' ') = 0
  or (detail ->> 'status')::int >= 400
  or coalesce(detail ->> 'outcome', 'done') <> 'done')`;

const Uuid = z.guid();

/** What those of these subjects are called that are people, teams or meetings; of a meeting also its day. */
async function namesOf(db: Kysely<Database>, network: NetworkId, subjects: readonly string[]): Promise<Map<string, string>> {
  const ids = [...new Set(subjects)].filter((subject) => Uuid.safeParse(subject).success);
  if (ids.length === 0) return new Map();
  const found = await db
    .selectFrom("people")
    .select(["id", "name"])
    .where("network", "=", network)
    .where("id", "=", anyOf(ids))
    .unionAll(db.selectFrom("teams").select(["id", "name"]).where("network", "=", network).where("id", "=", anyOf(ids)))
    .execute();
  const meetings = await db
    .selectFrom("events")
    .select(["id", "title", "starts_at", "zone"])
    .where("network", "=", network)
    .where("id", "=", anyOf(ids))
    .execute();
  const dated = meetings.map(({ id, title, starts_at: startsAt, zone }) => {
    const day = dateIn(zone, instantOf(startsAt));
    return { id, name: `${title} on ${dayInWords(day)} ${day.year}` };
  });
  return new Map([...found, ...dated].map(({ id, name }) => [id, name]));
}
