import { allow } from "../../kernel/actor.ts";
import { type Route, route } from "../../kernel/http.ts";
import { Overview } from "./contract.ts";
import type { OverviewDeps } from "./ports.ts";
import { loadOverview } from "./use-cases.ts";

/** The overview, over HTTP. */
export function overviewRoutes(deps: OverviewDeps): Route[] {
  return [
    route({
      method: "GET",
      path: "overview",
      summary: "Whom to ring first, what waits for a decision, and how the round, the meeting and the survey stand",
      allow: allow.leadsAndAdmins,
      allowed: "leads (teams in their scope), and admins (no teams and no figures)",
      response: Overview,
      handle: async ({ actor }) => ({ kind: "ok", body: await loadOverview(deps, actor) }),
    }),
  ];
}
