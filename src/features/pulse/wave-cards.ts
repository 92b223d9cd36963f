import type { PersonId, WaveId } from "../../kernel/ids.ts";
import type { NewDelivery, Purpose } from "../deliveries/model.ts";

/** A card about a wave that goes to somebody now. */
export function cardAbout(wave: WaveId, purpose: Purpose, recipient: PersonId, unasked: boolean): NewDelivery {
  return { occasion: wave, subject: wave, purpose, recipient, unasked, skip: false, reason: null, notBefore: null };
}
