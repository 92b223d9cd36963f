import { type Actor, allow, covers, type Role, type Scope } from "../../kernel/actor.ts";
import { asId, type PersonId } from "../../kernel/ids.ts";
import { dateIn, dayInWords, type LocalDate, Temporal } from "../../kernel/time.ts";
import type { RosterDeps } from "./import.ts";
import { leave } from "./leaving.ts";
import { type Listing, type Person, type Reach, rosterZone } from "./model.ts";
import type { PeopleWanted, RosterStore } from "./ports.ts";
import { reachOfListing } from "./reach.ts";
import { fileBringsBack, fileCounts, isLastRunner, lastRunner, placeAfter, wrongPlace, type Wrong } from "./roles.ts";

export interface PeoplePage {
  readonly items: readonly Listing[];
  /** The cursor of the next page; null on the last one. */
  readonly next: PersonId | null;
}

/**
 * One page of the people whom a lead or an admin looks after; nobody for everyone else.
 * @param page `reach` keeps those who get their cards in this way
 */
export async function listPeople(
  deps: Pick<RosterDeps, "store" | "canMail">,
  actor: Actor,
  page: PeopleWanted & { readonly limit: number; readonly after: PersonId | null; readonly reach?: Reach["by"] },
): Promise<PeoplePage> {
  const areas = actor.role === "admin" ? null : areasOf(actor.scope);
  if (areas?.length === 0) return { items: [], next: null };
  const { roster } = deps.store.read(actor.network);
  const { limit, reach, ...wanted } = page;
  const found: Listing[] = [];
  // How somebody is reached follows from several things that are known about them, so it is found out after the reading.
  for (let after = page.after, isMore = true; isMore && found.length <= limit; ) {
    const some = await roster.peoplePage({ ...wanted, after, limit: limit + 1, ...(areas === null ? {} : { areas }) });
    found.push(...some.filter((one) => reach === undefined || reachOfListing(one, deps.canMail).by === reach));
    isMore = some.length > limit;
    after = some.at(-1)?.person.id ?? null;
  }
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? (items.at(-1)?.person.id ?? null) : null };
}

/** The areas that a lead or an admin looks after, by name, with how many teams each has; none for everyone else. */
export async function listAreas(
  deps: Pick<RosterDeps, "store">,
  actor: Actor,
): Promise<{ readonly name: string; readonly teams: number }[]> {
  const { roster } = deps.store.read(actor.network);
  const teams = await roster.teams();
  const all = new Set([...(await roster.people()), ...teams].flatMap(({ area }) => area ?? []));
  return [...all]
    .filter((area) => allow.runners(actor) || covers(actor.scope, area))
    .toSorted()
    .map((name) => ({ name, teams: teams.filter(({ area }) => area === name).length }));
}

/** The areas of a scope; null for the whole network, none for nobody's. */
function areasOf(scope: Scope | null): readonly string[] | null {
  if (scope === null) return [];
  return scope.kind === "network" ? null : scope.areas;
}

/** What can be changed about a person between imports; what is left out stays. */
export interface PersonPatch {
  readonly awayUntil?: LocalDate | null;
  /** An id, or an e-mail. */
  readonly deputy?: string | null;
  readonly stopped?: boolean;
  /** This and what follows is for people who run the network to change. */
  readonly role?: Role;
  /** A lead's. */
  readonly scope?: Scope;
  /** They leave today, as if a roster file had them no more; nothing else is changed then. */
  readonly left?: true;
}

export type PatchOutcome =
  /** `note` says what the next roster import does with the change; null when nothing. */
  | { readonly ok: true; readonly listing: Listing; readonly note: string | null }
  | { readonly ok: false; readonly why: "forbidden" | "unknown" }
  | ({ readonly ok: false; readonly why: "invalid" } & Wrong<keyof PersonPatch>);

/**
 * Changes a person: anybody for themself, people who run the network for everyone, a lead for people in their scope.
 * Nothing is written when anything is wrong.
 */
