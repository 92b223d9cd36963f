import fc from "fast-check";
import type { TestApp } from "../test-app.ts";
import type { Furnished } from "../access/furnished.ts";
import { peopleCsv } from "../access/furnished.ts";
import { mails, owner } from "../access/callers.ts";
import { routes } from "../access/routes.ts";
import { bySchema, nearly } from "./by-schema.ts";
import { brokenBody, hostileText, hostileValue } from "./hostile.ts";
import type { Attempt } from "./watched.ts";

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema?: unknown;
}
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: unknown }>> };
}
interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** Who asks: those who may do the most, and some who may do little. */
const askers = [...Array.from({ length: 6 }, () => mails.networkLead), mails.admin, mails.areaLead, mails.viewer, owner, mails.member, mails.foreignLead];

/** Texts that the product would take somewhere. */
export const known = (ids: object): string[] => [
  ...Object.values(ids).map(String),
  ...["2026-11-24", "2027-02-23", "2027-02-23T10:00:00Z", "2026-12-25", "09:30", "18:00", "North Central", "South East", "en-GB", "Europe/London"],
  ...["ana@example.org", "manager", "lead", "yes", "no", "maybe", "link_worker", "busy", "area", "Mondays and 2 December"],
];

/** Requests to every route of the API, in turn: an address, a query and a body, each good, nearly good or hostile. */
export async function toTheApi(app: TestApp, ids: Furnished["ids"]): Promise<fc.Arbitrary<Attempt>[]> {
  const described = (await (await fetch(`${app.url}/api/v1/openapi.json`)).json()) as Described;
  const named = (reference: string) => reference.slice(2).split("/").reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], described);
  const tokens = Object.fromEntries(await Promise.all([...new Set(askers)].map(async (asker) => [asker, await app.tokenOf(asker)] as const)));
  const texts = known(ids);
  const id = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...Object.values(ids).map(String)) }, { weight: 1, arbitrary: hostileText });
  return Object.keys(routes).map((route) => {
    const [method = "", path = ""] = route.split(" ");
    const operation = described.paths[`/${path.replaceAll(/:(\w+)/g, "{$1}")}`]?.[method.toLowerCase()] ?? {};
    const asked = (operation.parameters ?? []).filter((one) => one.in === "query");
    const query = fc.record(
      Object.fromEntries(asked.map(({ name, schema }) => [name, fc.oneof(bySchema(schema, texts, named), fc.constantFrom(...texts))])),
      { requiredKeys: [] },
    );
    const { content = {} } = operation.requestBody ?? {};
    const [type = "application/json"] = Object.keys(content);
    const schema = content[type]?.schema;
    const sent = routes[route]?.send;
    const form = fc.oneof(bySchema(schema, texts, named), nearly(sent, [], fc.oneof(hostileValue, fc.constantFrom(...texts))));
    const good = type === "text/csv" ? fc.constant(peopleCsv) : form.map((value) => JSON.stringify(value));
    const body: fc.Arbitrary<string | Uint8Array | null> = fc.oneof(
      { weight: operation.requestBody === undefined ? 1 : 10, arbitrary: operation.requestBody === undefined ? fc.constant(null) : good },
      { weight: 1, arbitrary: brokenBody },
      { weight: 1, arbitrary: fc.constant(null) },
    );
    return fc.record({ asker: fc.constantFrom(...askers), id, query, body, type: fc.oneof({ weight: 12, arbitrary: fc.constant(type) }, { weight: 1, arbitrary: fc.constantFrom("text/plain", "text/csv", "application/json; charset=utf-16", "") }) })
      .map((made): Attempt => {
        const search = new URLSearchParams(Object.entries(made.query).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]));
        // A roster is only tried, so that those who ask stay who they are.
        if (route === "POST roster") search.set("dryRun", "true");
        return {
          what: route,
          method,
          path: `/api/v1/${path.replace(":id", () => encodeURIComponent(made.id.toWellFormed()))}${search.size === 0 ? "" : `?${search}`}`,
          headers: { authorization: `Bearer ${tokens[made.asker] ?? ""}`, ...(made.body === null || method === "GET" ? {} : { "content-type": made.type }) },
          ...(made.body === null || method === "GET" ? {} : { body: typeof made.body === "string" ? made.body : new Uint8Array(made.body) }),
        };
      });
  });
}
