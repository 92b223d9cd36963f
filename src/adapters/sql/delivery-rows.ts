import type { Kysely, Selectable } from "kysely";
import { z } from "zod";
import {
  channels,
  type Delivery,
  type DeliveryCounts,
  deliveryStates,
  purposes,
  type QueuedDelivery,
} from "../../features/deliveries/model.ts";
import { asId, type NetworkId } from "../../kernel/ids.ts";
import type { Database } from "./tables.ts";
import { instantOf } from "./values.ts";

const purpose = z.enum(purposes);
const channel = z.enum(channels);
const state = z.enum(deliveryStates);

const columns = [
  "deliveries.id",
  "deliveries.occasion",
  "deliveries.purpose",
  "deliveries.subject",
  "deliveries.recipient",
  "deliveries.channel",
  "deliveries.state",
  "deliveries.reason",
  "deliveries.attempts",
  "deliveries.delivered_at",
  "deliveries.updated_at",
] as const;
/** The columns of a delivery that is to be enqueued. */
export const queuedColumns = [...columns, "deliveries.turn"] as const;

type Row = Pick<
  Selectable<Database["deliveries"]>,
  "id" | "occasion" | "purpose" | "subject" | "recipient" | "channel" | "state" | "reason" | "attempts" | "delivered_at" | "updated_at"
>;

/** A delivery from its row. */
export function deliveryOf(row: Row): Delivery {
  return {
    id: asId(row.id),
    occasion: row.occasion,
    purpose: purpose.parse(row.purpose),
    subject: row.subject,
    recipient: asId(row.recipient),
    channel: channel.parse(row.channel),
    state: state.parse(row.state),
    reason: row.reason,
    attempts: row.attempts,
    deliveredAt: row.delivered_at === null ? null : instantOf(row.delivered_at),
    updatedAt: instantOf(row.updated_at),
  };
}

/** A delivery that is to be enqueued from its row. */
export function queuedOf(row: Row & { readonly turn: number }): QueuedDelivery {
  return { ...deliveryOf(row), turn: row.turn };
}

/** Selects deliveries of one network, to be read by `deliveryOf`. */
export function deliveriesOf(db: Kysely<Database>, network: NetworkId) {
  return db.selectFrom("deliveries").select(columns).where("deliveries.network", "=", network);
}

/** Counts of one occasion from how many there are in each state. */
export function countsOf(rows: readonly { state: string; n: number | string }[]): DeliveryCounts {
  const of = (wanted: string) => rows.filter((row) => row.state === wanted).reduce((sum, row) => sum + Number(row.n), 0);
  return {
    intended: rows.reduce((sum, row) => sum + Number(row.n), 0),
    delivered: of("delivered"),
    failed: of("failed"),
    skipped: of("skipped"),
    pending: of("pending"),
  };
}
