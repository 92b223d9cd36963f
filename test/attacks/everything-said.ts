import type { TestApp } from "../app/test-app.ts";
import type { KnownPerson, Said } from "./evidence.ts";
import { staff } from "./plan.ts";

interface Described {
  readonly get?: { readonly responses: Readonly<Record<string, { readonly content?: object }>> };
}

/** Every GET route of the API, asked for by each kind of person. Files say no more than "exports/evidence" does. */
export async function everythingSaid(app: TestApp, wave: string, roster: readonly KnownPerson[]): Promise<Said[]> {
  const { body } = await app.api(staff.lead, "GET", "openapi.json");
  const saysJson = ({ get }: Described) => "application/json" in (get?.responses["2XX"]?.content ?? {});
  const paths = Object.entries(body.paths as Record<string, Described>).filter(([, methods]) => saysJson(methods)).map(([path]) => path);
  const withAccount = roster.find(({ facts }) => facts["role"] === "manager" && facts["objectId"] !== "");
  const askers = { ...staff, ...(withAccount === undefined ? {} : { manager: String(withAccount.facts["email"]) }) };
  const all: Said[] = [];
  for (const [as, email] of Object.entries(askers)) {
    for (const path of paths) {
      const below = path.replace(/^\/?(?:api\/v1\/)?/, "");
      const query = below === "deliveries" ? `?round=${wave}&limit=200` : "";
      const answer = await app.api(email, "GET", below.replace(/\{\w+\}|:\w+/, wave) + query);
      all.push({ as, path: `GET ${below}`, body: answer.body });
    }
  }
  return all;
}
