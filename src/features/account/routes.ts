import { type Actor, allow } from "../../kernel/actor.ts";
import { type Route, route } from "../../kernel/http.ts";
import { Erased, Me, MyData } from "./contract.ts";
import { type AccountDeps, eraseMyData, exportMyData } from "./use-cases.ts";

const everyone = { allow: allow.everyone, allowed: "everyone" };

/** Who am I, what is kept about me, and erase it. */
export function accountRoutes(deps: AccountDeps): Route[] {
  return [
    route({
      method: "GET",
      path: "me",
      summary: "Who I am here",
      ...everyone,
      response: Me,
      handle: ({ actor }) => Promise.resolve({ kind: "ok", body: describe(actor) }),
    }),
    route({
      method: "GET",
      path: "me/data",
      summary: "All that is kept about me",
      ...everyone,
      response: MyData,
      async handle({ actor }) {
        const data = await exportMyData(deps, actor);
        return { kind: "ok", body: Object.fromEntries(Object.entries(data).map(([name, rows]) => [name, rows.map((row) => ({ ...row }))])) };
      },
    }),
    route({
      method: "DELETE",
      path: "me/data",
      summary: "Erase what I gave",
      ...everyone,
      response: Erased,
      handle: async ({ actor }) => ({ kind: "ok", body: { erased: await eraseMyData(deps, actor) } }),
    }),
  ];
}

function describe({ person, name, role, scope, managesTeams }: Actor): Me {
  const areas = scope === null ? null : scope.kind === "network" ? ("network" as const) : [...scope.areas];
  return { id: person, name, role, scope: areas, managesTeams };
}
