import { allow } from "../../kernel/actor.ts";
import { type Route, route } from "../../kernel/http.ts";
import { asId, type TeamId } from "../../kernel/ids.ts";
import { page, PageQuery } from "../../kernel/paging.ts";
import { MyCaseload, TeamHistory, TeamPage } from "./contract.ts";
import type { CheckInDeps } from "./deps.ts";
import { myCaseload } from "./my-caseload.ts";
import { listTeams, teamHistory } from "./team-views.ts";

/** Teams as leads see them, one team's history, and a manager's own caseload, over HTTP. */
export function teamRoutes(deps: CheckInDeps): Route[] {
  return [
    route({
      method: "GET",
      path: "teams",
      summary: "Teams by name, as of the latest round",
      allow: allow.leads,
      allowed: "leads (their scope)",
      query: PageQuery,
      response: TeamPage,
      async handle({ actor, query }) {
        const after = query.after === undefined ? null : asId<TeamId>(query.after);
        const { items, next } = page(await listTeams(deps, actor, { limit: query.limit + 1, after }), query.limit, ({ id }) => id);
        return { kind: "ok", body: { items: [...items], next } };
      },
    }),
    route({
      method: "GET",
      path: "teams/:id",
      summary: "One team, with what it answered in the last 52 weeks",
      allow: allow.everyone,
      allowed: "leads with the team in scope, its managers and their deputies; nobody else finds it",
      response: TeamHistory,
      async handle({ actor, params }) {
        const team = await teamHistory(deps, actor, asId<TeamId>(params["id"] ?? ""));
        if (team === null) return { kind: "problem", status: 404, detail: "There is no such team." };
        return { kind: "ok", body: team };
      },
    }),
    route({
      method: "GET",
      path: "me/caseload",
      summary: "My teams over 52 weeks, beside the network's median",
      allow: allow.everyone,
      allowed: "everyone",
      response: MyCaseload,
      async handle({ actor }) {
        return { kind: "ok", body: await myCaseload(deps, actor) };
      },
    }),
  ];
}
