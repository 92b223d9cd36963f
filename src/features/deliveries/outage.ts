import type { Instant } from "../../kernel/time.ts";
import { Temporal } from "../../kernel/time.ts";
import type { SendFault, SendResult } from "./messenger.ts";

/** Watches whether Teams answers at all, so that a long outage uses up nobody's tries. */
export interface Outage {
  /** Takes note of what a request came to. */
  note(result: SendResult<unknown>): void;
  /** Since when Teams is away; null when it isn't, as far as is known. */
  since(): Instant | null;
  /** True for whoever may look now whether Teams is back; then nobody else may for a while. */
  mayLook(now: Instant): boolean;
}

/**
 * So many requests in a row without an answer that can be used, and Teams counts as away: one fewer than a card is tried,
 * so that an outage is seen before the only card of a small network is given up.
 */
const enough = 4;
/** At most one look in this time, in seconds. */
const lookEvery = 20;

/** @param now what the clock shows */
export function outageWatch(now: () => Instant): Outage {
  let inARow = 0;
  let began: Instant | null = null;
  let nextLook: Instant | null = null;
  return {
    note(result) {
      const answered = result.ok || isAnswer(result.fault);
      if (answered === null) return;
      inARow = answered ? 0 : inARow + 1;
      if (inARow === 0) began = nextLook = null;
      else began ??= now();
    },
    since: () => (inARow >= enough ? began : null),
    mayLook(at) {
      // A clock that was set back mustn't put the next look off for as long as that.
      const isLater = nextLook === null || Temporal.Instant.compare(at, nextLook) >= 0;
      const isSetBack = nextLook !== null && Temporal.Instant.compare(at.add({ seconds: lookEvery }), nextLook) < 0;
      if (!isLater && !isSetBack) return false;
      nextLook = at.add({ seconds: lookEvery });
      return true;
    },
  };
}

/** How long a card waits while Teams is away, in seconds: never at the same moment by all, and no longer than a minute. */
export function secondsToWait(random: number): number {
  return 30 + 30 * random;
}

/** True when the service said something by which it is there; null when it wasn't asked at all. */
function isAnswer(fault: SendFault): boolean | null {
  if (fault.kind === "not-signed-in" || fault.kind === "too-big") return null;
  return fault.kind === "again" ? fault.isTooFast === true : fault.kind !== "unclear";
}
