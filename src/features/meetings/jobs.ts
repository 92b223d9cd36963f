import { z } from "zod";
import { asId, type EventId, type NetworkId, type PersonId } from "../../kernel/ids.ts";
import { jobKind } from "../../kernel/jobs.ts";

const networkId = z.uuid().transform((text) => asId<NetworkId>(text));
const eventId = z.uuid().transform((text) => asId<EventId>(text));
const personId = z.uuid().transform((text) => asId<PersonId>(text));

/** Brings the organiser's calendar into step with an event; `attempt` counts those that failed before. */
export const syncEvent = jobKind({
  name: "meetings.sync",
  payload: z.object({ network: networkId, event: eventId, attempt: z.int().min(0) }),
});

/** Fetches the answers that were given in calendars. */
export const pullAnswers = jobKind({
  name: "meetings.pull",
  payload: z.object({ network: networkId, event: eventId, attempt: z.int().min(0) }),
});

/** Writes an answer that was given on a card to the person's own calendar. */
export const mirrorAnswer = jobKind({
  name: "meetings.mirror",
  payload: z.object({ network: networkId, event: eventId, person: personId, attempt: z.int().min(0) }),
});

export type SyncEvent = z.infer<typeof syncEvent.payload>;
export type PullAnswers = z.infer<typeof pullAnswers.payload>;
export type MirrorAnswer = z.infer<typeof mirrorAnswer.payload>;
