import { type NetworkId, newId, type PersonId, type TeamId } from "../../kernel/ids.ts";
import type { LocalDate } from "../../kernel/time.ts";
import { type CellChange, personChanges, teamChanges } from "./changes.ts";
import type { RosterProblem } from "./csv.ts";
import type { FilePerson, RosterFile } from "./file.ts";
import { teamKey } from "./file-checks.ts";
import type { Identity, Person, Team } from "./model.ts";

/** What the store has before an import, with those who have left. */
export interface StoredRoster {
  readonly people: readonly Person[];
  readonly teams: readonly Team[];
  readonly identities: ReadonlyMap<PersonId, Identity>;
}

interface Named {
  readonly name: string;
  readonly email: string;
}

/** What an import would change in words (adds, changes, leavers) and in rows (the rest). */
export interface ImportPlan {
  readonly adds: readonly (Named & { readonly returning: boolean })[];
  readonly changes: readonly (Named & { readonly fields: readonly CellChange[] })[];
  readonly leavers: readonly Named[];
  readonly savePeople: readonly Person[];
  readonly saveTeams: readonly Team[];
  readonly link: readonly { readonly person: PersonId; readonly identity: Identity; readonly replaces: boolean }[];
  /** Everybody of the file, in its order, as they are after the import. */
  readonly everybody: readonly {
    readonly person: Person;
    readonly hasAccount: boolean;
    /** False when the account is replaced, and the chat that went with the old one is forgotten. */
    readonly keepsChat: boolean;
  }[];
}

/**
 * Compares a file with the store. People are matched by account and otherwise by e-mail, so that somebody whose
 * e-mail changed keeps their history; teams by organisation and name. The problems are accounts tied to somebody else.
 */
export function planImport(
  file: Pick<RosterFile, "people" | "teams">,
  stored: StoredRoster,
  context: { readonly network: NetworkId; readonly today: LocalDate },
): { readonly plan: ImportPlan; readonly problems: readonly RosterProblem[] } {
  const { matches, problems } = match(file.people, stored);
  const ids = new Map(file.people.map((one) => [one.email, matches.get(one.email)?.id ?? newId<PersonId>()]));
  const idOf = (email: string | null) => (email === null ? null : (ids.get(email) ?? null));
  const emails = new Map(stored.people.map((one) => [one.id, one.email]));
  const newEmails = new Map([...ids].map(([email, id]) => [id, email]));
  const emailBefore = (id: PersonId | null) => (id === null ? null : (emails.get(id) ?? null));
  const emailAfter = (id: PersonId | null) => (id === null ? null : (newEmails.get(id) ?? null));

  const oldTeams = new Map<string, Team>();
  // A team that left and one that didn't may have the same name: the one still there counts.
  for (const team of stored.teams.toSorted((a, b) => Number(a.leftOn === null) - Number(b.leftOn === null))) {
    oldTeams.set(teamKey(team.organisation, team.name), team);
  }
  const teams = file.teams.map(({ key, managerEmails, ...team }): { before: Team | undefined; after: Team } => {
    const before = oldTeams.get(key);
    const managers = managerEmails.flatMap((email) => idOf(email) ?? []);
    return { before, after: { ...team, filePosts: team.posts, id: before?.id ?? newId<TeamId>(), managers, leftOn: null } };
  });
  const kept = new Set(teams.map(({ after }) => after.id));
  const goneTeams = stored.teams.filter((team) => team.leftOn === null && !kept.has(team.id));

  const adds: ImportPlan["adds"][number][] = [];
  const changes: ImportPlan["changes"][number][] = [];
  const savePeople: Person[] = [];
  const link: ImportPlan["link"][number][] = [];
  const everybody: ImportPlan["everybody"][number][] = [];
  for (const one of file.people) {
    const before = matches.get(one.email);
    const after = personAfter(one, before, idOf, context.network);
    const account = before === undefined ? undefined : stored.identities.get(before.id);
    const accounts: CellChange[] = [];
    const isNew = one.account !== null && (account === undefined || accountKey(account) !== accountKey(one.account));
    const replaces = isNew && account !== undefined;
    everybody.push({ person: after, hasAccount: (one.account ?? account) !== undefined, keepsChat: !replaces });
    if (one.account !== null && isNew) {
      link.push({ person: after.id, identity: one.account, replaces });
      const from = account?.objectId ?? null;
      accounts.push({ column: "aad_object_id", team: null, from, to: one.account.objectId });
    }
    const { name, email } = one;
    if (before === undefined || before.leftOn !== null) {
      adds.push({ name, email, returning: before !== undefined });
      savePeople.push(after);
      continue;
    }
    const own = personChanges(before, after, { emailBefore, emailAfter });
    if (own.length > 0) savePeople.push(after);
    const ofTeams = teamChanges(after.id, teams, goneTeams);
    const inTeams = new Set(ofTeams.map((field) => field.column));
    const fields = [...own.filter((field) => !inTeams.has(field.column)), ...accounts, ...ofTeams];
    if (fields.length > 0) changes.push({ name, email, fields });
  }
  const present = new Set(ids.values());
  const leaving = stored.people.filter((person) => person.leftOn === null && !present.has(person.id));
  const saveTeams = [
    ...teams.filter(({ before, after }) => before === undefined || !sameTeam(before, after)).map(({ after }) => after),
    ...goneTeams.map((team) => ({ ...team, leftOn: context.today })),
  ];
  savePeople.push(...leaving.map((person) => ({ ...person, leftOn: context.today })));
  const leavers = leaving.map(({ name, email }) => ({ name, email }));
  return { plan: { adds, changes, leavers, savePeople, saveTeams, link, everybody }, problems };
}

