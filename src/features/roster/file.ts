import type { Scope } from "../../kernel/actor.ts";
import { readCells, type RosterRow } from "./cells.ts";
import { readCsv, type RosterProblem } from "./csv.ts";
import {
  disagreements,
  fold,
  remarks,
  repeats,
  sharedAccounts,
  teamDifferences,
  teamKey,
  wrongReferences,
} from "./file-checks.ts";
import type { Identity, Posts } from "./model.ts";

/** A person as a roster file has them, over all their rows. */
export interface FilePerson {
  /** Their first row. */
  readonly row: number;
  readonly name: string;
  readonly email: string;
  readonly role: NonNullable<RosterRow["role"]>;
  readonly scope: Scope | null;
  readonly area: string | null;
  readonly place: string | null;
  readonly pcn: string | null;
  readonly organisation: string | null;
  readonly jobRole: string | null;
  readonly managerEmail: string | null;
  readonly deputyEmail: string | null;
  readonly external: boolean;
  readonly account: Identity | null;
}

/** A team as a roster file has it, with everybody who manages it. */
export interface FileTeam {
  readonly key: string;
  readonly name: string;
  readonly area: string | null;
  readonly place: string | null;
  readonly pcn: string | null;
  readonly organisation: string | null;
  readonly posts: Posts;
  readonly managerEmails: readonly string[];
}

/** While there are problems, `people` and `teams` hold what could be read, good for looking for further problems only. */
export interface RosterFile {
  readonly people: readonly FilePerson[];
  readonly teams: readonly FileTeam[];
  readonly problems: readonly RosterProblem[];
  readonly warnings: readonly string[];
}

/**
 * Reads a whole roster file and finds everything in it that is wrong, without looking at the store.
 * `defaultTenant` stands in for an empty tenant_id; null when there is none.
 */
export function readRosterFile(bytes: Uint8Array, defaultTenant: string | null): RosterFile {
  const table = readCsv(bytes);
  if (!table.ok) return { people: [], teams: [], problems: table.problems, warnings: [] };
  const problems = [...table.problems];
  const warnings = [...table.warnings];
  const read = table.rows.map((row) => readCells(row, defaultTenant));
  problems.push(...read.flatMap((one) => one.problems));
  const rows = oneSpelling(
    read.map((one) => one.row),
    warnings,
  );

  const groups = Map.groupBy(
    rows.filter((row) => row.email !== ""),
    (row) => row.email,
  );
  for (const group of groups.values()) problems.push(...disagreements(group), ...repeats(group));
  problems.push(...wrongReferences(rows, groups), ...sharedAccounts(groups));
  const areas = new Set(rows.flatMap((row) => row.area ?? []));
  const people = [...groups.values()].map((group) => personFrom(group, areas, problems));
  const teams = teamsFrom(rows, problems);
  if (!rows.some((row) => row.role === null || row.role === "admin" || row.role === "lead")) {
    const message =
      "The file has neither an admin nor a lead, so nobody could run the network: give somebody that role.";
    problems.push({ row: null, column: "role", message });
  }
  warnings.push(...remarks(rows, people, teams));
  return { people, teams, problems: problems.toSorted((a, b) => (a.row ?? 0) - (b.row ?? 0)), warnings };
}

/** The row that speaks for the person: the one without a team, else the first. */
function personFrom(group: readonly RosterRow[], areas: ReadonlySet<string>, problems: RosterProblem[]): FilePerson {
  const own = group.find((row) => row.team === null) ?? group[0];
  if (own === undefined) throw new RangeError("A group has at least one row.");
  const { area, place, pcn, organisation } = own;
  const { row, name, email, role, jobRole, managerEmail, deputyEmail, external, objectId, tenantId } = group[0] ?? own;
  const scope = scopeFrom(group[0] ?? own, areas, problems);
  const account = objectId === null || tenantId === null ? null : { objectId, tenantId };
  const self = {
    row,
    name,
    email,
    role: role ?? "manager",
    scope,
    jobRole,
    managerEmail,
    deputyEmail,
    external,
    account,
  };
  return { ...self, area, place, pcn, organisation };
}

function scopeFrom(row: RosterRow, areas: ReadonlySet<string>, problems: RosterProblem[]): Scope | null {
  const wrong = (message: string): null => {
    problems.push({ row: row.row, column: "scope", message });
    return null;
  };
  if (row.role === null) return null;
  if (row.role !== "lead") {
    return row.scope === "" ? null : wrong("Only a lead has a scope: leave it empty, or make this person a lead.");
  }
  if (row.scope === "") return wrong("A lead needs a scope: write network, or the areas separated by semicolons.");
  if (fold(row.scope) === "network") return { kind: "network" };
  const named = row.scope.split(/[;|]/).map((part) => part.trim());
  const found = new Set<string>();
  for (const part of named.filter((one) => one !== "")) {
    const area = [...areas].find((one) => fold(one) === fold(part));
    if (area === undefined)
      return wrong(`“${part}” is not an area of anybody in this file: write network or such an area.`);
    found.add(area);
  }
  return found.size > 0
    ? { kind: "areas", areas: [...found] }
    : wrong("A lead needs a scope: write network, or the areas.");
}

function teamsFrom(rows: readonly RosterRow[], problems: RosterProblem[]): FileTeam[] {
  const groups = new Map<string, [RosterRow, ...RosterRow[]]>();
  for (const row of rows) {
    if (row.team === null || row.role === "member") continue;
    const key = teamKey(row.organisation, row.team);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups].map(([key, group]) => {
    problems.push(...teamDifferences(group));
    const { area, place, pcn, organisation, posts, team } = group[0];
    const managerEmails = [...new Set(group.map((row) => row.email))];
    return { key, name: team ?? "", area, place, pcn, organisation, posts, managerEmails };
  });
}

/** Gives every area and place the spelling of its first row, so that "north central" isn't a second area. */
function oneSpelling(rows: readonly RosterRow[], warnings: string[]): RosterRow[] {
  const spellings = new Map<string, string>();
  const settle = (column: "area" | "place", row: RosterRow): string | null => {
    const written = row[column];
    if (written === null) return null;
    const key = `${column} ${fold(written)}`;
    const first = spellings.get(key) ?? written;
    spellings.set(key, first);
    if (first !== written)
      warnings.push(`Row ${row.row}, ${column}: “${written}” was read as “${first}”, as further up.`);
    return first;
  };
  return rows.map((row) => ({ ...row, area: settle("area", row), place: settle("place", row) }));
}
