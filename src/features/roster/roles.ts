import type { Role, Scope } from "../../kernel/actor.ts";
import { type Person, runsNetwork } from "./model.ts";
import type { RosterStore } from "./ports.ts";

/** What somebody may do: their role, and a lead's scope. */
export type Place = Pick<Person, "role" | "scope">;

/** A change of somebody's place; what is left out stays. */
export interface PlacePatch {
  readonly role?: Role;
  readonly scope?: Scope;
}

/** Something to put right in a change, and the field that it is about. */
export interface Wrong<Field extends string> {
  readonly field: Field;
  readonly message: string;
}

/** Somebody's place after a change; only leads have a scope. */
export function placeAfter(before: Place, patch: PlacePatch): Place {
  const role = patch.role ?? before.role;
  return { role, scope: role === "lead" ? (patch.scope ?? before.scope) : null };
}

/** What is wrong with giving a person another role or scope; null when nothing is. */
export async function wrongPlace(
  roster: RosterStore,
  person: Person,
  patch: PlacePatch,
): Promise<Wrong<"role" | "scope"> | null> {
  if (patch.role === undefined && patch.scope === undefined) return null;
  const after = placeAfter(person, patch);
  if (after.role !== "lead" && patch.scope !== undefined) {
    return { field: "scope", message: "Only a lead has a scope: make this person a lead as well." };
  }
  if (after.role === "lead" && after.scope === null) {
    return { field: "scope", message: "A lead needs a scope: give the whole network, or its areas." };
  }
  if (patch.scope?.kind === "areas") {
    const known = new Set([...(await roster.people()), ...(await roster.teams())].map((one) => one.area));
    const unknown = patch.scope.areas.find((area) => !known.has(area));
    if (unknown !== undefined) {
      return { field: "scope", message: `“${unknown}” is not an area of this network: name one that is.` };
    }
  }
  if (patch.role === "member" && (await roster.teamsOf(person.id)).length > 0) {
    return { field: "role", message: `${person.name} manages a team, and a member manages none: give it to somebody else first.` };
  }
  const field = patch.role === undefined ? "scope" : "role";
  return (await isLastRunner(roster, person, after)) ? { field, message: lastRunner(person) } : null;
}

/** True when somebody runs the network, won't after the change, and nobody else does. */
export async function isLastRunner(
  roster: RosterStore,
  person: Person,
  after: Partial<Pick<Person, "role" | "scope" | "leftOn">>,
): Promise<boolean> {
  if (!runsNetwork(person) || runsNetwork({ ...person, ...after })) return false;
  return !(await roster.people()).some((one) => one.id !== person.id && runsNetwork(one));
}

export function lastRunner({ name }: Pick<Person, "name">): string {
  return `Without ${name} nobody would run the network: make somebody else an admin, or a lead of the whole network, first.`;
}

/** What the next import of a roster file does with a change that was made here. */
export const fileCounts =
  "The next roster import takes this from its file again, and shows it before anything is written: change it there too.";
/** The same for somebody who has left. */
export const fileBringsBack = "If the next roster file still has them, the import brings them back: take them out there too.";
