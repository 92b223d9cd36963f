import type { Instrument } from "../../features/pulse/instrument.ts";
import type { Choices } from "../../features/pulse/model.ts";
import type { Person } from "../../features/roster/model.ts";
import type { Luck } from "./luck.ts";

/** How worn out the people of an area are in the year's first survey, and what each further one adds, in points. */
const courses: Readonly<Record<string, readonly [number, number]>> = {
  "North Central": [46, -1],
  "North East": [52, 0.5],
  "North West": [45, -2],
  "South East": [46, 2.5],
  "South West": [42, 0],
};
const elsewhere = [46, 0] as const;
/** Managers are a little more so. */
const forManagers = 4;

/** How worn out somebody is in a survey, from 0 to 100. */
export function levelOf({ area, role }: Pick<Person, "area" | "role">, nth: number, luck: Luck): number {
  const [start, change] = courses[area ?? ""] ?? elsewhere;
  return luck.around(start + change * nth + (role === "manager" ? forManagers : 0), 15);
}

/** What somebody who is so worn out answers. A few items are left blank. */
export function choicesOf({ items, scales }: Instrument, level: number, luck: Luck): Choices {
  const choices: Record<string, number> = {};
  for (const { id, scale, isReversed } of items) {
    if (luck.chance(0.01)) continue;
    const points = luck.around(level, 14);
    const last = (scales[scale]?.choices.length ?? 1) - 1;
    // Scales run from the most to the least.
    const place = Math.round(((isReversed ? points : 100 - points) / 100) * last);
    choices[id] = Math.max(0, Math.min(last, place));
  }
  return choices;
}
