import type { PersonId } from "../../kernel/ids.ts";
import type { RosterColumn } from "./csv.ts";
import { jobRoles, type Person, type Team } from "./model.ts";

/** A cell of the roster that an import changes; `team` names the team in whose row it is, null for the person's own. */
export interface CellChange {
  readonly column: RosterColumn;
  readonly team: string | null;
  readonly from: string | null;
  readonly to: string | null;
}

type EmailOf = (id: PersonId | null) => string | null;

/** The cells in which two versions of a person differ. */
export function personChanges(
  before: Person,
  after: Person,
  emails: { emailBefore: EmailOf; emailAfter: EmailOf },
): CellChange[] {
  return [
    ...change("name", null, before.name, after.name),
    ...change("email", null, before.email, after.email),
    ...change("role", null, before.role, after.role),
    ...change("scope", null, scopeCell(before), scopeCell(after)),
    ...change("area", null, before.area, after.area),
    ...change("place", null, before.place, after.place),
    ...change("pcn", null, before.pcn, after.pcn),
    ...change("organisation", null, before.organisation, after.organisation),
    ...change("job_role", null, before.jobRole, after.jobRole),
    ...(before.manager === after.manager
      ? []
      : change("manager_email", null, emails.emailBefore(before.manager), emails.emailAfter(after.manager))),
    ...(before.deputy === after.deputy
      ? []
      : change("deputy_email", null, emails.emailBefore(before.deputy), emails.emailAfter(after.deputy))),
    ...change("external", null, before.external ? "yes" : "no", after.external ? "yes" : "no"),
  ];
}

/** The cells of one person's rows that change because their teams do. */
export function teamChanges(
  person: PersonId,
  teams: readonly { readonly before: Team | undefined; readonly after: Team }[],
  gone: readonly Team[],
): CellChange[] {
  const had = (team: Team | undefined) => team !== undefined && team.leftOn === null && team.managers.includes(person);
  return [
    ...teams.flatMap(({ before, after }): CellChange[] => {
      const has = after.managers.includes(person);
      if (before === undefined || !had(before)) return has ? change("team", after.name, null, after.name) : [];
      return has ? cellsOf(before, after) : change("team", before.name, before.name, null);
    }),
    ...gone.filter(had).flatMap((team) => change("team", team.name, team.name, null)),
  ];
}

function cellsOf(before: Team, after: Team): CellChange[] {
  const wte = (value: number | undefined) => (value === undefined ? null : String(value));
  return [
    ...change("team", after.name, before.name, after.name),
    ...change("area", after.name, before.area, after.area),
    ...change("place", after.name, before.place, after.place),
    ...change("pcn", after.name, before.pcn, after.pcn),
    ...change("organisation", after.name, before.organisation, after.organisation),
    ...jobRoles.flatMap((role) => change(`${role}_wte`, after.name, wte(before.filePosts[role]), wte(after.filePosts[role]))),
  ];
}

function change(column: RosterColumn, team: string | null, from: string | null, to: string | null): CellChange[] {
  return from === to ? [] : [{ column, team, from, to }];
}

function scopeCell(person: Person): string | null {
  if (person.scope === null) return null;
  return person.scope.kind === "network" ? "network" : person.scope.areas.join("; ");
}
