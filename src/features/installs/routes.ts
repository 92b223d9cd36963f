import { allow } from "../../kernel/actor.ts";
import { problem, type Route, route } from "../../kernel/http.ts";
import { asId, type PersonId } from "../../kernel/ids.ts";
import { page } from "../../kernel/paging.ts";
import { InstallsPage, InstallsQuery, type InstallResource, InstallsStarted } from "./contract.ts";
import { reasonOf } from "./model.ts";
import type { InstallDeps, InstallRow } from "./ports.ts";
import { listInstalls, startInstalling } from "./use-cases.ts";

/** The part of the API that is about who has the app. */
export function installRoutes(deps: InstallDeps): Route[] {
  return [
    route({
      method: "POST",
      path: "installs",
      summary: "Install the app in Teams for everybody of the roster who can have it and doesn't; asked again it goes on",
      allow: allow.runners,
      allowed: "Admins and leads of the whole network",
      response: InstallsStarted,
      async handle({ actor }) {
        const started = await startInstalling(deps, actor);
        if (!started.ok) return notSetUp;
        const { tries, counts } = started;
        return { kind: "ok", status: 202, body: { tries, counts: { ...counts } } };
      },
    }),
    route({
      method: "GET",
      path: "installs",
      summary: "Who has the app in Teams, who can't have it and why",
      allow: allow.leadsAndAdmins,
      allowed: "Admins, and leads for the people in their scope",
      query: InstallsQuery,
      response: InstallsPage,
      async handle({ actor, query: { limit, after, state } }) {
        const { rows, counts, startedAt } = await listInstalls(deps, actor, {
          limit,
          after: after === undefined ? null : asId<PersonId>(after),
          ...(state === undefined ? {} : { state }),
        });
        const { items, next } = page(rows, limit, ({ person }) => person);
        return {
          kind: "ok",
          body: {
            items: items.map((row) => resourceOf(row, deps.canMail)),
            next,
            counts: { ...counts },
            startedAt: startedAt?.toString() ?? null,
            canInstall: deps.installer !== null,
          },
        };
      },
    }),
  ];
}

const notSetUp = problem(
  409,
  "The app can't be installed from here yet: whoever runs Steady must set TEAMS_APP_ID to the app's id in your organisation's catalogue.",
);

function resourceOf(row: InstallRow, canMail: boolean): InstallResource {
  const { person, name, state, obstacle, attempts, updatedAt } = row;
  const reason = reasonOf(row, canMail);
  return { id: person, person: { id: person, name }, state, obstacle, reason, attempts, updatedAt: updatedAt.toString() };
}
