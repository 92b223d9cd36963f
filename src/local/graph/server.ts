import { setTimeout as delay } from "node:timers/promises";
import type { createLog } from "../connector/traffic.ts";
import type { JsonAnswer, LoopbackAnswer, LoopbackRequest } from "../entra/loopback.ts";
import { answerBatch } from "./batch.ts";
import type { Doing } from "./doing.ts";
import type { GraphFault } from "./faults.ts";
import { refusal, refusalAnswer, type Refusal } from "./refusals.ts";
import { findRoute, isRefusal, type Route } from "./routes.ts";

export interface GraphParts {
  readonly routes: readonly Route[];
  readonly checkToken: (header: string | undefined, roles: readonly string[], mailbox: string | null) => Promise<Refusal | null>;
  readonly nextFault: (method: string, path: string) => GraphFault | null;
  readonly traffic: Pick<ReturnType<typeof createLog>, "add">;
  /** Starts a request's work. */
  readonly begin: () => Promise<Doing>;
  /** Tells everybody what was done. */
  readonly finish: (doing: Doing) => void;
  /** A request was answered; the person whom it concerned, if one. */
  readonly asked: (person: string | null) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** "Outlook service limits": requests at once for one app and mailbox. */
const atOnce = 4;
const tooManyAtOnce: Refusal = {
  ...refusal(429, "ApplicationThrottled", "Application is over its MailboxConcurrency limit."),
  retryAfter: "1",
};

const batchRoute = { method: "POST", path: /^\/\$batch$/i, roles: [], kind: "batch", hasMailbox: false } as const;

/** What Graph says of an address that it doesn't have. */
function noRoute(path: string): Refusal {
  if (!path.startsWith("/v1.0/")) return refusal(404, "NotFound", "There is nothing at this address.");
  return refusal(400, "BadRequest", `Resource not found for the segment '${path.split("/").at(-1) ?? ""}'.`);
}

type Outcome = JsonAnswer | Refusal | "cut" | "hang" | "garbage";

async function withFault(fault: GraphFault | null, carryOut: () => Promise<JsonAnswer | Refusal>): Promise<Outcome> {
  if (fault === null) return carryOut();
  if ("lateMs" in fault) {
    const answer = await carryOut();
    await delay(fault.lateMs);
    return answer;
  }
  if (fault.afterAccepting === true) await carryOut();
  if ("cut" in fault) return "cut";
  if ("hang" in fault) return "hang";
  if ("garbage" in fault) return "garbage";
  const { status, code = "UnknownError", message = "This fault was asked for.", retryAfter } = fault;
  const asked = refusal(status, code, message);
  return retryAfter === undefined ? asked : { ...asked, retryAfter: String(retryAfter) };
}

/**
 * Handles requests in the order of the real service: token, limits, then the request itself. Faults on demand come
 * after the limits.
 */
export function createGraphHandler(parts: GraphParts): (request: LoopbackRequest) => Promise<LoopbackAnswer> {
  const { checkToken, nextFault, traffic, begin, finish, asked, now } = parts;
  const underWay = new Map<string, number>();
  const batch: Route = { ...batchRoute, handle: ({ request }) => answerBatch(request, handle) };
  const routes: readonly Route[] = [...parts.routes, batch];

  async function limited<T>(user: string | null, work: () => Promise<T>): Promise<T | Refusal> {
    if (user === null) return work();
    const before = underWay.get(user) ?? 0;
    if (before >= atOnce) return tooManyAtOnce;
    underWay.set(user, before + 1);
    try {
      return await work();
    } finally {
      underWay.set(user, (underWay.get(user) ?? 1) - 1);
    }
  }

  async function decide(request: LoopbackRequest, found: ReturnType<typeof findRoute>, owners: (string | null)[]) {
    const mailbox = found?.route.hasMailbox === true ? (found.params[0] ?? "").toLowerCase() : null;
    const denied = await checkToken(request.headers.authorization, found?.route.roles ?? [], mailbox);
    if (denied !== null) return denied.status === 403 ? (found?.route.denied ?? denied) : denied;
    if (found === null) return noRoute(request.path);
    const { route, params } = found;
    const [user = ""] = params;
    const carryOut = async () => {
      const doing = await begin();
      const answer = await route.handle({ request, params, doing });
      owners.push(concerned(doing, route, user));
      finish(doing);
      return answer;
    };
    return limited(route.hasMailbox ? user.toLowerCase() : null, () =>
      withFault(nextFault(request.method, request.path), carryOut),
    );
  }

  async function handle(request: LoopbackRequest): Promise<LoopbackAnswer> {
    const at = now();
    const started = performance.now();
    const found = request.path.startsWith("/v1.0/") ? findRoute(routes, request) : null;
    const owners: (string | null)[] = [];
    const outcome = await decide(request, found, owners);
    const answer = typeof outcome === "object" && isRefusal(outcome) ? refusalAnswer(outcome, at) : outcome;
    const person = owners[0] ?? null;
    traffic.add({
      at,
      direction: "from-bot",
      method: request.method,
      path: request.path,
      ...(person === null ? {} : { person }),
      kind: found?.route.kind ?? "other",
      status: typeof answer === "string" ? 0 : answer.status,
      ms: Math.round(performance.now() - started),
    });
    asked(person);
    return answer;
  }

  return handle;
}

/** Whom a request is about: who got the mail, or whose mailbox it names. */
function concerned({ book, mailed }: Doing, { kind, hasMailbox }: Route, user: string): string | null {
  if (kind === "mail") {
    const people = mailed.map(({ to }) => book.personAt(to.address)?.objectId);
    return people.find((id) => id !== undefined) ?? null;
  }
  if (kind === "app") return book.user(user)?.objectId ?? null;
  const mailbox = hasMailbox ? book.mailboxOf(user) : null;
  return mailbox === null || "status" in mailbox ? null : (book.personAt(mailbox.address)?.objectId ?? null);
}
