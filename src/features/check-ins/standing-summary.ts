import type { Actor } from "../../kernel/actor.ts";
import { dateIn, type LocalDate } from "../../kernel/time.ts";
import type { CaseloadSummary } from "./contract.ts";
import { type CheckInDeps, readSettings } from "./deps.ts";
import type { Round } from "./model.ts";
import { coverageIn, groupFrom, sumsOf } from "./standing-figures.ts";
import type { StandingSum } from "./standing-ports.ts";
import { areasOf, readyRound } from "./standings.ts";
import { loadSummary, summaryOf, type TeamSummary } from "./summary.ts";
import { noPlace, openSummary, ringOf } from "./summary-groups.ts";

/** What a summary is asked for. */
export interface SummaryWanted {
  readonly by: CaseloadSummary["by"];
  /** The first opening of the trends; null for all that the answers go back to. */
  readonly from: LocalDate | null;
  /** The day on which the round was the latest one that it is as of; null for now. */
  readonly to: LocalDate | null;
}

/** The teams that a lead rings first, and those of a summary. */
const first = 3;

/**
 * The summary of a lead's teams, or of a manager's own. A lead's is read from sums over their areas and places; as of an
 * earlier round, it is worked out from the answers.
 */
export async function summaryFor(deps: CheckInDeps, actor: Actor, { by, from, to }: SummaryWanted): Promise<CaseloadSummary> {
  const isLead = actor.role === "lead";
  const asOf = isLead ? await readyRound(deps, actor.network) : null;
  const read = deps.store.read(actor.network);
  const isLatest = to === null || (await read.rounds.latestBy(to))?.id === (await read.rounds.latestBy(null))?.id;
  if (asOf === null || !isLatest) return openSummary(await loadSummary(deps, actor, to), by, from, isLead);
  const sums = await read.standings.sums(asOf.id, { areas: areasOf(actor), figures: null });
  const { teams } = await candidates(deps, actor, asOf, first);
  const total = sumsOf(sums);
  const group = (name: string, parts: readonly StandingSum[]) => groupFrom(name, sumsOf(parts), asOf.questionSet, from);
  return {
    asOf: asOf.opensOn.toString(),
    by,
    coverage: coverageIn(total),
    total: groupFrom("All", total, asOf.questionSet, from),
    groups: [...Map.groupBy(sums, (sum) => (sum[by] === "" ? noPlace[by] : sum[by]))]
      .sort(([a], [b]) => a.localeCompare(b, "en-GB"))
      .map(([name, parts]) => group(name, parts)),
    withheld: null,
    ring: ringOf(teams),
  };
}

/** What is known of the few teams among which those to ring first are, and how many have an overdue request as their only reason. */
export async function candidates(
  deps: CheckInDeps,
  actor: Actor,
  asOf: Round,
  count: number,
): Promise<{ readonly teams: readonly TeamSummary[]; readonly byDateAlone: number }> {
  const read = deps.store.read(actor.network);
  const today = dateIn((await readSettings(read.settings)).zone, deps.clock.now());
  const { teams: ids, byDateAlone } = await read.standings.toRing(areasOf(actor), today, count);
  const teams = [...(await read.roster.teamsByIds(ids)).values()];
  return { teams: (await summaryOf(read, teams, asOf, today)).teams, byDateAlone };
}
