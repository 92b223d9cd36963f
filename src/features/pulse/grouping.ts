import { type LocalDate, Temporal } from "../../kernel/time.ts";
import { atLeast } from "./binomial.ts";
import { comparable, managers, type Placed, valueOf } from "./group-keys.ts";
import { groupNames, sharedWords } from "./group-names.ts";
import type { Grouping, Groups } from "./model.ts";

/** The response that groups are planned for, and how often such a wave is to reach the threshold in each. */
const expectedResponse = 0.6;
const howOften = 0.975;

/**
 * Fewest people that a group must have invited, so that with 60 % of them answering (FACTS, section 6) at least
 * `threshold` do in 97.5 % of waves: 24 for 10.
 */
export function fewestInvited(threshold: number): number {
  let invited = threshold;
  while (atLeast(threshold, invited, expectedResponse) < howOften) invited += 1;
  return invited;
}

export interface GroupingOptions {
  readonly by: Grouping;
  /** Areas in an order in which neighbours belong together; those not named follow in the order of the alphabet. */
  readonly areasInOrder: readonly string[];
  readonly threshold: number;
  readonly today: LocalDate;
}

/**
 * A network's reporting groups for the year to come: neighbouring areas, or job roles of members with managers as one
 * of them, joined until nearly every wave can show each group. There are as many groups as possible; then as many as
 * possible that a word names ("North areas"); then the smallest is as large as possible. People without an area, or
 * role, are in no group; and where two groups aren't possible, there are none.
 * @param people those who are to be asked, in any order
 */
export function makeGroups(people: readonly Placed[], { by, areasInOrder, threshold, today }: GroupingOptions): Groups {
  const parts = partsOf(people, by, areasInOrder);
  const runs = bestRuns(parts, fewestInvited(threshold)).map((run) => run.map(({ name }) => name));
  const names = groupNames(runs, by);
  const groups = runs.length < 2 ? [] : runs.map((members, nth) => ({ name: names[nth] ?? "", members }));
  return { by, madeOn: today, groups };
}

/** True while a network keeps its groups: for a year, unless it wants another kind. */
export function areStillGood(groups: Groups, by: Grouping, today: LocalDate): boolean {
  return groups.by === by && Temporal.PlainDate.compare(today, groups.madeOn.add({ years: 1 })) < 0;
}

/** The name of somebody's group; null when they are in none. */
export function groupOf({ by, groups }: Groups, person: Placed): string | null {
  const value = valueOf(by, person);
  if (value === null) return null;
  const wanted = comparable(value);
  return groups.find(({ members }) => members.some((member) => comparable(member) === wanted))?.name ?? null;
}

/** An area or job role with how many of its people are asked. */
interface Part {
  readonly name: string;
  readonly people: number;
}

function partsOf(people: readonly Placed[], by: Grouping, areasInOrder: readonly string[]): Part[] {
  const values = people.flatMap((person) => valueOf(by, person) ?? []);
  const order = by === "area" ? areasInOrder.map(comparable) : [];
  const place = (name: string) => {
    const found = order.indexOf(comparable(name));
    const isLast = by === "job-role" && comparable(name) === comparable(managers);
    return isLast ? Infinity : found === -1 ? order.length : found;
  };
  return [...Map.groupBy(values, comparable).values()]
    .map((same) => ({ name: usualSpelling(same), people: same.length }))
    .sort(({ name: a }, { name: b }) => (place(a) === place(b) ? byName(a, b) : place(a) - place(b)));
}

function byName(a: string, b: string): number {
  return a.localeCompare(b, "en-GB") || (a < b ? -1 : 1);
}

/** The spelling that most use; of several, the first by its letters, so that the order of people doesn't matter. */
function usualSpelling(values: readonly string[]): string {
  const spellings = [...Map.groupBy(values, (value) => value)];
  const [best] = spellings.sort(([a, those], [b, others]) => others.length - those.length || (a < b ? -1 : 1));
  return best?.[0] ?? "";
}

interface Plan {
  readonly runs: readonly (readonly Part[])[];
  readonly named: number;
  /** People in its smallest run. */
  readonly smallest: number;
}

/**
 * The best way to cut the parts into runs of at least `fewest` people; none when there is no way. Whatever is best for
 * all parts is made of the best for those before its last run, since each further run adds the same to both.
 */
function bestRuns(parts: readonly Part[], fewest: number): Plan["runs"] {
  const names = parts.map(({ name }) => name);
  const best: (Plan | null)[] = [{ runs: [], named: 0, smallest: Infinity }];
  for (let end = 1; end <= parts.length; end += 1) {
    let found: Plan | null = null;
    for (let start = 0; start < end; start += 1) {
      const before = best[start] ?? null;
      const run = parts.slice(start, end);
      const size = run.reduce((sum, { people }) => sum + people, 0);
      if (before === null || size < fewest) continue;
      const isNamed = sharedWords(run.map(({ name }) => name), names) !== null;
      const plan = {
        runs: [...before.runs, run],
        named: before.named + (isNamed ? 1 : 0),
        smallest: Math.min(before.smallest, size),
      };
      if (found === null || isBetter(plan, found)) found = plan;
    }
    best.push(found);
  }
  return best.at(-1)?.runs ?? [];
}

function isBetter(a: Plan, b: Plan): boolean {
  return (a.runs.length - b.runs.length || a.named - b.named || a.smallest - b.smallest) > 0;
}
