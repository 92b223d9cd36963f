import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import type { DirectoryPerson } from "../entra/index.ts";
import type { JsonAnswer, LoopbackAnswer, LoopbackRequest } from "../entra/loopback.ts";
import { badArgument, errorAnswer } from "./answers.ts";
import { deleteActivity, isSplit, sendActivity, updateActivity } from "./activities.ts";
import type { ConnectorContext } from "./context.ts";
import { createConversation, readMembers } from "./conversations.ts";
import type { BotRequest, FaultResponse } from "./faults.ts";
import type { Limiter } from "./limits.ts";
import { routeOf, type BotRoute } from "./routes.ts";
import type { Traffic } from "./traffic.ts";

/** The part of a serviceUrl that names the region, as in https://smba.trafficmanager.net/emea/. */
export const region = "/emea";

const Addressed = z.object({ members: z.tuple([z.object({ id: z.string() })]) });

function parseBody(text: string): { readonly ok: boolean; readonly body: unknown } {
  try {
    return { ok: true, body: text === "" ? undefined : JSON.parse(text) };
  } catch {
    return { ok: false, body: undefined };
  }
}

/** What a bot's request gets that is allowed in, isn't throttled and meets no fault. */
async function carryOut(
  context: ConnectorContext,
  route: BotRoute,
  body: unknown,
  person: DirectoryPerson | null,
): Promise<JsonAnswer> {
  if (route.kind === "other") return errorAnswer(404, "NotFound", "There is nothing at this address.");
  if (route.kind === "create") return createConversation(context, body);
  if (person === null) return errorAnswer(404, "ConversationNotFound", "The conversation wasn't found.");
  const { installed, blocked } = context.state.facts(person);
  if (!installed) {
    return errorAnswer(403, "BotNotInConversationRoster", "The bot isn't part of the conversation roster.");
  }
  if (route.kind === "members") return readMembers(context, route, person);
  if (blocked !== null) return errorAnswer(403, blocked, "The person has blocked the bot.");
  if (route.kind === "send") return sendActivity(context, person.objectId, body);
  const id = route.activity ?? "";
  if (route.kind === "update") return updateActivity(context, person.objectId, id, body);
  return deleteActivity(context, person.objectId, id);
}

async function withFault(fault: FaultResponse | null, deliver: () => Promise<JsonAnswer>): Promise<LoopbackAnswer> {
  if (fault === null) return deliver();
  if (fault === "cut" || fault === "hang" || fault === "garbage") return fault;
  if (fault === "cut-after-delivery") {
    await deliver();
    return "cut";
  }
  if ("lateMs" in fault) {
    const answer = await deliver();
    await delay(fault.lateMs);
    return answer;
  }
  if ("afterDelivery" in fault) {
    await deliver();
    return errorAnswer(fault.status, "ServiceError", "Something went wrong.");
  }
  return errorAnswer(fault.status, fault.code, "This fault was asked for.", fault.retryAfterSeconds);
}

/**
 * Handles bots' requests below the serviceUrl in the order of the real service: token, limits, then the request itself.
 * Faults on demand come after the limits, so that what they meet is counted like any other request.
 */
export function createBotFacingHandler(
  context: ConnectorContext,
  parts: {
    readonly checkToken: (header: string | undefined) => Promise<JsonAnswer | null>;
    readonly limiter: Limiter;
    readonly nextFault: (request: BotRequest) => FaultResponse | null;
    readonly traffic: Traffic;
  },
): (request: LoopbackRequest) => Promise<LoopbackAnswer> {
  const { checkToken, limiter, nextFault, traffic } = parts;

  async function personOf(route: BotRoute, body: unknown): Promise<DirectoryPerson | null> {
    const addressed = Addressed.safeParse(body);
    const id =
      route.conversation !== undefined
        ? context.state.personOf(route.conversation)
        : (addressed.data?.members[0].id ?? null);
    return id === null ? null : context.directory.find(id);
  }

  async function decide(
    request: LoopbackRequest,
    route: BotRoute,
    parsed: ReturnType<typeof parseBody>,
    person: DirectoryPerson | null,
  ): Promise<LoopbackAnswer> {
    const denied = await checkToken(request.headers.authorization);
    if (denied !== null) return denied;
    const weight = route.kind === "send" && isSplit(parsed.body) ? 2 : 1;
    const admitted = limiter.take(route.conversation ?? null, weight);
    if (!admitted.ok) {
      const seconds = Math.max(1, Math.ceil(admitted.waitMs / 1000));
      return errorAnswer(429, "Throttled", "Too many requests.", seconds);
    }
    const path = request.path.slice(region.length);
    const about = person === null ? {} : { person: person.objectId };
    return withFault(nextFault({ method: request.method, path, kind: route.kind, ...about }), async () => {
      if (request.body === null) return errorAnswer(413, "MessageSizeTooBig", "The message is larger than 100 KB.");
      if (!parsed.ok) return badArgument("The body isn't JSON.");
      return carryOut(context, route, parsed.body, person);
    });
  }

  return async (request) => {
    const at = context.now();
    const started = performance.now();
    const path = request.path.slice(region.length);
    const route = request.path.startsWith(`${region}/`) ? routeOf(request.method, path) : { kind: "other" as const };
    const parsed = parseBody(request.body ?? "");
    const person = await personOf(route, parsed.body);
    const answer = await decide(request, route, parsed, person);
    traffic.fromBot({
      at,
      method: request.method,
      path: request.path,
      ...(person === null ? {} : { person: person.objectId }),
      kind: route.kind,
      status: typeof answer === "string" ? 0 : answer.status,
      ms: Math.round(performance.now() - started),
    });
    context.changed({ person: person?.objectId ?? null, what: "traffic" });
    return answer;
  };
}
