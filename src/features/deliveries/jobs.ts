import { z } from "zod";
import { asId, type DeliveryId, type NetworkId, type PersonId } from "../../kernel/ids.ts";
import { jobKind } from "../../kernel/jobs.ts";

const id = z.uuid();
const networkId = id.transform((text) => asId<NetworkId>(text));
const deliveryId = id.transform((text) => asId<DeliveryId>(text));
const personId = id.transform((text) => asId<PersonId>(text));

/** One try at sending one card. A further try is a further job, so that a throttled card holds up no other. */
export const sendCard = jobKind({
  name: "deliveries.send",
  payload: z.object({ network: networkId, delivery: deliveryId, turn: z.int().min(0) }),
  batchSize: 25,
  concurrency: 3,
});

/** One try at sending the mail with the link to a card, one at a time: a mailbox takes four requests at once at most. */
export const sendLink = jobKind({
  name: "deliveries.send-link",
  payload: z.object({ network: networkId, delivery: deliveryId, turn: z.int().min(0) }),
});

/** Brings the copies of some cards that are in chats up to date; what fails is tried again by itself. */
export const refreshCards = jobKind({
  name: "deliveries.refresh",
  payload: z.object({ network: networkId, deliveries: z.array(deliveryId), attempt: z.int().min(0) }),
  batchSize: 25,
});

/** Cards of one job at most, and as many as are drawn at once. */
export const refreshedAtOnce = 25;

/** Sends what somebody missed while they couldn't be reached. */
export const makeUp = jobKind({
  name: "deliveries.make-up",
  payload: z.object({ network: networkId, person: personId }),
});

export type SendCard = z.infer<typeof sendCard.payload>;
export type RefreshCards = z.infer<typeof refreshCards.payload>;
export type MakeUp = z.infer<typeof makeUp.payload>;

/** New cards go before changes to old ones. */
export const priorities = { send: 10, refresh: 0 } as const;
