import type { Instant } from "../../kernel/time.ts";
import { backoffSeconds, maxAttempts } from "./model.ts";
import { personalObstacle } from "./obstacles.ts";
import type { Absence, ClaimedDelivery, Drawn, Settlement, Wait } from "./ports.ts";
import type { LocalDate } from "../../kernel/time.ts";

/** What a try comes to when nothing is sent. */
export type Hindrance =
  | { readonly kind: "settled"; readonly settlement: Settlement }
  | ({ readonly kind: "wait" } & Wait);

interface Circumstances {
  readonly now: Instant;
  /** A random number from 0 to 1. */
  readonly random: () => number;
  readonly absenceOf: (awayUntil: LocalDate, now: Instant) => Absence | null;
}

/** Why a card doesn't go at this moment by any way, and what becomes of it; null when it goes. */
export function hindranceTo(
  delivery: ClaimedDelivery,
  content: Drawn | undefined,
  { now, random, absenceOf }: Circumstances,
): Hindrance | null {
  if (content?.kind === "undrawable") return undrawable(delivery, content.isForGood, now, random());
  if (content?.kind !== "card") return skipped(delivery, content?.reason ?? "It is no longer needed.", false);
  const obstacle = personalObstacle(delivery);
  if (obstacle !== null) return skipped(delivery, obstacle, true);
  // What nobody asked for waits until its recipient is back; its feature decides then whether it is still wanted.
  const absence = delivery.unasked && delivery.awayUntil !== null ? absenceOf(delivery.awayUntil, now) : null;
  return absence === null ? null : { kind: "wait", ...absence, isTry: false };
}

/** A card that isn't sent, for a reason in plain words. */
export function skipped({ id }: ClaimedDelivery, reason: string, unreachable: boolean): Hindrance {
  return { kind: "settled", settlement: { id, state: "skipped", reason, unreachable } };
}

/** A fault of ours that may pass, such as a store that was out of reach, is tried again. */
function undrawable({ id, attempts }: ClaimedDelivery, isForGood: boolean, now: Instant, random: number): Hindrance {
  if (isForGood || attempts >= maxAttempts) {
    const reason = "Something went wrong on our side; the log says what.";
    return { kind: "settled", settlement: { id, state: "failed", reason, unreachable: false } };
  }
  const reason = `Something went wrong on our side; trying again (${attempts} of ${maxAttempts}).`;
  return { kind: "wait", until: inSeconds(now, backoffSeconds(attempts, random)), reason, isTry: true };
}

export function inSeconds(now: Instant, seconds: number): Instant {
  return now.add({ milliseconds: Math.ceil(seconds * 1000) });
}
