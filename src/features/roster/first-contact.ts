import type { Actor } from "../../kernel/actor.ts";
import type { Store } from "../../kernel/store.ts";
import type { Clock } from "../../kernel/time.ts";
import type { Identity } from "./model.ts";
import type { Directory, RosterStores } from "./ports.ts";

/**
 * Finds out who writes to the bot. Somebody whose roster row has no account is known by their e-mail once, and by their
 * account from then on. Null for people whom no roster has.
 *
 * `email` must come from the service's own list of a conversation's members, never from a token or a message; it counts
 * for accounts of `homeTenant` only (null: of any tenant), since other tenants give out addresses as they like.
 */
export async function recognise(
  deps: {
    readonly directory: Directory;
    readonly store: Store<RosterStores>;
    readonly clock: Clock;
    readonly homeTenant: string | null;
  },
  identity: Identity,
  email: string | null,
): Promise<Actor | null> {
  const known = await deps.directory.actorByIdentity(identity);
  if (known !== null || email === null) return known;
  if (deps.homeTenant !== null && deps.homeTenant !== identity.tenantId) return null;
  const found = await deps.directory.unlinkedByEmail(email.trim().toLowerCase());
  if (found === null) return null;
  await deps.store.transaction(found.network, async ({ roster, audit }) => {
    await roster.linkIdentity(found.person, identity);
    await audit.record({ at: deps.clock.now(), actor: null, action: "person.link", subject: found.person, detail: {} });
  });
  return deps.directory.actorByIdentity(identity);
}
