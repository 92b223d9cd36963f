import type { z } from "zod";
import type { Problem } from "./http.ts";

/** What a page that was opened by a link asks for; the link's token takes the place of an account. */
export interface LinkRoute<B = unknown, R = unknown> {
  /** Below "/respond/api", such as "card". All of them are POST with a JSON body. */
  readonly path: string;
  readonly body: z.ZodType<B>;
  /** Throws nothing that the caller could mend. */
  handle(call: { readonly token: string; readonly body: B }): Promise<LinkResult<R>>;
}

/** What can still be asked for by a link that is over. */
export type LinkOffer = "renew" | "start";

export type LinkResult<R> =
  | { readonly kind: "ok"; readonly body: R }
  | (Omit<Problem, "status"> & {
      /** 401 no link of ours, 410 a link that is over, 429 too much at once; the rest as everywhere. */
      readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 422 | 429;
      /** With 410: what works all the same. */
      readonly offers?: readonly LinkOffer[];
    });

/** Ties a route's schema to its handler. */
export function linkRoute<B, R>(definition: LinkRoute<B, R>): LinkRoute {
  return { ...definition, handle: (call) => definition.handle({ ...call, body: definition.body.parse(call.body) }) };
}
