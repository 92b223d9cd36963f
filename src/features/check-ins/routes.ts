import { type Actor, allow } from "../../kernel/actor.ts";
import { problem, type Problem, route, type Route, type RouteResult } from "../../kernel/http.ts";
import { asId, type RoundId } from "../../kernel/ids.ts";
import { page, PageQuery } from "../../kernel/paging.ts";
import { Temporal } from "../../kernel/time.ts";
import type { z } from "zod";
import { combinedFor } from "./combined.ts";
import { CaseloadSummary, MyCheckIns, OpenRoundBody, Reminded, Retried, RoundPage, RoundResource, SummaryQuery } from "./contract.ts";
import { type CheckInDeps, readSettings } from "./deps.ts";
import { combinedOfPast, withPastTrend } from "./past-figures.ts";
import { requestRoutes } from "./request-routes.ts";
import { roundResource } from "./round-resources.ts";
import { closeRound, listRounds, openRound, remindRound, retryRound, roundView } from "./rounds.ts";
import { summaryFor } from "./standing-summary.ts";
import { teamRoutes } from "./team-routes.ts";

/** Rounds, the caseload summary, and a manager's own check-ins, over HTTP. */
export function checkInRoutes(deps: CheckInDeps): Route[] {
  return [...roundRoutes(deps), summaryRoute(deps), myCheckInsRoute(deps), ...teamRoutes(deps), ...requestRoutes(deps)];
}

const whyNotOpened = {
  "already-open": "A round is open already. Close it before opening another.",
  "opened-today": "A round opened today already; open the next one tomorrow or later.",
  "no-teams": "No team has a manager yet. Import the roster first.",
} as const;

function roundRoutes(deps: CheckInDeps): Route[] {
  const byRunners = { allow: allow.runners, allowed: "leads of the whole network, and admins" };
  const readers = { allow: allow.leadsAndAdmins, allowed: "leads and admins" };
  return [
    route({
      method: "POST",
      path: "check-in-rounds",
      summary: "Open a round now",
      ...byRunners,
      body: { type: "application/json", schema: OpenRoundBody },
      response: RoundResource,
      async handle({ actor }) {
        const opened = await openRound(deps, actor.network, actor);
        if (opened.ok) return answerRound(deps, actor, opened.round.id, 201);
        return problem(409, whyNotOpened[opened.why]);
      },
    }),
    route({
      method: "GET",
      path: "check-in-rounds",
      summary: "Rounds, newest first",
      ...readers,
      query: PageQuery,
      response: RoundPage,
      async handle({ actor, query }) {
        const after = query.after === undefined ? null : asId<RoundId>(query.after);
        const views = await listRounds(deps, actor.network, { limit: query.limit + 1, after });
        const { items, next } = page(views, query.limit, (view) => view.round.id);
        return ok({ items: await Promise.all(items.map((view) => roundResource(deps, actor.network, view))), next });
      },
    }),
    route({
      method: "GET",
      path: "check-in-rounds/:id",
      summary: "One round",
      ...readers,
      response: RoundResource,
      handle: ({ actor, params }) => answerRound(deps, actor, roundId(params), 200),
    }),
    route({
      method: "POST",
      path: "check-in-rounds/:id/remind",
      summary: "Remind those who haven't answered",
      ...byRunners,
      response: Reminded,
      async handle({ actor, params }) {
        const reminders = await remindRound(deps, actor.network, actor, roundId(params));
        return reminders === null ? nothingToSend(deps, actor, roundId(params)) : ok({ reminders });
      },
    }),
    route({
      method: "POST",
      path: "check-in-rounds/:id/retry",
      summary: "Send the failed cards again",
      ...byRunners,
      response: Retried,
      async handle({ actor, params }) {
        const cards = await retryRound(deps, actor, roundId(params));
        return cards === null ? nothingToSend(deps, actor, roundId(params)) : ok({ cards });
      },
    }),
    route({
      method: "POST",
      path: "check-in-rounds/:id/close",
      summary: "Close a round now",
      ...byRunners,
      response: RoundResource,
      async handle({ actor, params }) {
        await closeRound(deps, actor.network, actor, roundId(params));
        return answerRound(deps, actor, roundId(params), 200);
      },
    }),
  ];
}

function summaryRoute(deps: CheckInDeps): Route {
  return route({
    method: "GET",
    path: "caseload-summary",
    summary: "Caseload against the guide range, as of a round",
    allow: (actor) => actor.role === "lead" || actor.role === "viewer" || actor.managesTeams,
    allowed: "leads (their scope), viewers (combined figures), managers (their own teams)",
    query: SummaryQuery,
    response: CaseloadSummary,
    async handle({ actor, query }) {
      const isViewer = actor.role === "viewer";
      if (isViewer && (query.from !== undefined || query.to !== undefined)) {
        return problem(403, "Combined figures are as of the last closed round; leave out from and to.");
      }
      const date = (text: string | undefined) => (text === undefined ? null : Temporal.PlainDate.from(text));
      if (isViewer) return ok(await combinedFor(deps, actor, query.by));
      const [from, to] = [date(query.from), date(query.to)];
      const past = to === null ? null : await combinedOfPast(deps, actor, to, query.by);
      if (past !== null) return ok(past);
      return ok(await withPastTrend(deps, actor, await summaryFor(deps, actor, { by: query.by, from, to }), from));
    },
  });
}

function myCheckInsRoute(deps: CheckInDeps): Route {
  return route({
    method: "GET",
    path: "me/check-ins",
    summary: "What my teams answered in the last 52 weeks, newest first",
    allow: allow.everyone,
    allowed: "everyone",
    response: MyCheckIns,
    async handle({ actor }) {
      const read = deps.store.read(actor.network);
      const { zone } = await readSettings(read.settings);
      const teams = new Map((await read.roster.teamsOf(actor.person)).map((team) => [team.id, team]));
      const since = deps.clock.now().toZonedDateTimeISO(zone).toPlainDate().subtract({ weeks: 52 });
      const past = await read.checkIns.since([...teams.keys()], since);
      return ok({
        items: past.reverse().map((one) => ({
          team: { id: one.team, name: teams.get(one.team)?.name ?? "" },
          opensOn: one.opensOn.toString(),
          answers: { ...one.answers },
          posts: { ...one.posts },
          carried: [...one.carried],
          submittedAt: one.submittedAt.toZonedDateTimeISO(zone).toString({ timeZoneName: "never" }),
        })),
      });
    },
  });
}

function ok<R>(body: R, status: 200 | 201 = 200): RouteResult<R> {
  return { kind: "ok", status, body };
}

const noSuchRound = problem(404, "There is no such round.");

async function nothingToSend(deps: CheckInDeps, actor: Actor, id: RoundId): Promise<Problem> {
  const round = await deps.store.read(actor.network).rounds.byId(id);
  return round === null ? noSuchRound : problem(409, "This round isn't open, so there is nothing to send.");
}

function roundId(params: Readonly<Record<string, string>>): RoundId {
  return asId<RoundId>(params["id"] ?? "");
}

async function answerRound(
  deps: CheckInDeps,
  actor: Actor,
  id: RoundId,
  status: 200 | 201,
): Promise<RouteResult<z.infer<typeof RoundResource>>> {
  const view = await roundView(deps, actor.network, id);
  return view === null ? noSuchRound : ok(await roundResource(deps, actor.network, view), status);
}
