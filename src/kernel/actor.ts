import type { NetworkId, PersonId } from "./ids.ts";

export const roles = ["manager", "member", "lead", "viewer", "admin"] as const;
export type Role = (typeof roles)[number];

/** What a lead looks after: the whole network, or some of its areas. */
export type Scope = { readonly kind: "network" } | { readonly kind: "areas"; readonly areas: readonly string[] };

/** The person on whose behalf something is done, as the roster knows them. */
export interface Actor {
  readonly network: NetworkId;
  readonly person: PersonId;
  readonly name: string;
  readonly role: Role;
  /** Set for leads only. */
  readonly scope: Scope | null;
  /** True for people who have at least one team of their own, whatever their role. */
  readonly managesTeams: boolean;
  /** Set for somebody who came by a personal link: whoever holds their mail could have been at it. */
  readonly via?: "link";
}

/** Decides whether an actor may use a route, a verb or a command. */
export type Policy = (actor: Actor) => boolean;

/** Policies by name: what a route, a verb or a command states instead of checking roles itself. */
export const allow = {
  everyone: () => true,
  leads: (actor) => actor.role === "lead",
  networkLeads: (actor) => actor.role === "lead" && actor.scope?.kind === "network",
  /** People who run the network: admins, and leads of all of it. */
  runners: (actor) => actor.role === "admin" || (actor.role === "lead" && actor.scope?.kind === "network"),
  leadsAndAdmins: (actor) => actor.role === "lead" || actor.role === "admin",
  teamManagers: (actor) => actor.managesTeams,
} satisfies Record<string, Policy>;

/**
 * True for what any manager may do too, whatever role the person has besides: that is their own business. The rest is
 * leads' and admins' work, which the audit log records, as it does all that is done by a link.
 */
export function isOwnBusiness(actor: Actor, policy: Policy): boolean {
  return actor.via === undefined && policy({ ...actor, role: "manager", scope: null, managesTeams: true });
}

/** True when `area` lies within `scope`. A team without an area belongs to leads of the whole network only. */
export function covers(scope: Scope | null, area: string | null): boolean {
  if (scope === null) return false;
  return scope.kind === "network" || (area !== null && scope.areas.includes(area));
}