export async function patchPerson(
  deps: Pick<RosterDeps, "store" | "clock">,
  actor: Actor,
  id: PersonId,
  patch: PersonPatch,
): Promise<PatchOutcome> {
  const now = deps.clock.now();
  const today = dateIn(rosterZone, now);
  const changesPlace = patch.role !== undefined || patch.scope !== undefined || patch.left === true;
  return deps.store.transaction(actor.network, async ({ roster, audit }): Promise<PatchOutcome> => {
    const runs = allow.runners(actor);
    if (changesPlace && !runs) return { ok: false, why: "forbidden" };
    if (changesPlace) await roster.lockForImport();
    const person = await roster.person(id);
    if (person === null || person.leftOn !== null) return { ok: false, why: runs ? "unknown" : "forbidden" };
    const may = runs || actor.person === id || (actor.role === "lead" && (await inScope(roster, actor.scope, person)));
    if (!may) return { ok: false, why: "forbidden" };
    const before = await roster.listing(id);
    if (before === null) return { ok: false, why: "unknown" };
    const record = (action: string, detail: Readonly<Record<string, unknown>>) =>
      audit.record({ at: now, actor, action, subject: id, detail });

    if (patch.left === true) {
      if (await isLastRunner(roster, person, { leftOn: today })) return invalid({ field: "left", message: lastRunner(person) });
      await leave(roster, person, today);
      await record("person.leave", { teams: before.teams.length });
      return { ok: true, listing: { ...before, person: { ...person, leftOn: today }, teams: [] }, note: fileBringsBack };
    }
    const deputy = await deputyIn(roster, person, patch.deputy);
    if (typeof deputy === "object" && deputy !== null) return invalid(deputy);
    const wrong = (await wrongPlace(roster, person, patch)) ?? wrongDate(patch.awayUntil, today);
    if (wrong !== null) return invalid(wrong);
    const place = placeAfter(person, patch);
    if (changesPlace) await roster.savePeople([{ ...person, ...place }]);
    if (patch.awayUntil !== undefined) await roster.setAway(id, patch.awayUntil);
    if (deputy !== undefined) await roster.setDeputy(id, deputy);
    if (patch.stopped !== undefined) await roster.setStopped(id, patch.stopped ? (person.stoppedAt ?? now) : null);
    const fields = Object.entries(patch).flatMap(([field, value]) => (value === undefined ? [] : [field]));
    await record("person.update", { fields, ...(patch.role === undefined ? {} : { from: person.role, role: place.role }) });
    const listing = await roster.listing(id);
    const isInFile = changesPlace || patch.deputy !== undefined;
    return listing === null ? { ok: false, why: "unknown" } : { ok: true, listing, note: isInFile ? fileCounts : null };
  });
}

/** Whether a lead of `scope` looks after a person: by their own area, or by one of their teams'. */
export async function inScope(roster: RosterStore, scope: Scope | null, person: Person): Promise<boolean> {
  if (covers(scope, person.area)) return true;
  return (await roster.teamsOf(person.id)).some((team) => covers(scope, team.area));
}

/** The deputy whom a change names, by id or e-mail; what is wrong with them, or undefined when it names none. */
async function deputyIn(
  roster: RosterStore,
  person: Person,
  named: string | null | undefined,
): Promise<PersonId | null | undefined | Wrong<"deputy">> {
  if (named === undefined || named === null) return named;
  const deputy = named.includes("@")
    ? await roster.personByEmail(named.toLowerCase())
    : await roster.person(asId<PersonId>(named));
  if (deputy === null || deputy.leftOn !== null) {
    return { field: "deputy", message: "The deputy isn't in the roster: name somebody who is." };
  }
  if (deputy.id === person.id) return { field: "deputy", message: "Nobody is their own deputy: name somebody else." };
  return deputy.id;
}

function wrongDate(until: LocalDate | null | undefined, today: LocalDate): Wrong<"awayUntil"> | null {
  if (until === undefined || until === null || Temporal.PlainDate.compare(until, today) >= 0) return null;
  return { field: "awayUntil", message: `${dayInWords(until, today)} is in the past. Write a date from today on.` };
}

function invalid(wrong: Wrong<keyof PersonPatch>): PatchOutcome {
  return { ok: false, why: "invalid", ...wrong };
}
