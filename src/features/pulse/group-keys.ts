import type { Person } from "../roster/model.ts";
import type { Grouping } from "./model.ts";

/** What of a person decides their reporting group. */
export type Placed = Pick<Person, "area" | "jobRole" | "role">;

/** What those who aren't members of somebody's team are called among the job roles. */
export const managers = "Managers";

/** The area, or job role, by which somebody belongs to a group, as the roster has it; null when it has none. */
export function valueOf(by: Grouping, { area, jobRole, role }: Placed): string | null {
  const value = by === "area" ? area : role === "member" ? jobRole : managers;
  const trimmed = value?.trim().replace(/\s+/gu, " ") ?? "";
  return trimmed === "" ? null : trimmed;
}

/** Text in which case, spaces and ways to write a letter make no difference: job roles are free text. */
export function comparable(text: string): string {
  return text.normalize("NFKC").trim().replace(/\s+/gu, " ").toLowerCase();
}
