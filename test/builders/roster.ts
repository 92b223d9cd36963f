import type { Role } from "../../src/kernel/actor.ts";
import { asId, type NetworkId, newId, type PersonId, type TeamId } from "../../src/kernel/ids.ts";
import type { Person, Team } from "../../src/features/roster/model.ts";
import { type RosterColumn, rosterColumns } from "../../src/features/roster/csv.ts";

export const someNetwork = asId<NetworkId>("018f0000-0000-7000-8000-000000000001");
export const someTenant = "7f9a4c1e-2d5b-4b8a-9c3e-5d1f0a6b7c8d";

/** A manager of nothing, with a name and an e-mail of their own. */
export function aPerson(changes: Partial<Person> = {}): Person {
  const id = changes.id ?? newId<PersonId>();
  return {
    id,
    network: someNetwork,
    name: "Ana Silva",
    email: `${id}@example.org`,
    role: "manager",
    scope: null,
    area: null,
    place: null,
    pcn: null,
    organisation: null,
    jobRole: null,
    manager: null,
    deputy: null,
    external: false,
    leftOn: null,
    awayUntil: null,
    stoppedAt: null,
    ...changes,
  };
}

export function aTeam(changes: Partial<Team> = {}): Team {
  return {
    id: newId<TeamId>(),
    name: "Team Camden",
    area: "North Central",
    place: "Camden",
    pcn: null,
    organisation: "Riverside Care",
    posts: { link_worker: 2.6 },
    filePosts: changes.posts ?? { link_worker: 2.6 },
    managers: [],
    leftOn: null,
    ...changes,
  };
}

export type Row = Partial<Record<RosterColumn, string>>;

/** A manager's row with a team of their own; the e-mail follows from the name. */
export function aRow(name: string, cells: Row = {}): Row {
  const email = `${name.toLowerCase().replace(/[^a-z]+/g, ".")}@example.org`;
  const role: Role = "manager";
  return {
    name,
    email,
    role,
    area: "North Central",
    organisation: "Riverside Care",
    team: `Team ${name}`,
    link_worker_wte: "1",
    ...cells,
  };
}

/** A row of somebody without a team. */
export function anotherRow(name: string, role: Role, cells: Row = {}): Row {
  return aRow(name, { role, team: "", link_worker_wte: "", ...cells });
}

export interface Dialect {
  readonly delimiter?: string;
  readonly newline?: string;
  readonly columns?: readonly RosterColumn[];
  /** Quotes every cell, also those that don't need it. */
  readonly quoteAll?: boolean;
}

/** A roster file of these rows, as a spreadsheet would save it. */
export function rosterCsv(rows: readonly Row[], dialect: Dialect = {}): Uint8Array {
  const { delimiter = ",", newline = "\r\n", columns = rosterColumns, quoteAll = false } = dialect;
  const quote = (cell: string) =>
    quoteAll || /["\r\n]|^\s|\s$/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell;
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ""))];
  return new TextEncoder().encode(lines.map((cells) => cells.map(quote).join(delimiter) + newline).join(""));
}
