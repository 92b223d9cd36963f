import type { Actor } from "../../kernel/actor.ts";
import { letOthersIn } from "../../kernel/chunks.ts";
import type { NetworkId, RoundId } from "../../kernel/ids.ts";
import { Temporal } from "../../kernel/time.ts";
import { combinedDetails } from "./combined-details.ts";
import { readCombined } from "./combined-reading.ts";
import type { CaseloadSummary } from "./contract.ts";
import type { CheckInDeps } from "./deps.ts";
import { medianOf } from "./medians.ts";
import { weeksBack } from "./summary.ts";
import { combinedSummary } from "./summary-groups.ts";

const groupings = ["area", "place"] as const;

/** After so long, whoever began to work out a round's figures has come to nothing: a hundred thousand teams take a minute. */
const givenUpAfter = { minutes: 5 };

/**
 * Works out the combined figures of rounds that have closed, one round after the other. They stay as they are: if they
 * followed the roster, the guide ranges or what people erase, two looks could differ by a single team. Until they are
 * there, everybody sees those of the round before. Safe to overlap; what was cut off begins anew.
 */
export async function freezeClosed(deps: Pick<CheckInDeps, "store" | "clock">, network: NetworkId): Promise<void> {
  for (;;) {
    const now = deps.clock.now();
    const round = await deps.store.read(network).closing.take(now, now.subtract(givenUpAfter));
    if (round === null) return;
    await freeze(deps, network, round);
  }
}

async function freeze(deps: Pick<CheckInDeps, "store">, network: NetworkId, id: RoundId): Promise<void> {
  const read = deps.store.read(network);
  const round = await read.rounds.byId(id);
  if (round === null) return;
  const shown = await read.combined.latest("area");
  const first = round.opensOn.subtract({ weeks: weeksBack });
  const after = shown === null || shown.asOf === null ? first : Temporal.PlainDate.from(shown.asOf);
  const { rows, cards, trend, loads } = await readCombined(read, round, after);
  await deps.store.transaction(network, async (tx) => {
    if (!(await tx.closing.end(id))) return;
    await tx.closing.saveMedian(id, medianOf(loads));
    // Second cards are shown for all teams together: the same with either grouping.
    const { details, behind } = combinedDetails(round, cards, {
      details: (await tx.combined.latest("area"))?.total.details ?? null,
      behind: await tx.combined.behind(),
    });
    for (const by of groupings) {
      const before = await tx.combined.latest(by);
      await letOthersIn();
      const fresh = combinedSummary({ asOf: round, rows, trend }, by);
      const frozen = before === null ? fresh : withTrendOf(before, fresh);
      await tx.combined.save(id, { ...frozen, total: { ...frozen.total, details } }, behind);
    }
  });
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
  const frozen = await deps.store.read(actor.network).combined.latest(by);
  return frozen ?? combinedSummary({ asOf: null, rows: [], trend: [] }, by);
}
