import type { Kysely } from "kysely";
import { z } from "zod";
import { Behind } from "../../features/check-ins/combined-details.ts";
import { CaseloadSummary } from "../../features/check-ins/contract.ts";
import type { CombinedStore } from "../../features/check-ins/ports.ts";
import type { NetworkId } from "../../kernel/ids.ts";
import type { Database } from "./tables.ts";
import { jsonOf } from "./values.ts";

/** What is stored with the figures and leaves the server with none of them. */
const WithBehind = z.object({ behind: Behind });

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
      .select("combined_summaries.value")
      .where("combined_summaries.network", "=", network);
  const latest = () => withRounds().orderBy("check_in_rounds.opened_at", "desc").limit(1);

  return {
    async save(round, summary, behind) {
      await db
        .insertInto("combined_summaries")
        .values({ network, round, grouped_by: summary.by, value: jsonOf({ ...summary, behind }) })
        .execute();
    },
    async latest(by) {
      const row = await latest().where("combined_summaries.grouped_by", "=", by).executeTakeFirst();
      return row === undefined ? null : CaseloadSummary.parse(row.value);
    },
    async of(round, by) {
      const row = await withRounds()
        .where("combined_summaries.round", "=", round)
        .where("combined_summaries.grouped_by", "=", by)
        .executeTakeFirst();
      return row === undefined ? null : CaseloadSummary.parse(row.value);
    },
    async between(from, to, by) {
      const rows = await withRounds()
        .where("combined_summaries.grouped_by", "=", by)
        .where("check_in_rounds.opens_on", ">=", from.toString())
        .where("check_in_rounds.opens_on", "<", to.toString())
        .orderBy("check_in_rounds.opens_on")
        .execute();
      return rows.map((row) => CaseloadSummary.parse(row.value));
    },
    async behind() {
      // Either grouping's: the second cards are shown for all teams together.
      const row = await latest().executeTakeFirst();
      return row === undefined ? {} : WithBehind.parse(row.value).behind;
    },
  };
}
