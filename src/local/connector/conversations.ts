import { z } from "zod";
import type { DirectoryPerson } from "../entra/index.ts";
import type { JsonAnswer } from "../entra/loopback.ts";
import { badArgument, errorAnswer } from "./answers.ts";
import type { ConnectorContext } from "./context.ts";
import { botIdOf, userIdOf } from "./ids.ts";
import type { BotRoute } from "./routes.ts";
import { NewConversation, whyInvalid } from "./schemas.ts";

const Guid = z.guid();

/**
 * Opens the 1:1 chat with a person, or finds it. Only an object id or the bot's own id for the person works, only
 * within the tenant, and only where the app is installed for them.
 */
export async function createConversation(context: ConnectorContext, body: unknown): Promise<JsonAnswer> {
  const { appId, tenantId, directory, state } = context;
  const parsed = NewConversation.safeParse(body);
  if (!parsed.success) return badArgument(whyInvalid(parsed.error));
  const { bot, members, channelData } = parsed.data;
  const tenants = [parsed.data.tenantId, channelData?.tenant?.id].filter((tenant) => tenant !== undefined);
  if (tenants.length === 0) return badArgument("The tenant is missing: give tenantId and channelData.tenant.id.");
  if (bot !== undefined && bot.id !== appId && bot.id !== botIdOf(appId)) {
    return badArgument("The bot's id isn't the one that the token is for.");
  }
  const memberId = members[0]?.id ?? "";
  if (!memberId.startsWith("29:") && !Guid.safeParse(memberId).success) {
    return badArgument("A member's id must be an object id or the id that Teams gave the bot, not an e-mail address.");
  }
  if (tenants.some((tenant) => tenant !== tenantId)) {
    return errorAnswer(403, "ForbiddenOperationException", "The bot can't reach people of this tenant.");
  }
  const person = await directory.find(memberId);
  if (person === null) return errorAnswer(404, "NotFound", "Nobody in the tenant has this id.");
  if (!state.facts(person).installed) {
    return errorAnswer(403, "ForbiddenOperationException", "The app isn't installed for this person.");
  }
  return { status: 201, body: { id: state.openChat(person) } };
}

/** A person as the roster of a chat has them. */
function memberOf(context: ConnectorContext, person: DirectoryPerson): object {
  const [givenName = "", ...rest] = person.name.split(" ");
  return {
    id: userIdOf(context.appId, person.objectId),
    name: person.name,
    objectId: person.objectId,
    aadObjectId: person.objectId,
    givenName,
    surname: rest.join(" "),
    email: person.email,
    userPrincipalName: person.email,
    tenantId: person.tenantId,
    userRole: "user",
  };
}

/** The roster of a 1:1 chat: the person alone. */
export function readMembers(context: ConnectorContext, route: BotRoute, person: DirectoryPerson): JsonAnswer {
  const member = memberOf(context, person);
  if (route.member === undefined) return { status: 200, body: route.paged === true ? { members: [member] } : [member] };
  if (route.member === person.objectId || route.member === userIdOf(context.appId, person.objectId)) {
    return { status: 200, body: member };
  }
  return errorAnswer(404, "MemberNotFoundInConversation", "The member isn't in the conversation.");
}
