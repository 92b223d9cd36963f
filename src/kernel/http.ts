import type { z } from "zod";
import type { Actor, Policy } from "./actor.ts";

export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** An answer that is an error to the caller, in the words of RFC 9457. */
export interface Problem {
  readonly kind: "problem";
  readonly status: 400 | 403 | 404 | 409 | 422;
  /** One sentence: what is wrong and what to change. */
  readonly detail: string;
  readonly errors?: readonly FieldError[];
}

/** A refusal in one sentence that says what is wrong and what to change. */
export function problem(status: Problem["status"], detail: string): Problem {
  return { kind: "problem", status, detail };
}

/** A file to save, with a name that says what it is; what isn't safe in a name is taken out where it is sent. */
export interface FileAnswer {
  readonly kind: "file";
  /** Its media type; the one that the route states. */
  readonly type: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** A file of any length, made piece by piece as it is sent, so that it never lies in memory as a whole. */
export interface LongFileAnswer {
  readonly kind: "long-file";
  readonly type: string;
  readonly fileName: string;
  readonly pieces: AsyncIterable<Uint8Array>;
}

export type RouteResult<R> =
  | { readonly kind: "ok"; readonly status?: 200 | 201 | 202; readonly body: R }
  | FileAnswer
  | LongFileAnswer
  | Problem;

export interface RouteCall<Q, B> {
  readonly actor: Actor;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Q;
  readonly body: B;
}

/** One route of the JSON API, told without a web framework. */
export interface Route<Q = unknown, B = unknown, R = unknown> {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below /api/v1, with parameters as ":id". */
  readonly path: string;
  readonly summary: string;
  readonly allow: Policy;
  /** How the policy reads in words, for the API's description. */
  readonly allowed: string;
  readonly query?: z.ZodType<Q>;
  readonly body?: { readonly type: "application/json"; readonly schema: z.ZodType<B> } | { readonly type: "text/csv" };
  /** What it answers; or the media type of the file that it sends. */
  readonly response: z.ZodType<R> | { readonly file: string };
  handle(call: RouteCall<Q, B>): Promise<RouteResult<R>>;
}

/** Ties a route's schemas to its handler; the HTTP adapter parses before it calls. A "text/csv" body is given as bytes. */
export function route<Q, B, R>(definition: Route<Q, B, R>): Route {
  return {
    ...definition,
    handle: (call) =>
      // A route without a schema takes what there is: nothing, or the bytes of a file.
      /* eslint-disable @typescript-eslint/consistent-type-assertions */
      definition.handle({
        ...call,
        query: (definition.query === undefined ? call.query : definition.query.parse(call.query)) as Q,
        body: (definition.body?.type === "application/json" ? definition.body.schema.parse(call.body) : call.body) as B,
      }),
    /* eslint-enable @typescript-eslint/consistent-type-assertions */
  };
}
