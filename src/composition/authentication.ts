import type { ServerOptions } from "../adapters/http/server.ts";
import { teamsClients, tokenVerifier } from "../adapters/identity/tokens.ts";
import type { Parts } from "./parts.ts";
import type { Directory } from "../features/roster/ports.ts";
import { type Actor, allow } from "../kernel/actor.ts";

/** Finds out who a token of the tab belongs to; the configuration's administrators are admins of the first network. */
export function authenticator({ platform, admins, logger }: Pick<Parts, "platform" | "admins" | "logger">, people: Directory): ServerOptions["authenticate"] {
  const tokens = tokenVerifier({
    authority: platform.entraAuthority,
    audience: platform.audiences,
    allowedTenants: [platform.tenantId],
    clients: teamsClients,
    logger,
  });
  return async (bearer) => {
    const token = await tokens.verify(bearer);
    if (!token.ok) return token;
    const actor = await people.actorByIdentity(token.identity);
    if (actor === null || !admins.includes(token.identity.objectId.toLowerCase())) return { ok: true, actor };
    const [first] = await people.networks();
    return { ok: true, actor: actor.network === first?.id ? asAdmin(actor) : actor };
  };
}

/** A lead of the whole network may do all that an admin may, and sees the summary besides: they stay what they are. */
function asAdmin(actor: Actor): Actor {
  return allow.networkLeads(actor) ? actor : { ...actor, role: "admin", scope: null };
}
