import { type Actor, allow } from "../../kernel/actor.ts";
import { problem, type Problem, route, type Route, type RouteResult } from "../../kernel/http.ts";
import { asId, type WaveId } from "../../kernel/ids.ts";
import { page, PageQuery } from "../../kernel/paging.ts";
import { publishChange } from "./changes.ts";
import { closeWave } from "./closing.ts";
import { ChangeBody, ChangeResource, CloseWaveBody, OpenWaveBody, PulseResults, PulseSummary, WavePage, WaveResource } from "./contract.ts";
import { readSettings } from "./deps.ts";
import type { Wave } from "./model.ts";
import { obstacleInWords, openWave } from "./opening.ts";
import type { PulseDeps } from "./ports.ts";
import { shareWave } from "./sharing.ts";
import { resultsFor, summaryFor } from "./summary.ts";
import { momentIn, waveResources } from "./wave-resources.ts";

const byLeads = { allow: allow.networkLeads, allowed: "leads of the whole network" };

/** Pulse waves in the API: open, read, close, share, and say what changed. Nothing here is about one person. */
export function pulseRoutes(deps: PulseDeps): Route[] {
  return [
    route({
      method: "POST",
      path: "pulse-waves",
      summary: "Open a wave now",
      ...byLeads,
      body: { type: "application/json", schema: OpenWaveBody },
      response: WaveResource,
      async handle({ actor }) {
        const opened = await openWave(deps, actor.network, actor);
        return opened.ok ? answerWave(deps, actor, opened.wave, 201) : problem(409, obstacleInWords(opened));
      },
    }),
    route({
      method: "GET",
      path: "pulse-waves",
      summary: "Waves, newest first",
      allow: allow.leadsAndAdmins,
      allowed: "leads and admins",
      query: PageQuery,
      response: WavePage,
      async handle({ actor, query }) {
        const after = query.after === undefined ? null : asId<WaveId>(query.after);
        const waves = await deps.store.read(actor.network).pulse.page({ limit: query.limit + 1, after });
        const { items, next } = page(waves, query.limit, ({ id }) => id);
        return { kind: "ok", body: { items: await waveResources(deps, actor, items), next } };
      },
    }),
    route({
      method: "POST",
      path: "pulse-waves/:id/close",
      summary: "Close a wave now; nobody can answer it afterwards",
      ...byLeads,
      body: { type: "application/json", schema: CloseWaveBody },
      response: WaveResource,
      async handle({ actor, params, body }) {
        const closed = await closeWave(deps, actor.network, actor, waveId(params), body.giveUp);
        if (closed.ok) return answerWave(deps, actor, closed.wave, 200);
        return closed.why === "unknown" ? unknown : problem(409, whyNotClosed[closed.why]);
      },
    }),
    route({
      method: "POST",
      path: "pulse-waves/:id/share",
      summary: "Share a closed wave's results with those who were asked, and viewers",
      ...byLeads,
      response: WaveResource,
      async handle({ actor, params }) {
        const shared = await shareWave(deps, actor, waveId(params));
        if (shared.ok) return answerWave(deps, actor, shared.wave, 200);
        return shared.why === "unknown" ? unknown : problem(409, notClosed);
      },
    }),
    route({
      method: "POST",
      path: "pulse-waves/:id/changes",
      summary: "Publish what changed after a wave; it goes out with the next card that people get anyway",
      ...byLeads,
      body: { type: "application/json", schema: ChangeBody },
      response: ChangeResource,
      async handle({ actor, params, body }) {
        const published = await publishChange(deps, actor, waveId(params), body.text);
        if (published.ok) {
          const { zone } = await readSettings(deps.store.read(actor.network).settings);
          const { text, publishedAt } = published.change;
          return { kind: "ok", status: 201, body: { text, publishedAt: momentIn(zone, publishedAt) } };
        }
        if (published.why === "invalid") {
          const errors = [{ path: "text", message: published.message }];
          return { kind: "problem", status: 422, detail: "Nothing was published.", errors };
        }
        return published.why === "unknown" ? unknown : problem(409, notShared);
      },
    }),
    route({
      method: "GET",
      path: "pulse-waves/:id/summary",
      summary: "A wave's results once it is closed; before that, how many of those asked have answered",
      allow: allow.everyone,
      allowed: "leads; once shared, those who were asked, and viewers",
      response: PulseSummary,
      async handle({ actor, params }) {
        const result = await summaryFor(deps, actor, waveId(params));
        if (result.kind === "summary") return { kind: "ok", body: result.summary };
        return result.kind === "unknown" ? unknown : problem(403, forbidden);
      },
    }),
    route({
      method: "GET",
      path: "pulse-results",
      summary: "Waves whose results are open to me, newest first",
      allow: allow.everyone,
      allowed: "everyone: leads see closed waves; those who were asked, and viewers, shared ones",
      response: PulseResults,
      handle: async ({ actor }) => ({ kind: "ok", body: await resultsFor(deps, actor) }),
    }),
  ];
}

export const whyNotClosed = {
  "key-missing":
    "The key to this survey's answers can't be found, so nobody can read them. Have it put back and close again. Only if it is lost for good, give the survey up: it then closes without results.",
  "key-there": "The key to this survey's answers is there, so there is nothing to give up. Close it in the ordinary way.",
} as const;

const notClosed = "This survey isn't closed yet. Its results can be shared once it is.";
const notShared = "The results of this survey haven't been shared yet. Share them first, then say what changed.";
const forbidden = "This isn't open to you. Results are for leads, and, once shared, for those who were asked and for viewers.";

const unknown: Problem = { kind: "problem", status: 404, detail: "There is no such survey." };

function waveId(params: Readonly<Record<string, string>>): WaveId {
  return asId<WaveId>(params["id"] ?? "");
}

async function answerWave(deps: PulseDeps, actor: Actor, wave: Wave, status: 200 | 201): Promise<RouteResult<WaveResource>> {
  const [body] = await waveResources(deps, actor, [wave]);
  return body === undefined ? unknown : { kind: "ok", status, body };
}
