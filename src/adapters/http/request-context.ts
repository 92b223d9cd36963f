import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { PersonId } from "../../kernel/ids.ts";

/** What is known of a request while it runs, for its log lines and its answer. */
export interface RequestContext {
  readonly id: string;
  /** Set once the token has told who calls. */
  person: PersonId | null;
}

const contexts = new WeakMap<IncomingMessage, RequestContext>();

/** The context of a request: the same one each time, made when it is first asked for. */
export function contextOf(request: IncomingMessage): RequestContext {
  const known = contexts.get(request);
  if (known !== undefined) return known;
  const context = { id: randomUUID(), person: null };
  contexts.set(request, context);
  return context;
}
