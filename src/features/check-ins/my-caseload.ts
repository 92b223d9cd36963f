import type { Actor } from "../../kernel/actor.ts";
import type { LocalDate } from "../../kernel/time.ts";
import { type Guides, rolling, stateSentence } from "./caseload.ts";
import type { MyCaseload } from "./contract.ts";
import type { CheckInDeps } from "./deps.ts";
import type { PastCheckIn, Round } from "./model.ts";
import { neededFrom, type Opening, openingsOf, shownFrom } from "./openings.ts";
import { asItStood, periodsOf } from "./periods.ts";
import type { CheckInStores } from "./ports.ts";
import { loadSummaryOf } from "./summary.ts";
import { guideOf, loadOf, rounded } from "./summary-groups.ts";

/** Teams behind a median at least: any manager may see it. */
const fewestBehindMedian = 10;

/** Somebody's own teams at each opening of the last 52 weeks, beside the network's median. */
export async function myCaseload(deps: CheckInDeps, actor: Actor): Promise<MyCaseload> {
  const read = deps.store.read(actor.network);
  const own = await read.roster.teamsOf(actor.person);
  const { asOf, guides, teams } = await loadSummaryOf(deps, actor.network, own, null);
  // Who has no team has nothing to compare.
  if (asOf === null || own.length === 0) return { asOf: asOf?.opensOn.toString() ?? null, teams: [], network: [] };
  const past = await read.checkIns.since(own.map(({ id }) => id), neededFrom(asOf.opensOn));
  const byTeam = Map.groupBy(past, ({ team }) => team);
  return {
    asOf: asOf.opensOn.toString(),
    teams: teams.map(({ team, rolling12, rolling52 }) => ({
      team: { id: team.id, name: team.name },
      last12Weeks: loadOf(rolling12),
      last52Weeks: loadOf(rolling52),
      standing: rolling12 === null ? null : stateSentence(rolling12.state),
      points: openingsOf(byTeam.get(team.id) ?? [], guides, asOf.opensOn).map(pointOf),
    })),
    network: await networkMedians(read, asOf, guides),
  };
}

function pointOf({ checkIn, rolling12, rolling52 }: Opening): MyCaseload["teams"][number]["points"][number] {
  return {
    openedOn: checkIn.opensOn.toString(),
    load12: rolling12 === null ? null : rounded(rolling12.load, 2),
    load52: rolling52 === null ? null : rounded(rolling52.load, 2),
    newPeople: rolling12 === null ? null : rounded(rolling12.newPeople, 1),
    guide: rolling12 === null ? null : guideOf(rolling12),
  };
}

/**
 * The median at each opening of the teams that answered it, those that have left since among them, so that it stays
 * what it was. It waits for the close: while answers come in, each would move it.
 */
async function networkMedians(read: CheckInStores, asOf: Round, guides: Guides): Promise<MyCaseload["network"]> {
  const ids = (await read.roster.teams({ includeLeft: true })).map(({ id }) => id);
  const past = await read.checkIns.since(ids, shownFrom(asOf.opensOn).subtract({ weeks: 12 }));
  const teams = [...Map.groupBy(past, ({ team }) => team).values()].map(periodsOf);
  return openingsIn(past, asOf).map((day) => {
    const isOpen = asOf.closedAt === null && day.equals(asOf.opensOn);
    const loads = isOpen ? [] : teams.flatMap((periods) => rolling(asItStood(periods, day), guides, day, 12)?.load ?? []);
    const middle = loads.length < fewestBehindMedian ? null : median(loads);
    return { openedOn: day.toString(), median12: middle === null ? null : rounded(middle, 2) };
  });
}

/** The openings of the last 52 weeks, oldest first. */
function openingsIn(past: readonly PastCheckIn[], asOf: Round): LocalDate[] {
  const days = new Map(past.map(({ opensOn }) => [opensOn.toString(), opensOn]));
  const [first, last] = [shownFrom(asOf.opensOn).toString(), asOf.opensOn.toString()];
  return [...days]
    .filter(([day]) => day >= first && day <= last)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, day]) => day);
}

/** The middle of an ordered list, or the mean of the two in the middle; null of none. */
function median(numbers: readonly number[]): number | null {
  const ordered = numbers.toSorted((a, b) => a - b);
  const [low, high] = [ordered[Math.ceil(ordered.length / 2) - 1], ordered[Math.floor(ordered.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
