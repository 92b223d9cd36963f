import { letOthersIn } from "../../kernel/chunks.ts";
import type { LocalDate } from "../../kernel/time.ts";
import { allOf } from "../../kernel/together.ts";
import { type Rolling, rolling, sumRolling } from "./caseload.ts";
import { mayShow, type PlacedTeam } from "./combine.ts";
import type { SummaryGroup } from "./contract.ts";
import type { TeamCards } from "./details.ts";
import { addTo, type Loads, noLoads, teamPortions } from "./medians.ts";
import type { PastCheckIn, PastDetails, Round } from "./model.ts";
import { asItStood } from "./periods.ts";
import type { CheckInStores } from "./ports.ts";
import { said, weeksBack } from "./summary.ts";
import { type CombinedRow, placedOf, rounded } from "./summary-groups.ts";

/** What the figures of a closed round are worked out from. */
export interface CombinedReading {
  readonly rows: readonly CombinedRow[];
  /** Every team, those that have left among them, with its second card of the round. */
  readonly cards: readonly TeamCards[];
  /** As it stood at each opening, of the teams that answered it. */
  readonly trend: SummaryGroup["trend"];
  readonly loads: Loads;
}

/** What some teams' loads at an opening come to. */
interface Point {
  readonly teams: PlacedTeam[];
  sum: Rolling | null;
}

/**
 * Reads what teams answered, some at a time: of each only what the figures need is kept, none of its history.
 *
 * Others go on meanwhile. Answers of later rounds aren't looked at; nobody can answer this one any more. What is erased
 * or moved meanwhile is taken as it is when its team is read, and each team is read once: so it counts once, or not at all.
 * @param trendFrom the first opening that the trend needs
 */
export async function readCombined(read: CheckInStores, round: Round, trendFrom: LocalDate): Promise<CombinedReading> {
  const openings = await openingsOf(read, round, trendFrom);
  const rows: CombinedRow[] = [];
  const cards: TeamCards[] = [];
  const loads = noLoads();
  const points = openings.map((): Point => ({ teams: [], sum: null }));
  for await (const ids of teamPortions(read.closing)) {
    const [teams, answers, states, second] = await allOf([
      read.roster.teamsByIds(ids),
      read.checkIns.since(ids, round.opensOn.subtract({ weeks: weeksBack })),
      read.rounds.teams(round.id, ids),
      read.checkIns.detailsSince(ids, round.opensOn),
    ]);
    const past = Map.groupBy(answers, ({ team }) => team);
    const parts = new Map(states.map(({ team, state }) => [team, state]));
    const details = new Map(second.map((card) => [`${card.team} ${card.round}`, card]));
    await letOthersIn();
    for (const id of ids) {
      const team = teams.get(id);
      if (team === undefined) continue;
      const { periods, ...row } = rowOf(placedOf({ team }), parts.get(id) ?? null, past.get(id) ?? [], round);
      rows.push(row);
      const card = details.get(`${id} ${round.id}`);
      cards.push({ team: row.team, cards: card === undefined ? [] : [withoutItsPerson(card)] });
      const own = row.answer === null ? null : row.rolling12;
      if (row.answer !== null) addTo(loads, own);
      openings.forEach((day, at) => {
        const one = day.equals(round.opensOn) ? own : rolling(asItStood(periods, day), round.guides, day, 12);
        const point = points[at];
        if (one !== null && point !== undefined) addToPoint(point, row.team, one);
      });
    }
  }
  return { rows, cards, loads, trend: openings.flatMap((day, at) => shownPoint(day, points[at])) };
}

function rowOf(team: PlacedTeam, part: CombinedRow["part"], past: readonly PastCheckIn[], round: Round) {
  const { answer, periods, rolling12, rolling52, waiting, longestWaitWeeks } = said(past, round);
  const answered = answer === null ? null : { carried: answer.carried };
  return { team, part, answer: answered, periods, rolling12, rolling52, waiting, longestWaitWeeks };
}

/** Only what the figures look at, so that a large network's cards fit into memory. */
function withoutItsPerson({ round, opensOn, periodFrom, questionSet, theme, answers }: PastDetails) {
  return { round, opensOn, periodFrom, questionSet, theme, answers };
}

/** The openings from a day to a round's own, oldest first. */
async function openingsOf({ rounds }: CheckInStores, round: Round, from: LocalDate): Promise<LocalDate[]> {
  const [first, last] = [from.toString(), round.opensOn.toString()];
  const latest = await rounds.page({ limit: weeksBack + 1, after: null });
  return latest
    .map(({ opensOn }) => opensOn)
    .filter((day) => day.toString() >= first && day.toString() <= last)
    .reverse();
}

/** Adds a team's load: of its own figures only their sum is kept, so that a large network's fit into memory. */
function addToPoint(point: Point, team: PlacedTeam, one: Rolling): void {
  point.teams.push(team);
  point.sum = point.sum === null ? one : sumRolling([point.sum, one]);
}

/**
 * A point of the trend, of the teams that answered that opening, where those pass the rule. Later answers, which may
 * reach back over openings that a team missed, change no earlier point: the change would be that one team.
 */
function shownPoint(day: LocalDate, point: Point | undefined): SummaryGroup["trend"] {
  const load = point !== undefined && mayShow(point.teams) ? point.sum?.load : undefined;
  return load === undefined ? [] : [{ openedOn: day.toString(), load12: rounded(load, 2) }];
}
