import type { Actor } from "../../kernel/actor.ts";
import type { RoundId } from "../../kernel/ids.ts";
import { dateIn, type Instant } from "../../kernel/time.ts";
import { combinedDetails } from "./combined-details.ts";
import type { CaseloadSummary } from "./contract.ts";
import { type CheckInDeps, readSettings } from "./deps.ts";
import type { CheckInStores } from "./ports.ts";
import { guidesOf } from "./settings.ts";
import { summaryOf } from "./summary.ts";
import { cardsOf, combinedSummary } from "./summary-groups.ts";

const groupings = ["area", "place"] as const;

/**
 * Works out the combined figures of a round that closes, in the transaction that closes it. They stay as they are:
 * if they followed the roster, the guide ranges or what people erase, two looks could differ by a single team.
 */
export async function freezeCombined(tx: CheckInStores, id: RoundId, now: Instant): Promise<void> {
  const round = await tx.rounds.byId(id);
  if (round === null) return;
  const { zone } = await readSettings(tx.settings);
  // Teams that left during the round among them: they were part of it.
  const teams = await tx.roster.teams({ includeLeft: true });
  const data = await summaryOf(tx, teams, round, dateIn(zone, now));
  const stoodBehind = await tx.combined.behind();
  for (const by of groupings) {
    const before = await tx.combined.latest(by);
    const fresh = combinedSummary(data, by);
    const earlier = { details: before?.total.details ?? null, behind: stoodBehind };
    const { details, behind } = combinedDetails(round, data.teams.map(cardsOf), earlier);
    const frozen = before === null ? fresh : withTrendOf(before, fresh);
    await tx.combined.save(id, { ...frozen, total: { ...frozen.total, details } }, behind);
  }
}

/** The points of the trend that were shown before stay as they were shown. */
function withTrendOf(before: CaseloadSummary, fresh: CaseloadSummary): CaseloadSummary {
  const added = fresh.total.trend.filter(({ openedOn }) => before.asOf === null || openedOn > before.asOf);
  return { ...fresh, total: { ...fresh.total, trend: [...before.total.trend, ...added].slice(-trendLength) } };
}

/** Points of a trend at most: ten years of weekly rounds. Retention takes those away that are past their time. */
const trendLength = 522;

/** The combined figures of the round that closed last, for people outside the leads. */
export async function combinedFor(
  deps: Pick<CheckInDeps, "store">,
  actor: Actor,
  by: CaseloadSummary["by"],
): Promise<CaseloadSummary> {
  const read = deps.store.read(actor.network);
  const frozen = await read.combined.latest(by);
  if (frozen !== null) return frozen;
  return combinedSummary({ asOf: null, guides: guidesOf(await readSettings(read.settings)), teams: [] }, by);
}
