import { type Kysely, sql } from "kysely";
import { mainPurposes, type Purpose } from "../../features/deliveries/model.ts";
import type { DeliveryStore } from "../../features/deliveries/ports.ts";
import { asId, type DeliveryId, type NetworkId, type PersonId } from "../../kernel/ids.ts";
import type { Instant } from "../../kernel/time.ts";
import type { Database } from "./tables.ts";
import { anyOf, dateOf, instantOf } from "./values.ts";

const carriers: readonly Purpose[] = [...mainPurposes, "pulse"];

/** What people got, or are about to get, without having asked for it. */
export function unaskedDeliveries(
  db: Kysely<Database>,
  network: NetworkId,
): Pick<DeliveryStore, "lastUnasked" | "firstUnaskedSince"> {
  const unasked = (people: readonly PersonId[]) =>
    db
      .selectFrom("deliveries")
      .where("network", "=", network)
      .where("recipient", "=", anyOf(people))
      .where("unasked", "=", true);
  /** When a wave last reminded: that counts for all who were asked, so that the week rule can't tell who took part. */
  const reminded = (people: readonly PersonId[]) =>
    db
      .selectFrom("pulse_waves")
      .innerJoin("pulse_asked", (join) =>
        join.onRef("pulse_asked.network", "=", "pulse_waves.network").onRef("pulse_asked.wave", "=", "pulse_waves.id"),
      )
      .select(["pulse_asked.person", (eb) => eb.fn.max("pulse_waves.reminded_at").as("at")])
      .where("pulse_waves.network", "=", network)
      .where("pulse_asked.person", "=", anyOf(people))
      .groupBy("pulse_asked.person");

  return {
    async lastUnasked(people, since, otherThan) {
      if (people.length === 0) return new Map();
      // What is on its way counts from when it is due: two features may have something to say in the same minute.
      const at = sql<Date>`case when state = 'pending' then due_at else delivered_at end`;
      const got = await unasked(people)
        .select(["recipient as person", sql<Date | null>`max(${at})`.as("at")])
        .$if(otherThan !== null, (query) => query.where("occasion", "!=", otherThan ?? ""))
        .where(at, ">", dateOf(since))
        .groupBy("recipient")
        .execute();
      const also = await reminded(people)
        .$if(otherThan !== null, (query) => query.where("pulse_waves.id", "!=", otherThan ?? ""))
        .where("pulse_waves.reminded_at", ">", dateOf(since))
        .execute();
      const last = new Map<PersonId, Instant>();
      for (const row of [...got, ...also]) {
        const person = asId<PersonId>(row.person);
        const before = last.get(person)?.epochMilliseconds ?? -Infinity;
        if (row.at !== null && row.at.getTime() > before) last.set(person, instantOf(row.at));
      }
      return last;
    },

    async firstUnaskedSince(people, moment) {
      if (people.length === 0) return new Map();
      const rows = await unasked(people)
        .select(["recipient", "id"])
        .distinctOn("recipient")
        .where("purpose", "in", carriers)
        .where("state", "in", ["pending", "delivered"])
        .where("created_at", ">", dateOf(moment))
        .orderBy("recipient")
        .orderBy("created_at")
        .orderBy("id")
        .execute();
      return new Map(rows.map((row) => [asId<PersonId>(row.recipient), asId<DeliveryId>(row.id)]));
    },
  };
}
