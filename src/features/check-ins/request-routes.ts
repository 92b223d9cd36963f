import { type Actor, allow } from "../../kernel/actor.ts";
import { problem, type Problem, route, type Route, type RouteResult } from "../../kernel/http.ts";
import { asId, type RequestId, type TeamId } from "../../kernel/ids.ts";
import { page } from "../../kernel/paging.ts";
import type { CheckInDeps } from "./deps.ts";
import type { HelpRequest } from "./model.ts";
import { MoveRequestBody, RequestPage, RequestQuery, RequestResource, TakeTeamBody } from "./request-contract.ts";
import { requestResources } from "./request-resources.ts";
import { moveRequest, type TakeResult, takeTeam } from "./requests.ts";

const leads = { allow: allow.leads, allowed: "leads, for teams in their scope" };

/** What teams ask of the leads, as a list to work through; what its buttons do, the buttons of the cards do too. */
export function requestRoutes(deps: CheckInDeps): Route[] {
  return [
    route({
      method: "GET",
      path: "requests",
      summary: "Requests of teams: unfinished ones by the day they are due, others with the newest first",
      ...leads,
      query: RequestQuery,
      response: RequestPage,
      async handle({ actor, query }) {
        const { state, limit } = query;
        const areas = actor.scope?.kind === "areas" ? actor.scope.areas : null;
        const after = query.after === undefined ? null : asId<RequestId>(query.after);
        const team = query.team === undefined ? null : asId<TeamId>(query.team);
        const found = await deps.store.read(actor.network).requests.page({ state, areas, team, limit: limit + 1, after });
        const { items, next } = page(found, limit, ({ id }) => id);
        return { kind: "ok", body: { items: await requestResources(deps, actor.network, items), next } };
      },
    }),
    route({
      method: "PATCH",
      path: "requests/:id",
      summary: "Take a request on, or mark it as done",
      ...leads,
      body: { type: "application/json", schema: MoveRequestBody },
      response: RequestResource,
      async handle({ actor, params, body }) {
        const result = await moveRequest(deps, actor, asId<RequestId>(params["id"] ?? ""), body.state);
        return answer(deps, actor, result, body.state, unknownRequest);
      },
    }),
    route({
      method: "POST",
      path: "requests",
      summary: "Take a team on: what it asks for, or without its having asked",
      ...leads,
      body: { type: "application/json", schema: TakeTeamBody },
      response: RequestResource,
      async handle({ actor, body }) {
        return answer(deps, actor, await takeTeam(deps, actor, asId<TeamId>(body.team)), "taken", unknownTeam);
      },
    }),
  ];
}

async function answer(
  deps: CheckInDeps,
  actor: Actor,
  result: TakeResult,
  wanted: "taken" | "done",
  unknown: Problem,
): Promise<RouteResult<RequestResource>> {
  if (!result.ok) return result.why === "not-yours" ? unknown : problem(409, whyNot[result.why]);
  const { request } = result;
  const [resource] = await requestResources(deps, actor.network, [request]);
  if (resource === undefined) return unknown;
  const isElsewhere = wanted === "taken" && (request.state !== "taken" || request.owner !== actor.person);
  return isElsewhere ? problem(409, alreadyInWords(actor, request, resource.owner.name)) : { kind: "ok", body: resource };
}

const whyNot = {
  over: "The team no longer asks for this, so there is nothing to take on or to close.",
  "no-round": "This team hasn't been part of a check-in round yet. Open a round first, then take the team on.",
} as const;

function alreadyInWords(actor: Actor, { owner, state }: HelpRequest, name: string): string {
  const who = owner === actor.person ? "You have" : `${name} has`;
  return state === "done" ? `${who} marked this as done already.` : `${who} taken this on already.`;
}

const unknownRequest = problem(404, "There is no such request.");
const unknownTeam = problem(404, "There is no such team.");
