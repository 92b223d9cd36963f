import type { Actor } from "../../kernel/actor.ts";
import type { RingEntry, Standing } from "../overview/contract.ts";
import type { CheckInDeps } from "./deps.ts";
import { managersToRing, requestResources, teamToRing } from "./request-resources.ts";
import { teamsToRing } from "./ring.ts";
import { coverageIn, rollingIn, rollingNeeds, sumsOf } from "./standing-figures.ts";
import { candidates } from "./standing-summary.ts";
import { areasOf, readyRound } from "./standings.ts";
import type { TeamSummary } from "./summary.ts";
import { loadOf } from "./summary-groups.ts";

const nothing: Standing = { asOf: null, coverage: null, load: null, ring: [], ringMore: 0 };

/** Teams that are rung first. */
const first = 3;
const needed = ["teams", "answered", "carried", "reasons", ...rollingNeeds(12)];

/** How a lead's teams stand: the figures of their summary, and whom to ring. Nothing for anybody else. */
export async function standingOf(deps: CheckInDeps, actor: Actor): Promise<Standing> {
  if (actor.role !== "lead") return nothing;
  const asOf = await readyRound(deps, actor.network);
  if (asOf === null) return nothing;
  const sums = sumsOf(await deps.store.read(actor.network).standings.sums(asOf.id, { areas: areasOf(actor), figures: needed }));
  const { teams, byDateAlone } = await candidates(deps, actor, asOf, first);
  const shown = teamsToRing(teams, first);
  return {
    asOf: asOf.opensOn.toString(),
    coverage: coverageIn(sums),
    load: loadOf(rollingIn(sums, 12)),
    ring: await entriesOf(deps, actor, shown),
    ringMore: (sums.get("reasons") ?? 0) + byDateAlone - shown.length,
  };
}

async function entriesOf(
  deps: CheckInDeps,
  actor: Actor,
  rings: readonly { readonly team: TeamSummary; readonly why: readonly string[] }[],
): Promise<RingEntry[]> {
  const managers = [...new Set(rings.flatMap(({ team }) => team.team.managers))];
  const people = await deps.store.read(actor.network).roster.peopleByIds(managers);
  const unfinished = rings.flatMap(({ team }) => team.request ?? []);
  const requests = new Map((await requestResources(deps, actor.network, unfinished)).map((one) => [one.id, one]));
  return rings.map(({ team: { team, request, lastSpoke }, why }) => ({
    team: teamToRing(team),
    managers: managersToRing(team, people),
    why: [...why],
    lastSpoke: lastSpoke === null ? null : { on: lastSpoke.on.toString(), by: lastSpoke.by },
    request: requestOf(request === null ? undefined : requests.get(request.id)),
  }));
}

function requestOf(request: RingEntry["request"] | undefined): RingEntry["request"] {
  if (request === undefined || request === null) return null;
  const { id, state, owner, dueOn, isOverdue } = request;
  return { id, state, owner, dueOn, isOverdue };
}
