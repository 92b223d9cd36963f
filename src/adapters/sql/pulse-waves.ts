import { type Kysely, sql } from "kysely";
import type { PulseStore } from "../../features/pulse/ports.ts";
import { chunksOf } from "../../kernel/chunks.ts";
import type { NetworkId, WaveId } from "../../kernel/ids.ts";
import { waveColumns, waveOf } from "./pulse-rows.ts";
import type { Database } from "./tables.ts";
import { dateOf } from "./values.ts";

type Waves = Pick<
  PulseStore,
  "add" | "save" | "byId" | "lock" | "hold" | "current" | "page" | "uncleared" | "withRawBefore"
>;

/** The waves of one network. */
export function pulseWaves(db: Kysely<Database>, network: NetworkId): Waves {
  const waves = () => db.selectFrom("pulse_waves").selectAll().where("network", "=", network);
  const newestFirst = () => waves().orderBy("id", "desc");
  const one = (id: WaveId) => waves().where("id", "=", id);
  // Not a lock on the wave's row: that would leave there the number of each transaction that answers, and where two do
  // so at once a record of both. This one is in the server's memory alone. It is taken in a statement of its own, so
  // that the next one sees what those wrote for whom it waited.
  const key = (id: WaveId) => sql`hashtextextended(${`pulse ${network} ${id}`}, 0)`;

  return {
    async add(wave, asked) {
      const added = await db
        .insertInto("pulse_waves")
        .values({ network, id: wave.id, ...waveColumns(wave) })
        .onConflict((conflict) => conflict.doNothing())
        .returning("id")
        .executeTakeFirst();
      if (added === undefined) return false;
      for (const chunk of chunksOf(asked, 1000)) {
        await db
          .insertInto("pulse_asked")
          .values(chunk.map(({ person, group }) => ({ network, wave: wave.id, person, group_name: group })))
          .execute();
      }
      return true;
    },

    async save(wave) {
      await db
        .updateTable("pulse_waves")
        .set(waveColumns(wave))
        .where("network", "=", network)
        .where("id", "=", wave.id)
        .execute();
    },

    async byId(id) {
      const row = await one(id).executeTakeFirst();
      return row === undefined ? null : waveOf(row);
    },

    async lock(id) {
      await sql`select pg_advisory_xact_lock(${key(id)})`.execute(db);
      const row = await one(id).forNoKeyUpdate().executeTakeFirst();
      return row === undefined ? null : waveOf(row);
    },

    async hold(id) {
      await sql`select pg_advisory_xact_lock_shared(${key(id)})`.execute(db);
      const row = await one(id).executeTakeFirst();
      return row === undefined ? null : waveOf(row);
    },

    async current() {
      const row = await waves().where("closed_at", "is", null).executeTakeFirst();
      return row === undefined ? null : waveOf(row);
    },

    async page({ limit, after }) {
      // Ids are time-ordered, so the cursor needs no second column.
      const query = newestFirst().$if(after !== null, (later) => later.where("id", "<", after ?? ""));
      return (await query.limit(limit).execute()).map(waveOf);
    },

    async uncleared() {
      const query = newestFirst().where("closed_at", "is not", null).where("cleared_at", "is", null);
      return (await query.execute()).map(waveOf);
    },

    async withRawBefore(moment) {
      const query = newestFirst().where("closed_at", "<=", dateOf(moment)).where("raw_deleted_at", "is", null);
      return (await query.execute()).map(waveOf);
    },
  };
}
