import type { Actor } from "../../kernel/actor.ts";
import { type LocalDate, Temporal } from "../../kernel/time.ts";
import type { CaseloadSummary, SummaryGroup } from "./contract.ts";
import type { CheckInDeps } from "./deps.ts";
import { weeksBack } from "./summary.ts";

/**
 * Figures of rounds whose single answers retention has deleted: what was frozen when they closed, in which no team can
 * be told from another.
 */

const gone = "The single answers of this check-in aren't kept any more. These are its combined figures, as they stood when it closed.";

/**
 * A lead's summary of the round that was latest on a day, where only its combined figures are left; null where the
 * answers themselves are there. A lead of some areas gets those of their areas that stood alone: all others hold teams
 * of somebody else.
 */
export async function combinedOfPast(
  deps: CheckInDeps,
  actor: Actor,
  to: LocalDate,
  by: CaseloadSummary["by"],
): Promise<CaseloadSummary | null> {
  if (actor.role !== "lead") return null;
  const read = deps.store.read(actor.network);
  const round = await read.rounds.latestBy(to);
  if (round === null || round.closedAt === null) return null;
  const { waiting, answered, skipped } = await read.rounds.teamCounts(round.id);
  if (waiting + answered + skipped > 0) return null;
  const frozen = await read.combined.of(round.id, by);
  const { scope } = actor;
  if (frozen === null) return null;
  if (scope?.kind === "network") return { ...frozen, withheld: `${gone} ${frozen.withheld ?? ""}`.trim() };
  const own = by === "area" && scope !== null ? frozen.groups.filter(({ name }) => scope.areas.includes(name)) : [];
  return { ...frozen, withheld: gone, coverage: "Only figures of your areas are shown.", groups: own, total: nothingOf(frozen.total) };
}

function nothingOf(total: SummaryGroup): SummaryGroup {
  return {
    ...total,
    ...{ teams: 0, answered: 0, carriedForward: 0, coverage: "", trend: [], details: null },
    ...{ last12Weeks: null, last52Weeks: null, waiting: null, longestWaitWeeks: null, teamsAbove: null, wteNeeded: null },
  };
}

/**
 * A summary whose trends begin as early as it was asked for: before the answers that a summary reads come the points
 * that were frozen at each close. For leads of the whole network.
 */
export async function withPastTrend(
  deps: CheckInDeps,
  actor: Actor,
  summary: CaseloadSummary,
  from: LocalDate | null,
): Promise<CaseloadSummary> {
  if (from === null || summary.asOf === null || actor.scope?.kind !== "network") return summary;
  const first = Temporal.PlainDate.from(summary.asOf).subtract({ weeks: weeksBack });
  if (Temporal.PlainDate.compare(from, first) >= 0) return summary;
  const frozen = await deps.store.read(actor.network).combined.between(from, first, summary.by);
  const longer = (group: SummaryGroup, ofRound: (one: CaseloadSummary) => SummaryGroup | undefined): SummaryGroup => {
    const known = group.trend[0]?.openedOn ?? null;
    const points = frozen.flatMap((one) => {
      const load12 = ofRound(one)?.last12Weeks?.load;
      const isEarlier = one.asOf !== null && (known === null || one.asOf < known);
      return load12 === undefined || !isEarlier || one.asOf === null ? [] : [{ openedOn: one.asOf, load12 }];
    });
    return { ...group, trend: [...points, ...group.trend] };
  };
  return {
    ...summary,
    total: longer(summary.total, (one) => one.total),
    groups: summary.groups.map((group) => longer(group, ({ groups }) => groups.find(({ name }) => name === group.name))),
  };
}
