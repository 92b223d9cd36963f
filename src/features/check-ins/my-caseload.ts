import type { Actor } from "../../kernel/actor.ts";
import { stateSentence } from "./caseload.ts";
import type { MyCaseload } from "./contract.ts";
import type { CheckInDeps } from "./deps.ts";
import { mediansShown } from "./medians.ts";
import { neededFrom, type Opening, openingsOf } from "./openings.ts";
import { loadSummaryOf } from "./summary.ts";
import { guideOf, loadOf, rounded } from "./summary-groups.ts";

/**
 * Somebody's own teams at each opening of the last 52 weeks, beside the median of the network's teams that answered it,
 * those that have left since among them. It waits for the close, for while answers come in each would move it, and stays
 * what it was.
 */
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
    network: await mediansShown(read, asOf.opensOn),
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
