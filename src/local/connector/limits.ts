/** At most this many requests in any stretch of this many milliseconds. */
export interface Window {
  readonly requests: number;
  readonly ms: number;
}

export interface Limits {
  /** All requests of the app in the tenant together. */
  readonly perTenant: readonly Window[];
  /** Requests about one conversation. */
  readonly perConversation: readonly Window[];
}

/** The limits that Microsoft publishes for bots in Teams. */
export const teamsLimits: Limits = {
  perTenant: [{ requests: 50, ms: 1000 }],
  perConversation: [
    { requests: 7, ms: 1000 },
    { requests: 8, ms: 2000 },
    { requests: 60, ms: 30_000 },
    { requests: 1800, ms: 3_600_000 },
  ],
};

export interface Limiter {
  /**
   * Lets a request through and counts it (`weight` times), or answers after how many milliseconds one would be let
   * through. A refused request doesn't count. `conversation` is null for requests that address none.
   */
  take(
    conversation: string | null,
    weight?: number,
  ): { readonly ok: true } | { readonly ok: false; readonly waitMs: number };
}

/** Milliseconds until one more request fits; 0 when it fits now. `times` are ascending. */
function waitFor(windows: readonly Window[], times: readonly number[], now: number): number {
  const waits = windows.map(({ requests, ms }) => {
    const oldestThatCounts = times[times.length - requests];
    return oldestThatCounts === undefined ? 0 : Math.max(0, oldestThatCounts + ms - now);
  });
  return Math.max(0, ...waits);
}

/** Sliding windows over the requests that were let through. `now` is in milliseconds. */
export function createLimiter(limits: Limits, now: () => number): Limiter {
  let ofTenant: readonly number[] = [];
  const ofConversations = new Map<string, readonly number[]>();
  const keep = (windows: readonly Window[], times: readonly number[], at: number, weight: number) => {
    const longest = Math.max(0, ...windows.map(({ ms }) => ms));
    return [...times.filter((time) => time > at - longest), ...new Array<number>(weight).fill(at)];
  };
  return {
    take(conversation, weight = 1) {
      const at = now();
      const ofOne = conversation === null ? [] : (ofConversations.get(conversation) ?? []);
      const waitMs = Math.max(
        waitFor(limits.perTenant, ofTenant, at),
        conversation === null ? 0 : waitFor(limits.perConversation, ofOne, at),
      );
      if (waitMs > 0) return { ok: false, waitMs };
      ofTenant = keep(limits.perTenant, ofTenant, at, weight);
      if (conversation !== null) {
        ofConversations.set(conversation, keep(limits.perConversation, ofOne, at, weight));
      }
      return { ok: true };
    },
  };
}
