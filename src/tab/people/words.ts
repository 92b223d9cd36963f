import type { PersonResource } from "../../features/roster/contract.ts";
import { day } from "../parts/dates.ts";

/** Roles in the product's words. */
export const roleWords: Readonly<Record<PersonResource["role"], string>> = {
  manager: "Manager",
  member: "Team member",
  lead: "Lead",
  viewer: "Viewer",
  admin: "Admin",
};

/** How cards get to somebody, in the product's words. */
export const reachWords: Readonly<Record<PersonResource["reach"]["by"], string>> = {
  teams: "In Teams",
  link: "Link by e-mail",
  none: "Not reached",
};

/** What a list says of somebody's absence: "Away until Friday 4 December; Ana Bell stands in". Empty when they are there. */
export function absenceInWords({ awayUntil, deputy }: Pick<PersonResource, "awayUntil" | "deputy">): string {
  const standIn = deputy === null ? "" : `${deputy.name} stands in`;
  if (awayUntil === null) return standIn === "" ? "" : `${standIn} when they are away`;
  return [`Away until ${day(awayUntil)}`, standIn].filter((part) => part !== "").join("; ");
}
