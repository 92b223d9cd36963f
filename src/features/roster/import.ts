import type { Actor } from "../../kernel/actor.ts";
import type { NetworkId, PersonId } from "../../kernel/ids.ts";
import type { Store } from "../../kernel/store.ts";
import { type Clock, dateIn } from "../../kernel/time.ts";
import { listInWords } from "../../kernel/words.ts";
import type { RosterProblem } from "./csv.ts";
import { type RosterFile, readRosterFile } from "./file.ts";
import { type ChatState, type Reach, rosterZone } from "./model.ts";
import { accountKey, type ImportPlan, planImport, tiedElsewhere } from "./plan.ts";
import type { RosterStore, RosterStores } from "./ports.ts";
import { reachOf } from "./reach.ts";

export interface RosterDeps {
  readonly store: Store<RosterStores>;
  readonly clock: Clock;
  /** The tenant of people whose tenant_id is empty; null when there is none. */
  readonly defaultTenant: string | null;
  /** True when a link can be mailed to people whom Teams can't reach. */
  readonly canMail: boolean;
}

export interface ImportCounts {
  readonly people: number;
  readonly teams: number;
  readonly adds: number;
  readonly changes: number;
  readonly leavers: number;
}

export interface ImportReport extends Pick<ImportPlan, "adds" | "changes" | "leavers"> {
  readonly dryRun: boolean;
  readonly warnings: readonly string[];
  readonly counts: ImportCounts;
  /** How everybody of the file will get their cards once it is imported, in the file's order. */
  readonly reach: readonly (Reach & { readonly name: string; readonly email: string })[];
}

export type ImportOutcome =
  | { readonly ok: true; readonly report: ImportReport }
  | { readonly ok: false; readonly problems: readonly RosterProblem[] };

/**
 * Makes a network's roster what the file says: all of it in one transaction, or nothing when any row is wrong.
 * A dry run only says what would change. `by.actor` is null for the command line.
 */
export async function importRoster(
  deps: RosterDeps,
  by: { readonly network: NetworkId; readonly actor: Actor | null },
  csv: Uint8Array,
  options: { readonly dryRun: boolean },
): Promise<ImportOutcome> {
  const file = readRosterFile(csv, deps.defaultTenant);
  const now = deps.clock.now();
  const context = { network: by.network, today: dateIn(rosterZone, now) };
  const prepare = async (roster: RosterStore) => {
    const [people, teams, identities] = [
      await roster.people({ includeLeft: true }),
      await roster.teams({ includeLeft: true }),
      await roster.identities(),
    ];
    const { plan, problems } = planImport(file, { people, teams, identities }, context);
    const all = [...file.problems, ...problems, ...(await tiedInOtherNetworks(file, roster))];
    if (all.length === 0 && leaves(plan, by.actor)) all.push(yourself);
    const reach = reachOfEverybody(plan, await roster.chats(), deps.canMail);
    return { plan, problems: all.toSorted((a, b) => (a.row ?? 0) - (b.row ?? 0)), reach };
  };

  if (options.dryRun || file.problems.length > 0) {
    const { plan, problems, reach } = await prepare(deps.store.read(by.network).roster);
    if (problems.length > 0) return { ok: false, problems };
    return { ok: true, report: report(file, plan, reach, options.dryRun) };
  }
  return deps.store.transaction(by.network, async ({ roster, audit }): Promise<ImportOutcome> => {
    await roster.lockForImport();
    const { plan, problems, reach } = await prepare(roster);
    if (problems.length > 0) return { ok: false, problems };
    await write(roster, plan);
    const done = report(file, plan, reach, false);
    await audit.record({
      at: now,
      actor: by.actor,
      action: "roster.import",
      subject: null,
      detail: { ...done.counts },
    });
    return { ok: true, report: done };
  });
}

async function write(roster: RosterStore, plan: ImportPlan): Promise<void> {
  if (plan.savePeople.length > 0) await roster.savePeople(plan.savePeople);
  if (plan.saveTeams.length > 0) await roster.saveTeams(plan.saveTeams);
  for (const { person, replaces } of plan.link) if (replaces) await roster.unlinkIdentities(person);
  await roster.linkIdentities(plan.link);
}

async function tiedInOtherNetworks(file: RosterFile, roster: RosterStore): Promise<RosterProblem[]> {
  const taken = await roster.takenElsewhere(file.people.flatMap((one) => one.account ?? []));
  const keys = new Set(taken.map(accountKey));
  return file.people
    .filter((one) => one.account !== null && keys.has(accountKey(one.account)))
    .map((one) => tiedElsewhere(one.row));
}

const yourself: RosterProblem = {
  row: null,
  column: "email",
  message: "You would remove yourself: add a row with your own e-mail, or let another admin import this file.",
};

function leaves(plan: ImportPlan, actor: Actor | null): boolean {
  return plan.savePeople.some((person) => person.id === actor?.person && person.leftOn !== null);
}

function reachOfEverybody(
  { everybody }: ImportPlan,
  chats: ReadonlyMap<PersonId, ChatState>,
  canMail: boolean,
): ImportReport["reach"] {
  return everybody.map(({ person, hasAccount, keepsChat }) => {
    const { id, name, email, external, stoppedAt } = person;
    const chat = keepsChat ? (chats.get(id) ?? null) : null;
    return { name, email, ...reachOf({ hasAccount, chat, external, stopped: stoppedAt !== null, canMail }) };
  });
}

function report(file: RosterFile, plan: ImportPlan, reach: ImportReport["reach"], dryRun: boolean): ImportReport {
  const { adds, changes, leavers } = plan;
  const counts = {
    people: file.people.length,
    teams: file.teams.length,
    adds: adds.length,
    changes: changes.length,
    leavers: leavers.length,
  };
  return { dryRun, adds, changes, leavers, warnings: [...file.warnings, ...undone(plan)], counts, reach };
}

/** What may have been set here since the last import, and this file sets back. */
function undone({ adds, changes }: ImportPlan): string[] {
  const placed = changes.filter(({ fields }) => fields.some(({ column }) => column === "role" || column === "scope"));
  const back = adds.filter(({ returning }) => returning);
  return [
    ...(placed.length === 0
      ? []
      : [`The file gives these people another role or scope than they have here: ${namesOf(placed)}. If that was set here, change it in the file too.`]),
    ...(back.length === 0
      ? []
      : [`These people had left and come back with this file: ${namesOf(back)}. If they did leave, take them out of the file.`]),
  ];
}

function namesOf(people: readonly { readonly name: string }[]): string {
  const [named, more] = [people.slice(0, mostNamed), people.length - mostNamed];
  return listInWords([...named.map(({ name }) => name), ...(more > 0 ? [`${more} more`] : [])]);
}

const mostNamed = 5;
