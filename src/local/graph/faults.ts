/** What a request gets instead of its own answer. With `afterAccepting` the mail is taken all the same. */
export type GraphFault = { readonly afterAccepting?: boolean } & (
  | {
      readonly status: number;
      readonly code?: string;
      /** Seconds, or the text of the header (an HTTP date). */
      readonly retryAfter?: number | string;
    }
  | { readonly cut: true }
  | { readonly hang: true }
);

/** Faults on demand, first come first served. */
export function createFaults() {
  const active: { readonly fault: GraphFault; left: number }[] = [];
  return {
    failNext(fault: GraphFault, times = 1): void {
      active.push({ fault, left: times });
    },
    /** The fault that this request meets, used up by one. */
    next(): GraphFault | null {
      const met = active.find(({ left }) => left > 0);
      if (met === undefined) return null;
      met.left -= 1;
      return met.fault;
    },
  };
}
