import type { z } from "zod";
import type { TeamResource } from "../../features/check-ins/contract.ts";

export type Team = z.infer<typeof TeamResource>;

/** How a list of teams can be ordered. */
export const orders = { load: "Load, highest first", area: "Area", name: "Name" } as const;
export type Order = keyof typeof orders;

/** States that a list of teams can be narrowed to; "unknown" is a load that can't be calculated. */
export type StateFilter = "above" | "in" | "below" | "unknown";

export interface TeamsView {
  readonly order: Order;
  /** Null for all. */
  readonly area: string | null;
  readonly state: StateFilter | null;
}

/** The teams that a view shows, in its order; within the same load or area by name, without a load or an area last. */
export function arranged(teams: readonly Team[], { order, area, state }: TeamsView): Team[] {
  return teams
    .filter((team) => area === null || team.area === area)
    .filter((team) => state === null || (team.state?.state ?? "unknown") === state)
    .toSorted((a, b) => comparing[order](a, b) || a.name.localeCompare(b.name, "en-GB"));
}

const comparing: Readonly<Record<Order, (a: Team, b: Team) => number>> = {
  load: (a, b) => (b.state?.load ?? -1) - (a.state?.load ?? -1),
  area: (a, b) => Number(a.area === null) - Number(b.area === null) || (a.area ?? "").localeCompare(b.area ?? "", "en-GB"),
  name: () => 0,
};

/** The areas of some teams, each once, by name. */
export function areasOf(teams: readonly Team[]): string[] {
  return [...new Set(teams.flatMap(({ area }) => area ?? []))].sort((a, b) => a.localeCompare(b, "en-GB"));
}
