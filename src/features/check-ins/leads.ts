import { type Actor, covers } from "../../kernel/actor.ts";
import type { LocalDate } from "../../kernel/time.ts";
import { isAway, type Person, type Team } from "../roster/model.ts";

/** The leads whose scope covers a team, those of its area before those of the whole network, then by name. */
export function leadsOf(team: Pick<Team, "area">, leads: readonly Person[]): Person[] {
  const isLocal = (lead: Person) => lead.scope?.kind === "areas";
  return leads
    .filter((lead) => covers(lead.scope, team.area))
    .sort((a, b) => Number(isLocal(b)) - Number(isLocal(a)) || a.name.localeCompare(b.name, "en-GB"));
}

/**
 * The lead who answers for a team's requests: the nearest in scope who isn't away, hasn't said stop and isn't one of
 * the team's own managers. Null when there is none; then nothing is promised.
 */
export function leadFor(team: Team, leads: readonly Person[], today: LocalDate): Person | null {
  return leadsFor(team, leads, today)[0] ?? null;
}

/** The leads who can answer for a team's requests now, the nearest first. */
export function leadsFor(team: Team, leads: readonly Person[], today: LocalDate): Person[] {
  const fit = leadsOf(team, leads).filter((lead) => lead.stoppedAt === null && !team.managers.includes(lead.id));
  return fit.filter((lead) => !isAway(lead, today));
}

/** True when a lead may see a team and act on its requests. */
export function mayLead(actor: Actor, team: Pick<Team, "area">): boolean {
  return actor.role === "lead" && covers(actor.scope, team.area);
}
