import type { Kysely, Selectable } from "kysely";
import type { Watch, WatchDirectory, WatchStore } from "../../features/meetings/ports.ts";
import { asId, type NetworkId } from "../../kernel/ids.ts";
import type { Database } from "./tables.ts";
import { dateOf, instantOf } from "./values.ts";

function watchOf(row: Selectable<Database["calendar_watches"]>): Watch {
  const { organiser, subscription_id: id, subscription_ends_at: ends, client_state: clientState } = row;
  return {
    organiser,
    subscription: id === null || ends === null || clientState === null ? null : { id, expiresAt: instantOf(ends), clientState },
    mark: row.mark,
    checkedAt: row.checked_at === null ? null : instantOf(row.checked_at),
  };
}

/** Finds out which network a notification is for. */
export function watchDirectory(db: Kysely<Database>): WatchDirectory {
  return {
    async bySubscription(id) {
      const row = await db.selectFrom("calendar_watches").selectAll().where("subscription_id", "=", id).executeTakeFirst();
      return row === undefined ? null : { network: asId<NetworkId>(row.network), watch: watchOf(row) };
    },
  };
}

/** The calendars that one network listens to. */
export function watchStore(db: Kysely<Database>, network: NetworkId): WatchStore {
  return {
    async of(organiser) {
      const row = await db
        .selectFrom("calendar_watches")
        .selectAll()
        .where("network", "=", network)
        .where("organiser", "=", organiser)
        .executeTakeFirst();
      return row === undefined ? null : watchOf(row);
    },

    async save({ organiser, subscription, mark, checkedAt }) {
      const values = {
        subscription_id: subscription?.id ?? null,
        subscription_ends_at: subscription === null ? null : dateOf(subscription.expiresAt),
        client_state: subscription?.clientState ?? null,
        mark,
        checked_at: checkedAt === null ? null : dateOf(checkedAt),
      };
      await db
        .insertInto("calendar_watches")
        .values({ network, organiser, ...values })
        .onConflict((conflict) => conflict.columns(["network", "organiser"]).doUpdateSet(values))
        .execute();
    },
  };
}
