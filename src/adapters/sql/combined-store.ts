import type { Kysely } from "kysely";
import { CaseloadSummary } from "../../features/check-ins/contract.ts";
import type { CombinedStore } from "../../features/check-ins/ports.ts";
import type { NetworkId } from "../../kernel/ids.ts";
import type { Database } from "./tables.ts";
import { jsonOf } from "./values.ts";

/** The combined figures of one network's closed rounds. */
export function combinedStore(db: Kysely<Database>, network: NetworkId): CombinedStore {
  return {
    async save(round, summary) {
      await db
        .insertInto("combined_summaries")
        .values({ network, round, grouped_by: summary.by, value: jsonOf(summary) })
        .execute();
    },
    async latest(by) {
      const row = await db
        .selectFrom("combined_summaries")
        .innerJoin("check_in_rounds", (join) =>
          join
            .onRef("check_in_rounds.network", "=", "combined_summaries.network")
            .onRef("check_in_rounds.id", "=", "combined_summaries.round"),
        )
        .select("combined_summaries.value")
        .where("combined_summaries.network", "=", network)
        .where("combined_summaries.grouped_by", "=", by)
        .orderBy("check_in_rounds.opened_at", "desc")
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? null : CaseloadSummary.parse(row.value);
    },
  };
}
