import { generateKeyPair, SignJWT } from "jose";
import { localTenant } from "../../../src/local/stand-ins.ts";
import type { TestApp } from "../test-app.ts";

/** Who calls, in the order of the tables' columns; the first four have no place in any roster. */
export const callers = [
  ...["nobody", "forger", "outsider", "stranger"],
  ...["member", "manager", "areaLead", "otherAreaLead", "networkLead", "viewer", "admin", "foreignLead"],
] as const;
export type Caller = (typeof callers)[number];

/** The e-mails of those whom a roster has, and of somebody who has an account only. */
export const mails = {
  stranger: "stranger@example.org",
  member: "mem@example.org",
  manager: "bo@example.org",
  areaLead: "ari@example.org",
  otherAreaLead: "sol@example.org",
  networkLead: "nora@example.org",
  viewer: "vic@example.org",
  admin: "ada@example.org",
  foreignLead: "fay@example.org",
} as const satisfies Partial<Record<Caller, string>>;

/** The one whose things the tables are about. */
export const owner = "ana@example.org";
export const otherTenant = "11111111-2222-4333-8444-555555555555";

export const strangers = [
  { objectId: "99999999-2222-4333-8444-555555555555", tenantId: localTenant, name: "Stranger", email: mails.stranger, external: false },
];

/** A row of a table, "401 401 403 …", by caller; one word stands for all of them when it is alone. */
export function cells<C extends string>(line: string, columns: readonly C[]): Record<C, string> {
  const words = line.split(/\s+/);
  if (words.length !== 1 && words.length !== columns.length) throw new Error(`"${line}" has ${words.length} cells for ${columns.length} columns.`);
  return Object.fromEntries(columns.map((caller, at) => [caller, words[at] ?? words[0]])) as Record<C, string>;
}

const { privateKey } = await generateKeyPair("RS256");

/** A token that says of itself what a genuine one says, signed by somebody else. */
export async function forged(genuine: string): Promise<string> {
  const [head = "", body = ""] = genuine.split(".");
  const part = (text: string) => JSON.parse(Buffer.from(text, "base64url").toString());
  return new SignJWT(part(body)).setProtectedHeader(part(head)).sign(privateKey);
}

/** The tab's token of each caller; null for nobody. The forger and the outsider say that they are the owner. */
export async function tabTokens(app: TestApp): Promise<Record<Caller, string | null>> {
  const own = Object.fromEntries(await Promise.all(Object.entries(mails).map(async ([caller, mail]) => [caller, await app.tokenOf(mail)])));
  const tid = otherTenant;
  return {
    ...own,
    nobody: null,
    forger: await forged(await app.tokenOf(owner)),
    outsider: await app.tokenOf(owner, { tid, iss: `${app.entra.url}/${tid}/v2.0` }),
  };
}
