import type { Kysely, Selectable } from "kysely";
import type { Change } from "../../features/pulse/model.ts";
import type { PulseStore } from "../../features/pulse/ports.ts";
import { asId, type NetworkId, newId, type WaveId } from "../../kernel/ids.ts";
import { pulseLedgers } from "./pulse-ledgers.ts";
import { groupsColumn, groupsOf, resultsOf } from "./pulse-rows.ts";
import { pulseWaves } from "./pulse-waves.ts";
import type { Database } from "./tables.ts";
import { anyOf, dateOf, instantOf } from "./values.ts";

function changeOf(row: Selectable<Database["pulse_changes"]>): Change {
  return { wave: asId(row.wave), text: row.text, publishedAt: instantOf(row.published_at) };
}

/** The pulse of one network. */
export function pulseStore(db: Kysely<Database>, network: NetworkId): PulseStore {
  const oldestFirst = () =>
    db.selectFrom("pulse_changes").selectAll().where("network", "=", network).orderBy("published_at").orderBy("id");
  const results = () => db.selectFrom("pulse_results").select(["wave", "value"]).where("network", "=", network);
  return {
    ...pulseWaves(db, network),
    ...pulseLedgers(db, network),

    async results(wave) {
      const row = await results().where("wave", "=", wave).executeTakeFirst();
      return row === undefined ? null : resultsOf(row.value);
    },

    async resultsOf(waves) {
      if (waves.length === 0) return new Map();
      const rows = await results().where("wave", "=", anyOf(waves)).execute();
      return new Map(rows.map((row) => [asId<WaveId>(row.wave), resultsOf(row.value)]));
    },

    async groups() {
      const query = db.selectFrom("pulse_groups").select("value").where("network", "=", network);
      const row = await query.executeTakeFirst();
      return row === undefined ? null : groupsOf(row.value);
    },

    async saveGroups(groups) {
      const values = { value: groupsColumn(groups) };
      await db
        .insertInto("pulse_groups")
        .values({ network, ...values })
        .onConflict((conflict) => conflict.column("network").doUpdateSet(values))
        .execute();
    },

    async saveChange({ wave, text, publishedAt }) {
      const values = { network, id: newId(), wave, text, published_at: dateOf(publishedAt) };
      await db.insertInto("pulse_changes").values(values).execute();
    },

    async changesSince(moment) {
      return (await oldestFirst().where("published_at", ">=", dateOf(moment)).execute()).map(changeOf);
    },

    async changesOf(wave) {
      return (await oldestFirst().where("wave", "=", wave).execute()).map(changeOf);
    },
  };
}
