import type { Kysely } from "kysely";
import type { DeliveryStore } from "../../features/deliveries/ports.ts";
import type { NetworkId } from "../../kernel/ids.ts";
import { deliveryReads } from "./delivery-reads.ts";
import { deliveryTries } from "./delivery-tries.ts";
import { deliveryTurns } from "./delivery-turns.ts";
import { forgottenDeliveries } from "./forgotten-deliveries.ts";
import { missedDeliveries } from "./missed-deliveries.ts";
import { sentCards } from "./sent-cards.ts";
import type { Database } from "./tables.ts";
import { unaskedDeliveries } from "./unasked-deliveries.ts";

/** The ledger of deliveries of one network. */
export function deliveryStore(db: Kysely<Database>, network: NetworkId): DeliveryStore {
  return {
    ...deliveryTurns(db, network),
    ...deliveryTries(db, network),
    ...deliveryReads(db, network),
    ...missedDeliveries(db, network),
    ...unaskedDeliveries(db, network),
    ...forgottenDeliveries(db, network),
    ...sentCards(db, network),
  };
}
