import type { Instant } from "../../kernel/time.ts";
import type { Pause, SendRate } from "./ports.ts";

/** So often a moment that was missed is given up for another; then the request goes whenever it can. */
const furtherMoments = 2;

/**
 * Waits for the moment that was reserved for a request. One that was missed, as when the process stood still, is given up
 * for another: requests that all make up for lost moments at once would arrive bunched, and be refused.
 * @param conversation where the request goes, or null for one that opens a conversation
 * @param moment reserved already; a moment is reserved when it is left out
 */
export async function momentFor(
  { rate, pause }: { readonly rate: Pick<SendRate, "reserve">; readonly pause: Pause },
  conversation: string | null,
  moment?: Instant,
): Promise<void> {
  let at = moment ?? (await rate.reserve([conversation]))[0];
  for (let left = furtherMoments; at !== undefined; left -= 1) {
    await pause.until(at);
    if (left === 0 || pause.isMissed?.(at) !== true) return;
    [at] = await rate.reserve([conversation]);
  }
}
