import type { Actor } from "../../kernel/actor.ts";
import { chunksOf } from "../../kernel/chunks.ts";
import type { NetworkId, TeamId } from "../../kernel/ids.ts";
import { dateIn, type Instant, type LocalDate, Temporal } from "../../kernel/time.ts";
import { type CheckInDeps, readSettings } from "./deps.ts";
import type { Round } from "./model.ts";
import type { CheckInStores } from "./ports.ts";
import { nameKeyOf, ringKeyOf } from "./ring.ts";
import { figuresOf } from "./standing-figures.ts";
import type { RankedStanding } from "./standing-ports.ts";
import { summaryOf, type TeamSummary, weeksBack } from "./summary.ts";

/**
 * Keeps what each team adds to its network's figures in step with its answers. The store names the teams about which
 * something changed; those few are worked out from their answers by the same arithmetic as ever, and the sums follow.
 */

/** Teams that are worked out in one go: few enough not to keep the process from answering others. */
const atOnce = 25;
/** Teams that are brought up to date in one transaction, so that the sums are written once for all of them. */
const together = 8 * atOnce;

/** Brings every team of a network up to date; runs every minute, and safe to overlap. */
export async function tendStandings(deps: Pick<CheckInDeps, "store" | "clock">, network: NetworkId): Promise<void> {
  while (await catchUp(deps, network));
  await deps.store.read(network).standings.foldCounts();
}

/** Brings some teams up to date; true when there may be more. */
async function catchUp(deps: Pick<CheckInDeps, "store" | "clock">, network: NetworkId): Promise<boolean> {
  if ((await deps.store.read(network).standings.staleCount(1)) === 0) return false;
  return deps.store.transaction(network, async (tx) => {
    await tx.standings.lock();
    const ids = await tx.standings.takeStale(together);
    const asOf = await tx.rounds.latestBy(null);
    if (asOf === null) return ids.length > 0;
    await bringUpToDate(tx, ids, asOf, deps.clock.now());
    const isDone = (await tx.standings.staleCount(1)) === 0;
    if (isDone) await tx.standings.setReady(asOf.id);
    return !isDone;
  });
}

/** Brings these teams up to date in the caller's transaction, which erases something that their figures stand on. */
export async function withoutErased(tx: CheckInStores, teams: readonly TeamId[], now: Instant): Promise<void> {
  await tx.standings.lock();
  const asOf = await tx.rounds.latestBy(null);
  if (asOf !== null) await bringUpToDate(tx, teams, asOf, now);
}

async function bringUpToDate(tx: CheckInStores, ids: readonly TeamId[], asOf: Round, now: Instant): Promise<void> {
  if (ids.length === 0) return;
  const today = dateIn((await readSettings(tx.settings)).zone, now);
  const openings = await openingsUpTo(tx, asOf);
  const fresh: RankedStanding[] = [];
  for (const some of chunksOf(ids, atOnce)) {
    const teams = [...(await tx.roster.teamsByIds(some)).values()].filter(({ leftOn }) => leftOn === null);
    const { teams: rows } = await summaryOf(tx, teams, asOf, today);
    fresh.push(...rows.map((row) => standingOf(row, asOf, openings)));
  }
  await tx.standings.replace(asOf.id, ids, fresh);
}

/** The openings that a trend as of a round goes over, weekly ones at most. */
async function openingsUpTo(tx: CheckInStores, asOf: Round): Promise<LocalDate[]> {
  const rounds = await tx.rounds.page({ limit: weeksBack + 1, after: null });
  const first = asOf.opensOn.subtract({ weeks: weeksBack });
  return rounds.map(({ opensOn }) => opensOn).filter((day) => Temporal.PlainDate.compare(day, first) >= 0);
}

function standingOf(row: TeamSummary, asOf: Round, openings: readonly LocalDate[]): RankedStanding {
  const { openRequest, team } = row;
  const isDated = openRequest !== null && !openRequest.reasons.includes("unsafe");
  return {
    ...{ team: team.id, round: asOf.id, area: team.area ?? "", place: team.place ?? "" },
    figures: figuresOf(row, asOf.guides, openings),
    nameKey: nameKeyOf(row),
    ringKey: ringKeyOf(row),
    requestDue: isDated ? openRequest.dueOn : null,
  };
}

/**
 * The latest round for which the figures of every team are summed, with a small network's brought up to date first. A
 * large network's follow by themselves, since an opening changes all of them: until then the figures as of the round
 * before stand. Null when there is none yet: right after the sums came to be, or before the first round.
 */
export async function readyRound(deps: Pick<CheckInDeps, "store" | "clock">, network: NetworkId): Promise<Round | null> {
  const read = deps.store.read(network);
  if ((await read.standings.staleCount(together + 1)) <= together) await catchUp(deps, network);
  const ready = await read.standings.ready();
  return ready === null ? null : read.rounds.byId(ready);
}

/** The areas that an actor's figures are of; null for the whole network. */
export function areasOf({ scope }: Actor): readonly string[] | null {
  if (scope?.kind === "network") return null;
  return scope === null ? [] : scope.areas;
}
