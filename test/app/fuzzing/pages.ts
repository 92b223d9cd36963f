import fc from "fast-check";
import { owner } from "../access/callers.ts";
import type { Furnished } from "../access/furnished.ts";
import { byLink } from "../access/links.ts";
import { linksOf } from "../access/made-links.ts";
import { pressedData } from "./bot.ts";
import { brokenBody, hostileText, hostileValue } from "./hostile.ts";
import type { Attempt } from "./watched.ts";

const json = { "content-type": "application/json" };
const raw = (body: string | Uint8Array) => (typeof body === "string" ? body : new Uint8Array(body));

/** What a page that was opened by a link may ask for, by the links to the owner's cards and by what is no link. */
export async function toThePages({ app, ids, cards }: Furnished): Promise<fc.Arbitrary<Attempt>[]> {
  const { card, tokenTo } = linksOf(app);
  const purposes = ["check-in", "rsvp", "poll", "pulse"] as const;
  const tokens = await Promise.all(purposes.map(async (purpose) => [purpose, await tokenTo(await card(owner, purpose))] as const));
  const token = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...tokens.map(([, one]) => one)) },
    { weight: 1, arbitrary: hostileText.map((text) => encodeURIComponent(text.toWellFormed()).slice(0, 2_000)) },
    { weight: 1, arbitrary: fc.constantFrom("a.b.c", "eyJhbGciOiJub25lIn0.e30.", "..") },
  );
  const data = await pressedData(app, ids, await cards());
  const ask = (path: string, body: fc.Arbitrary<string | Uint8Array>, by = token) =>
    fc.record({ by, body }).map((made): Attempt => ({
      what: `link/${path}`,
      method: "POST",
      path: `/respond/api/${path}`,
      headers: { ...json, authorization: `Bearer ${made.by}` },
      body: raw(made.body),
    }));
  const presses = Object.entries(byLink).map(([verb, { card: purpose }]) => {
    const own = tokens.find(([one]) => one === purpose)?.[1];
    const press = fc.oneof({ weight: 9, arbitrary: data }, { weight: 1, arbitrary: hostileValue }).map((some) => JSON.stringify({ action: { verb, data: some } }));
    return ask("press", press, own === undefined ? token : fc.oneof({ weight: 4, arbitrary: fc.constant(own) }, { weight: 1, arbitrary: token }));
  });
  const anything = fc.oneof(
    hostileValue.map((value) => JSON.stringify(value)),
    hostileText.map((text) => JSON.stringify({ text })),
    fc.constantFrom("{}", '{"text":"back"}'),
    brokenBody,
  );
  // A renewed link ends the one before it, so there are few of those.
  const renewals = ask("renew", fc.oneof({ weight: 9, arbitrary: brokenBody }, { weight: 1, arbitrary: anything }));
  return [...presses, ...["card", "press", "calendar", "say"].map((path) => ask(path, anything)), renewals];
}

/** What somebody who isn't Graph may post as notifications, and somebody who guesses subscriptions. */
export function asGraph({ id, clientState }: { readonly id: string; readonly clientState: string }): fc.Arbitrary<Attempt>[] {
  const text = fc.oneof(fc.constantFrom(id, clientState, "updated", "missed", "subscriptionRemoved", "reauthorizationRequired"), hostileText);
  const part = fc.oneof({ weight: 5, arbitrary: text }, { weight: 1, arbitrary: hostileValue });
  const item = fc.record(
    { subscriptionId: part, clientState: part, lifecycleEvent: part, changeType: part, resource: part, resourceData: fc.oneof(fc.record({ id: part }), hostileValue) },
    { requiredKeys: ["subscriptionId"] },
  );
  const body = fc.oneof(
    { weight: 8, arbitrary: fc.array(item, { maxLength: 5 }).map((value) => JSON.stringify({ value })) },
    { weight: 1, arbitrary: item.map((one) => JSON.stringify({ value: Array.from({ length: 1_001 }, () => one) })) },
    { weight: 2, arbitrary: brokenBody },
    { weight: 2, arbitrary: hostileValue.map((value) => JSON.stringify({ value })) },
  );
  const query = fc.oneof({ weight: 4, arbitrary: fc.constant("") }, { weight: 1, arbitrary: hostileText.map((token) => `?validationToken=${encodeURIComponent(token.toWellFormed())}`) });
  const notification = fc.record({ query, body }).map((made) => ({
    what: "graph",
    method: "POST",
    path: `/api/graph/notifications${made.query}`,
    headers: json,
    body: raw(made.body),
  }));
  return Array.from({ length: 5 }, () => notification);
}
