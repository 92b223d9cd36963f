import type { ErrorCode } from "./answers.ts";

/** What a bot asks of the Connector; "other" for addresses that it doesn't have. */
export type RequestKind = "create" | "send" | "update" | "delete" | "members" | "other";

export interface BotRequest {
  readonly method: string;
  /** From /v3 on, with the ids as sent. */
  readonly path: string;
  readonly kind: RequestKind;
  /** The object id of the person whom it concerns, when there is one. */
  readonly person?: string;
}

export type FaultResponse =
  | { readonly status: number; readonly code: ErrorCode; readonly retryAfterSeconds?: number }
  /** The request is carried out, and then answered with this status. */
  | { readonly status: number; readonly afterDelivery: true }
  /** The request is carried out at once, and its own answer comes so many milliseconds later. */
  | { readonly lateMs: number }
  | "cut"
  | "cut-after-delivery"
  | "hang"
  | "garbage";

/** A fault on demand: which requests it meets, what they get, and how often (for ever when left out). */
export interface InjectedFault {
  readonly match: (request: BotRequest) => boolean;
  readonly respond: FaultResponse;
  readonly times?: number;
}

export interface Faults {
  /** Adds a fault, and answers how to take it away again. The one added first comes first. */
  add(fault: InjectedFault): () => void;
  clear(): void;
}

/** Faults and what the server asks of them: the fault that this request meets, used up by one. */
export function createFaults(): Faults & { next(request: BotRequest): FaultResponse | null } {
  let active: { readonly fault: InjectedFault; left: number }[] = [];
  return {
    add(fault) {
      const entry = { fault, left: fault.times ?? Number.POSITIVE_INFINITY };
      active.push(entry);
      return () => {
        active = active.filter((other) => other !== entry);
      };
    },
    clear() {
      active = [];
    },
    next(request) {
      const met = active.find(({ fault, left }) => left > 0 && fault.match(request));
      if (met === undefined) return null;
      met.left -= 1;
      return met.fault.respond;
    },
  };
}
