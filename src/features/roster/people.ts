import { type Actor, allow, covers, type Scope } from "../../kernel/actor.ts";
import type { PersonId } from "../../kernel/ids.ts";
import { dateIn, dayInWords, type LocalDate, Temporal } from "../../kernel/time.ts";
import type { RosterDeps } from "./import.ts";
import { type Listing, type Person, rosterZone } from "./model.ts";
import type { RosterStore } from "./ports.ts";

export interface PeoplePage {
  readonly items: readonly Listing[];
  /** The cursor of the next page; null on the last one. */
  readonly next: PersonId | null;
}

/** One page of the people whom a lead or an admin looks after; nobody for everyone else. */
export async function listPeople(
  deps: Pick<RosterDeps, "store">,
  actor: Actor,
  page: { readonly limit: number; readonly after: PersonId | null },
): Promise<PeoplePage> {
  const areas = actor.role === "admin" ? null : areasOf(actor.scope);
  if (areas?.length === 0) return { items: [], next: null };
  const { roster } = deps.store.read(actor.network);
  const found = await roster.peoplePage({ ...page, limit: page.limit + 1, ...(areas === null ? {} : { areas }) });
  const items = found.slice(0, page.limit);
  return { items, next: found.length > page.limit ? (items.at(-1)?.person.id ?? null) : null };
}

/** The areas of a scope; null for the whole network, none for nobody's. */
function areasOf(scope: Scope | null): readonly string[] | null {
  if (scope === null) return [];
  return scope.kind === "network" ? null : scope.areas;
}

/** What can be changed about a person between imports; what is left out stays. */
export interface PersonPatch {
  readonly awayUntil?: LocalDate | null;
  readonly deputy?: PersonId | null;
  readonly stopped?: boolean;
  /** A lead's; only people who run the network may change it. */
  readonly scope?: Scope;
}

export type PatchOutcome =
  | { readonly ok: true; readonly listing: Listing }
  | { readonly ok: false; readonly why: "forbidden" | "unknown" }
  | { readonly ok: false; readonly why: "invalid"; readonly field: keyof PersonPatch; readonly message: string };

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
  return deps.store.transaction(actor.network, async ({ roster, audit }): Promise<PatchOutcome> => {
    const person = await roster.person(id);
    const runs = allow.runners(actor);
    if (person === null || person.leftOn !== null) return { ok: false, why: runs ? "unknown" : "forbidden" };
    const may = runs || actor.person === id || (actor.role === "lead" && (await inScope(roster, actor.scope, person)));
    if (!may || (patch.scope !== undefined && !runs)) return { ok: false, why: "forbidden" };
    const wrong = (await wrongIn(roster, person, patch)) ?? wrongDate(patch.awayUntil, dateIn(rosterZone, now));
    if (wrong !== null) return wrong;

    if (patch.scope !== undefined) await roster.savePeople([{ ...person, scope: patch.scope }]);
    if (patch.awayUntil !== undefined) await roster.setAway(id, patch.awayUntil);
    if (patch.deputy !== undefined) await roster.setDeputy(id, patch.deputy);
    if (patch.stopped !== undefined) await roster.setStopped(id, patch.stopped ? (person.stoppedAt ?? now) : null);
    const fields = Object.entries(patch).flatMap(([field, value]) => (value === undefined ? [] : [field]));
    await audit.record({ at: now, actor, action: "person.update", subject: id, detail: { fields } });
    const listing = await roster.listing(id);
    return listing === null ? { ok: false, why: "unknown" } : { ok: true, listing };
  });
}

/** Whether a lead of `scope` looks after a person: by their own area, or by one of their teams'. */
export async function inScope(roster: RosterStore, scope: Scope | null, person: Person): Promise<boolean> {
  if (covers(scope, person.area)) return true;
  return (await roster.teamsOf(person.id)).some((team) => covers(scope, team.area));
}

async function wrongIn(roster: RosterStore, person: Person, patch: PersonPatch): Promise<PatchOutcome | null> {
  if (patch.deputy !== undefined && patch.deputy !== null) {
    if (patch.deputy === person.id) return invalid("deputy", "Nobody is their own deputy: name somebody else.");
    const deputy = await roster.person(patch.deputy);
    if (deputy === null || deputy.leftOn !== null)
      return invalid("deputy", "The deputy isn't in the roster: name somebody who is.");
  }
  if (patch.scope === undefined) return null;
  if (person.role !== "lead")
    return invalid("scope", "Only a lead has a scope: make this person a lead in the roster first.");
  if (patch.scope.kind === "network") return null;
  const known = new Set([...(await roster.people()), ...(await roster.teams())].map((one) => one.area));
  const unknown = patch.scope.areas.find((area) => !known.has(area));
  return unknown === undefined
    ? null
    : invalid("scope", `“${unknown}” is not an area of this network: name one that is.`);
}

function wrongDate(until: LocalDate | null | undefined, today: LocalDate): PatchOutcome | null {
  if (until === undefined || until === null || Temporal.PlainDate.compare(until, today) >= 0) return null;
  return invalid("awayUntil", `${dayInWords(until, today)} is in the past. Write a date from today on.`);
}

function invalid(field: keyof PersonPatch, message: string): PatchOutcome {
  return { ok: false, why: "invalid", field, message };
}
