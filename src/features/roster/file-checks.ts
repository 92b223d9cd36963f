import type { RosterRow } from "./cells.ts";
import type { RosterColumn, RosterProblem } from "./csv.ts";
import type { FilePerson, FileTeam } from "./file.ts";
import { type JobRole, jobRoles } from "./model.ts";

type ComparedColumns = Partial<Record<RosterColumn, (row: RosterRow) => unknown>>;

/** What makes two rows speak of the same team: its organisation and its name, however they are capitalised. */
export function teamKey(organisation: string | null, name: string): string {
  return JSON.stringify([fold(organisation), fold(name)]);
}

const personal = {
  name: (row) => row.name,
  aad_object_id: (row) => row.objectId,
  tenant_id: (row) => row.tenantId,
  role: (row) => row.role,
  scope: (row) => fold(row.scope),
  job_role: (row) => row.jobRole,
  manager_email: (row) => row.managerEmail,
  deputy_email: (row) => row.deputyEmail,
  external: (row) => row.external,
} satisfies ComparedColumns;

/** Where the rows of one person differ in what isn't about their teams. */
export function disagreements(group: readonly RosterRow[]): RosterProblem[] {
  return differences(group, personal, "This is the same person as in row");
}

/** Rows that say again what an earlier row of the same person says. */
export function repeats(group: readonly RosterRow[]): RosterProblem[] {
  const seen = new Map<string, number>();
  return group.flatMap((row): RosterProblem[] => {
    const key = row.team === null ? "" : teamKey(row.organisation, row.team);
    const earlier = seen.get(key);
    if (earlier === undefined) {
      seen.set(key, row.row);
      return [];
    }
    return row.team === null
      ? [{ row: row.row, column: "email", message: `Row ${earlier} has this person already: remove one of the rows.` }]
      : [
          {
            row: row.row,
            column: "team",
            message: `Row ${earlier} has this person with this team already: remove one of the rows.`,
          },
        ];
  });
}

/** Deputies and managers who are nobody in the file (`known`, by e-mail), or the person themself. */
export function wrongReferences(rows: readonly RosterRow[], known: ReadonlyMap<string, unknown>): RosterProblem[] {
  return rows.flatMap((row) => {
    const check = (column: RosterColumn, email: string | null): RosterProblem[] => {
      if (email === null) return [];
      const who = column === "deputy_email" ? "deputy" : "manager";
      if (email === row.email)
        return [
          { row: row.row, column, message: `Nobody is their own ${who}: name somebody else, or leave it empty.` },
        ];
      if (known.has(email)) return [];
      return [
        {
          row: row.row,
          column,
          message: `Nobody in this file has the e-mail ${email}: add the ${who}, or leave this cell empty.`,
        },
      ];
    };
    return [...check("manager_email", row.managerEmail), ...check("deputy_email", row.deputyEmail)];
  });
}

/** Object ids that stand beside two e-mails. */
export function sharedAccounts(groups: ReadonlyMap<string, readonly RosterRow[]>): RosterProblem[] {
  const owners = new Map<string, RosterRow>();
  return [...groups.values()].flatMap(([row]): RosterProblem[] => {
    if (row === undefined || row.objectId === null) return [];
    const owner = owners.get(row.objectId);
    if (owner === undefined) owners.set(row.objectId, row);
    if (owner === undefined) return [];
    return [
      {
        row: row.row,
        column: "aad_object_id",
        message: `Row ${owner.row} has this id for another e-mail: one account belongs to one person.`,
      },
    ];
  });
}

const wteOf = (role: JobRole) => (row: RosterRow) => row.posts[role] ?? null;

const teamColumns = {
  area: (row) => row.area,
  place: (row) => row.place,
  pcn: (row) => fold(row.pcn),
  link_worker_wte: wteOf("link_worker"),
  care_coordinator_wte: wteOf("care_coordinator"),
  health_coach_wte: wteOf("health_coach"),
} satisfies ComparedColumns;

/** Where the rows of one team (a job-share) differ. */
export function teamDifferences(group: readonly RosterRow[]): RosterProblem[] {
  return differences(group, teamColumns, "This is the same team as in row");
}

function differences(group: readonly RosterRow[], columns: ComparedColumns, same: string): RosterProblem[] {
  const [first, ...others] = group;
  if (first === undefined) return [];
  return others.flatMap((row) =>
    Object.entries(columns)
      .filter(([, value]) => value(row) !== value(first))
      .map(([column]) => ({
        row: row.row,
        column,
        message: `${same} ${first.row}, but this cell differs: make the two the same.`,
      })),
  );
}

/** What is allowed but may not be meant. */
export function remarks(
  rows: readonly RosterRow[],
  people: readonly FilePerson[],
  teams: readonly FileTeam[],
): string[] {
  const withTeam = new Set(teams.flatMap((team) => team.managerEmails));
  const idle = people.filter((person) => person.role === "manager" && !withTeam.has(person.email));
  const members = rows.filter((row) => row.role === "member" && row.team !== null);
  const empty = teams.filter((team) => jobRoles.every((role) => (team.posts[role] ?? 0) === 0));
  const homeless = teams.filter((team) => team.area === null);
  const runners = people.filter((person) => person.role === "admin" || person.scope?.kind === "network");
  const some = (names: readonly string[]) =>
    names.slice(0, 5).join(", ") + (names.length > 5 ? ` and ${names.length - 5} more` : "");
  return [
    idle.length > 0 && `These managers have no team and so get no check-ins: ${some(idle.map((one) => one.name))}.`,
    members.length > 0 &&
      `A member's team and WTE aren't kept, since manager_email says whose team they are in: ${some(members.map((one) => `row ${one.row}`))}.`,
    empty.length > 0 &&
      `These teams have no WTE, so their workload can't be calculated: ${some(empty.map((one) => one.name))}.`,
    homeless.length > 0 &&
      `These teams have no area, so only leads of the whole network see them: ${some(homeless.map((one) => one.name))}.`,
    runners.length === 0 &&
      "The file has no admin and no lead of the whole network, so nobody in it can import the next roster.",
  ].filter((remark) => remark !== false);
}

/** The form in which names are compared. */
export function fold(text: string | null): string {
  return (text ?? "").toLowerCase();
}
