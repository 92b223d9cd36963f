/**
 * A step of the application's work that takes time. Its words are the code's own, or an address with every part taken
 * out that isn't: never somebody's id, name or address, nor anything that they wrote.
 */
export type Step =
  | { readonly kind: "call"; readonly service: "connector" | "graph"; readonly operation: string }
  | { readonly kind: "job"; readonly queue: string }
  /** A pressed button; "confidential" stands for all those of which nobody may be told apart. */
  | { readonly kind: "answer"; readonly verb: string };

/**
 * What is looked up each time that figures are sent: the cards made in the last seven days by state, the seconds for which
 * the oldest job that is due has waited by queue, and the seconds until the first subscription to a calendar ends.
 */
export type Gauge = "deliveries" | "queueAge" | "subscription";

export interface Reading {
  readonly value: number;
  /** The state, or the queue. */
  readonly of?: string;
}

/** A request that came in. */
export interface IncomingRequest {
  /** Runs what answers it, so that its steps are seen as part of it. */
  run(work: () => void): void;
  /** Call it once the request is over. @param route its template, null when it matched none */
  end(route: string | null, status: number): void;
}

/** What the application tells about its own running. Nothing here ever throws or makes anybody wait. */
export interface Telemetry {
  /**
   * Runs `work` and takes its time. `ended` says how it ended, such as with a status; left out, it is "done", or
   * "failed" when it throws.
   */
  step<T>(step: Step, work: (ended: (outcome: string) => void) => Promise<T>): Promise<T>;
  request(method: string): IncomingRequest;
  gauge(name: Gauge, read: () => Promise<readonly Reading[]>): void;
}

/** Tells nobody, and costs nothing. */
export const noTelemetry: Telemetry = {
  step: (_step, work) => work(() => undefined),
  request: () => ({ run: (work) => work(), end: () => undefined }),
  gauge: () => undefined,
};
