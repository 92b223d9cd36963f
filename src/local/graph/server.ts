import type { createLog } from "../connector/traffic.ts";
import type { LoopbackAnswer, LoopbackRequest } from "../entra/loopback.ts";
import type { GraphFault } from "./faults.ts";
import type { AddressBook } from "./mailboxes.ts";
import type { Mails } from "./mails.ts";
import { refusal, refusalAnswer, type Refusal } from "./refusals.ts";
import { sendMail } from "./send-mail.ts";

/** Something that changed, for live views. `person` is null for what concerns nobody in the directory. */
export interface GraphChange {
  readonly person: string | null;
  readonly what: "mail" | "traffic";
  /** The mail's id, where one came. */
  readonly id?: string;
}

export interface GraphParts {
  readonly checkToken: (header: string | undefined, role: string) => Promise<Refusal | null>;
  readonly addressBook: () => Promise<AddressBook>;
  readonly nextFault: () => GraphFault | null;
  readonly mails: Mails;
  readonly traffic: Pick<ReturnType<typeof createLog>, "add">;
  readonly changed: (change: GraphChange) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** "Outlook service limits": requests at once for one app and mailbox. */
const atOnce = 4;
const tooManyAtOnce: Refusal = {
  ...refusal(429, "ApplicationThrottled", "Application is over its MailboxConcurrency limit."),
  retryAfter: "1",
};

/** Whose mail a request wants to send; or what Graph says of an address that it doesn't have. */
function senderOf({ method, path }: LoopbackRequest): string | Refusal {
  if (!path.startsWith("/v1.0/")) return refusal(404, "NotFound", "There is nothing at this address.");
  const user = /^\/v1\.0\/users\/([^/]+)\/sendMail$/i.exec(path)?.[1];
  if (user !== undefined && method === "POST" && isDecodable(user)) return decodeURIComponent(user);
  return refusal(400, "BadRequest", `Resource not found for the segment '${path.split("/").at(-1) ?? ""}'.`);
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

async function withFault(
  fault: GraphFault | null,
  carryOut: () => Promise<Refusal | null>,
): Promise<Refusal | "cut" | "hang" | null> {
  if (fault === null) return carryOut();
  if (fault.afterAccepting === true) await carryOut();
  if ("cut" in fault) return "cut";
  if ("hang" in fault) return "hang";
  const { status, code = "UnknownError", retryAfter } = fault;
  const asked = refusal(status, code, "This fault was asked for.");
  return retryAfter === undefined ? asked : { ...asked, retryAfter: String(retryAfter) };
}

/**
 * Handles requests in the order of the real service: token, limits, then the request itself. Faults on demand come
 * after the limits.
 */
export function createGraphHandler(parts: GraphParts): (request: LoopbackRequest) => Promise<LoopbackAnswer> {
  const { checkToken, addressBook, nextFault, mails, traffic, changed, now } = parts;
  const underWay = new Map<string, number>();

  async function limited<T>(user: string, work: () => Promise<T>): Promise<T | Refusal> {
    const before = underWay.get(user) ?? 0;
    if (before >= atOnce) return tooManyAtOnce;
    underWay.set(user, before + 1);
    try {
      return await work();
    } finally {
      underWay.set(user, (underWay.get(user) ?? 1) - 1);
    }
  }

  /** Sends the mail, and adds to `owners` the people in whose inboxes it is now. */
  async function send(request: LoopbackRequest, user: string, owners: string[]): Promise<Refusal | null> {
    const book = await addressBook();
    const sent = await sendMail(request, user, book, mails, new Date(now()).toISOString());
    if ("status" in sent) return sent;
    for (const { id, to } of sent) {
      const person = book.personAt(to.address)?.objectId ?? null;
      if (person !== null) owners.push(person);
      changed({ person, what: "mail", id });
    }
    return null;
  }

  async function decide(request: LoopbackRequest, user: string | Refusal, owners: string[]) {
    const denied = await checkToken(request.headers.authorization, "Mail.Send");
    if (denied !== null) return denied;
    if (typeof user !== "string") return user;
    return limited(user.toLowerCase(), () => withFault(nextFault(), () => send(request, user, owners)));
  }

  return async (request) => {
    const at = now();
    const started = performance.now();
    const user = senderOf(request);
    const owners: string[] = [];
    const outcome = (await decide(request, user, owners)) ?? { status: 202 };
    const answer = typeof outcome === "object" && "code" in outcome ? refusalAnswer(outcome, at) : outcome;
    const person = owners[0] ?? null;
    traffic.add({
      at,
      direction: "from-bot",
      method: request.method,
      path: request.path,
      ...(person === null ? {} : { person }),
      kind: typeof user === "string" ? "mail" : "other",
      status: typeof answer === "string" ? 0 : answer.status,
      ms: Math.round(performance.now() - started),
    });
    changed({ person, what: "traffic" });
    return answer;
  };
}
