import type { Actor } from "../../kernel/actor.ts";
import type { PersonId } from "../../kernel/ids.ts";
import type { RosterDeps } from "./import.ts";
import type { Person } from "./model.ts";
import type { Place } from "./roles.ts";

export type HandOver =
  | { readonly ok: true; readonly to: Person; readonly giver: Place }
  | { readonly ok: false; readonly why: "forbidden" }
  | { readonly ok: false; readonly why: "invalid"; readonly message: string };

/**
 * Makes somebody a lead of the whole network, in the name of one who is.
 * @param stepsDown true when the giver is no lead afterwards, but the manager of their teams, or a member without any
 */
export async function handOver(
  deps: Pick<RosterDeps, "store" | "clock">,
  actor: Actor,
  to: PersonId,
  stepsDown: boolean,
): Promise<HandOver> {
  return deps.store.transaction(actor.network, async ({ roster, audit }): Promise<HandOver> => {
    await roster.lockForImport();
    const giver = await roster.person(actor.person);
    const receiver = await roster.person(to);
    // They may have been handed over to, or away from, a moment ago.
    if (giver?.role !== "lead" || giver.scope?.kind !== "network") return { ok: false, why: "forbidden" };
    if (to === actor.person) return invalid("You lead the network already: name somebody else.");
    if (receiver === null) return invalid("This person isn't in the roster: name somebody who is.");
    if (receiver.leftOn !== null) return invalid(`${receiver.name} has left the network: name somebody who is in it.`);
    const after: Person = { ...receiver, role: "lead", scope: { kind: "network" } };
    const hasTeams = (await roster.teamsOf(giver.id)).length > 0;
    const left: Person = stepsDown ? { ...giver, role: hasTeams ? "manager" : "member", scope: null } : giver;
    await roster.savePeople([after, left]);
    const detail = { from: receiver.role, stepsDown };
    await audit.record({ at: deps.clock.now(), actor, action: "network.hand-over", subject: to, detail });
    return { ok: true, to: after, giver: { role: left.role, scope: left.scope } };
  });
}

function invalid(message: string): HandOver {
  return { ok: false, why: "invalid", message };
}
