import type { Actor } from "../../kernel/actor.ts";
import type { RingEntry, Standing } from "../overview/contract.ts";
import { sumRolling } from "./caseload.ts";
import type { CheckInDeps } from "./deps.ts";
import { managersToRing, requestResources, teamToRing } from "./request-resources.ts";
import { teamsToRing } from "./ring.ts";
import { loadSummary, type TeamSummary } from "./summary.ts";
import { coverageOf, loadOf } from "./summary-groups.ts";

const nothing: Standing = { asOf: null, coverage: null, load: null, ring: [], ringMore: 0 };

/** Teams that are rung first. */
const first = 3;
/** As far back as the figures look. */
const weeks = 12;

/** How a lead's teams stand: the figures of their summary, and whom to ring. Nothing for anybody else. */
export async function standingOf(deps: CheckInDeps, actor: Actor): Promise<Standing> {
  if (actor.role !== "lead") return nothing;
  const { asOf, teams } = await loadSummary(deps, actor, null, weeks);
  if (asOf === null) return nothing;
  const rings = teamsToRing(teams, teams.length);
  const shown = rings.slice(0, first);
  return {
    asOf: asOf.opensOn.toString(),
    coverage: coverageOf(teams),
    load: loadOf(sumRolling(teams.flatMap(({ rolling12 }) => rolling12 ?? []))),
    ring: await entriesOf(deps, actor, shown),
    ringMore: rings.length - shown.length,
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
