/** What a request gets instead of its own answer. With `afterAccepting` the request is carried out all the same. */
export type GraphFault = { readonly afterAccepting?: boolean } & (
  | {
      readonly status: number;
      readonly code?: string;
      /** What Graph says of it. */
      readonly message?: string;
      /** Seconds, or the text of the header (an HTTP date). */
      readonly retryAfter?: number | string;
    }
  | { readonly cut: true }
  | { readonly hang: true }
  /** The request is carried out at once, and its own answer comes so many milliseconds later. */
  | { readonly lateMs: number }
  /** A page instead of an answer. */
  | { readonly garbage: true }
);

/** Which requests a fault meets: all of a method, and those whose path (still percent-encoded) fits. */
export interface RequestMatch {
  readonly method?: string;
  readonly path?: RegExp;
}

const anything: RequestMatch = {};

/** Faults on demand, first come first served. */
export function createFaults() {
  const active: { readonly match: RequestMatch; readonly fault: GraphFault; left: number }[] = [];
  return {
    failNext(fault: GraphFault, times = 1): void {
      active.push({ match: anything, fault, left: times });
    },
    /** Answers how to take the fault away again. */
    failOn(match: RequestMatch, fault: GraphFault, times = 1): () => void {
      const entry = { match, fault, left: times };
      active.push(entry);
      return () => {
        entry.left = 0;
      };
    },
    /** The fault that this request meets, used up by one. A batch meets only what is meant for it, not for its parts. */
    next(method: string, path: string): GraphFault | null {
      const met = active.find(({ match, left }) => {
        if (left <= 0 || (match === anything && path.endsWith("/$batch"))) return false;
        return (match.method ?? method) === method && (match.path?.test(path) ?? true);
      });
      if (met === undefined) return null;
      met.left -= 1;
      return met.fault;
    },
  };
}