/** The stored person whom each e-mail of the file means. */
function match(people: readonly FilePerson[], stored: StoredRoster) {
  const byAccount = new Map<string, Person>();
  const byPersonId = new Map(stored.people.map((person) => [person.id, person]));
  for (const [id, identity] of stored.identities) {
    const person = byPersonId.get(id);
    if (person !== undefined) byAccount.set(accountKey(identity), person);
  }
  const byEmail = new Map(stored.people.map((person) => [person.email, person]));
  const problems: RosterProblem[] = [];
  const matches = new Map<string, Person>();
  const inFile = new Set(people.map((one) => one.email));
  for (const one of people) {
    const sameEmail = byEmail.get(one.email);
    const sameAccount = one.account === null ? undefined : byAccount.get(accountKey(one.account));
    // Another row speaks for the account's owner, or the e-mail is known as somebody else's.
    if (
      sameAccount !== undefined &&
      sameAccount.email !== one.email &&
      (sameEmail !== undefined || inFile.has(sameAccount.email))
    ) {
      problems.push(tiedElsewhere(one.row));
    }
    const person = sameEmail ?? sameAccount;
    if (person !== undefined) matches.set(one.email, person);
  }
  return { matches, problems };
}

/** The problem of an account that somebody else has; it doesn't say who, since they may belong to another network. */
export function tiedElsewhere(row: number): RosterProblem {
  return {
    row,
    column: "aad_object_id",
    message: "This account belongs to somebody else already: check the id, or leave it empty.",
  };
}

export function accountKey(identity: Identity): string {
  return `${identity.tenantId} ${identity.objectId}`;
}

function personAfter(
  one: FilePerson,
  before: Person | undefined,
  idOf: (email: string | null) => PersonId | null,
  network: NetworkId,
): Person {
  const { name, email, role, scope, area, place, pcn, organisation, jobRole, external } = one;
  return {
    id: idOf(email) ?? newId<PersonId>(),
    network,
    name,
    email,
    role,
    scope,
    area,
    place,
    pcn,
    organisation,
    jobRole,
    external,
    manager: idOf(one.managerEmail),
    deputy: idOf(one.deputyEmail),
    leftOn: null,
    awayUntil: before?.awayUntil ?? null,
    stoppedAt: before?.stoppedAt ?? null,
  };
}

function sameTeam(before: Team, after: Team): boolean {
  const key = (team: Team) =>
    JSON.stringify([
      team.name,
      team.area,
      team.place,
      team.pcn,
      team.organisation,
      sorted(team.filePosts),
      [...team.managers].sort(),
      team.leftOn,
    ]);
  return key(before) === key(after);
}

function sorted(posts: Team["posts"]): unknown {
  return Object.entries(posts).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
