import { type Kysely, sql } from "kysely";
import { confidentialPurposes, type DeliveryState, deliveryStates } from "../../features/deliveries/model.ts";
import { type Instant, Temporal } from "../../kernel/time.ts";
import type { Database } from "./tables.ts";
import { dateOf } from "./values.ts";

/** Figures about the whole deployment, of all networks together, for whoever keeps it running. */
export interface Figures {
  /**
   * Cards made since then, by state; a state that none is in has 0. Those of surveys aren't counted: what becomes of
   * them while a survey is open tells how many have answered.
   */
  deliveriesSince(since: Instant): Promise<readonly { readonly state: DeliveryState; readonly count: number }[]>;
  /** When the first subscription to a calendar ends; null when there is none. */
  firstSubscriptionEnd(): Promise<Instant | null>;
}

export function figures(db: Kysely<Database>): Figures {
  return {
    async deliveriesSince(since) {
      const rows = await db
        .selectFrom("deliveries")
        .select(["state", sql<number>`count(*)::int`.as("count")])
        .where("created_at", ">=", dateOf(since))
        .where("purpose", "not in", confidentialPurposes)
        .groupBy("state")
        .execute();
      const counts = new Map(rows.map(({ state, count }) => [state, count]));
      return deliveryStates.map((state) => ({ state, count: counts.get(state) ?? 0 }));
    },

    async firstSubscriptionEnd() {
      const { ends } = await db
        .selectFrom("calendar_watches")
        .select(({ fn }) => fn.min("subscription_ends_at").as("ends"))
        .where("subscription_id", "is not", null)
        .executeTakeFirstOrThrow();
      return ends === null ? null : Temporal.Instant.fromEpochMilliseconds(ends.getTime());
    },
  };
}
