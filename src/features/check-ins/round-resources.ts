import type { NetworkId } from "../../kernel/ids.ts";
import type { Instant } from "../../kernel/time.ts";
import type { z } from "zod";
import type { RoundResource } from "./contract.ts";
import { type CheckInDeps, readSettings } from "./deps.ts";
import { listRounds, type RoundView } from "./rounds.ts";

/** A round as the API shows it. */
export async function roundResource(
  deps: CheckInDeps,
  network: NetworkId,
  { round, deliveries, teams }: RoundView,
): Promise<z.infer<typeof RoundResource>> {
  const { zone } = await readSettings(deps.store.read(network).settings);
  const time = (at: Instant) => at.toZonedDateTimeISO(zone).toString({ timeZoneName: "never" });
  return {
    id: round.id,
    state: round.closedAt === null ? "open" : "closed",
    opensOn: round.opensOn.toString(),
    openedAt: time(round.openedAt),
    closesAt: time(round.closesAt),
    closedAt: round.closedAt === null ? null : time(round.closedAt),
    questionSet: round.questionSet,
    theme: round.theme,
    deliveries: { ...deliveries },
    teams: { ...teams },
  };
}

/** The round that opened last; null before the first. */
export async function latestRound(deps: CheckInDeps, network: NetworkId): Promise<z.infer<typeof RoundResource> | null> {
  const [latest] = await listRounds(deps, network, { limit: 1, after: null });
  return latest === undefined ? null : roundResource(deps, network, latest);
}
