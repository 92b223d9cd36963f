import { type Kysely, sql } from "kysely";
import { Behind } from "../../features/check-ins/combined-details.ts";
import { CaseloadSummary } from "../../features/check-ins/contract.ts";
import type { CombinedStore } from "../../features/check-ins/ports.ts";
import type { NetworkId } from "../../kernel/ids.ts";
import type { Database } from "./tables.ts";
import { jsonOf } from "./values.ts";

/** The combined figures of one network's closed rounds. */
export function combinedStore(db: Kysely<Database>, network: NetworkId): CombinedStore {
  const withRounds = () =>
    db
      .selectFrom("combined_summaries")
      .innerJoin("check_in_rounds", (join) =>
        join
          .onRef("check_in_rounds.network", "=", "combined_summaries.network")
          .onRef("check_in_rounds.id", "=", "combined_summaries.round"),
      )
      .where("combined_summaries.network", "=", network);
  const latest = () => withRounds().orderBy("check_in_rounds.opened_at", "desc").limit(1);
  // Who stands behind the figures leaves the server with none of them, and in a large network is most of what is stored.
  const figures = sql`combined_summaries.value - 'behind'`.as("value");

  return {
    async save(round, summary, behind) {
      await db
        .insertInto("combined_summaries")
        .values({ network, round, grouped_by: summary.by, value: jsonOf({ ...summary, behind }) })
        .execute();
    },
    async latest(by) {
      const row = await latest().select(figures).where("combined_summaries.grouped_by", "=", by).executeTakeFirst();
      return row === undefined ? null : CaseloadSummary.parse(row.value);
    },
    async of(round, by) {
      const row = await withRounds()
        .select(figures)
        .where("combined_summaries.round", "=", round)
        .where("combined_summaries.grouped_by", "=", by)
        .executeTakeFirst();
      return row === undefined ? null : CaseloadSummary.parse(row.value);
    },
    async between(from, to, by) {
      const rows = await withRounds()
        .select(figures)
        .where("combined_summaries.grouped_by", "=", by)
        .where("check_in_rounds.opens_on", ">=", from.toString())
        .where("check_in_rounds.opens_on", "<", to.toString())
        .orderBy("check_in_rounds.opens_on")
        .execute();
      return rows.map((row) => CaseloadSummary.parse(row.value));
    },
    async behind() {
      // Either grouping's: the second cards are shown for all teams together.
      const row = await latest().select(sql`combined_summaries.value -> 'behind'`.as("behind")).executeTakeFirst();
      return row === undefined ? {} : Behind.parse(row.behind);
    },
  };
}
