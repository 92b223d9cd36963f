import fc from "fast-check";
import { conversationIdOf, userIdOf } from "../../../src/local/connector/ids.ts";
import { mails, owner } from "../access/callers.ts";
import { commands } from "../access/commands.ts";
import type { Furnished } from "../access/furnished.ts";
import { verbs } from "../access/verbs.ts";
import { looked } from "../card-in-chat.ts";
import type { TestApp } from "../test-app.ts";
import { known } from "./api.ts";
import { brokenBody, hostileText, hostileValue } from "./hostile.ts";
import type { Attempt } from "./watched.ts";

/** The inputs of all cards in these people's chats, and of the tables of presses. */
async function inputsOf(app: TestApp, people: readonly string[]): Promise<string[]> {
  const cards = await Promise.all(people.map((one) => app.cards(one)));
  const shown = cards.flat().flatMap(({ message }) => Object.keys(looked(message.card).inputs));
  const pressed = Object.values(verbs).flatMap(({ typed = {} }) => Object.keys(typed));
  return [...new Set([...shown, ...pressed, "note", "raise", "reason", "delivery", "wave", "request"])];
}

/** What a button holds and what was typed beside it: ids and inputs, each good, nearly good or hostile. */
export async function pressedData(app: TestApp, ids: object, cards: object): Promise<fc.Arbitrary<Record<string, unknown>>> {
  const texts = known({ ...ids, ...cards });
  const value = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...texts, "1", "27", "40", "0.5") }, { weight: 3, arbitrary: hostileText.map(String) }, { weight: 1, arbitrary: hostileValue });
  const inputs = await inputsOf(app, [owner, mails.networkLead, mails.areaLead]);
  return fc.record(Object.fromEntries(inputs.map((name) => [name, value])), { requiredKeys: [] });
}

/** Activities with a token of the Connector's own: every button, every line, and envelopes in which a part is something else. */
export async function toTheBot({ app, ids, cards }: Furnished): Promise<fc.Arbitrary<Attempt>[]> {
  const authorization = `Bearer ${await app.connector.issueToken()}`;
  const people = [owner, mails.networkLead, mails.areaLead, mails.manager, mails.stranger];
  const accounts = await Promise.all(people.map((one) => app.accountOf(one)));
  const who = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...accounts.slice(0, 2)) }, { weight: 1, arbitrary: fc.constantFrom(...accounts) });
  const deliveries: Readonly<Record<string, string | undefined>> = await cards();
  const data = await pressedData(app, ids, deliveries);
  const { appId } = app.platform;
  const envelope = (account: string) => ({
    id: "f:1",
    channelId: "msteams",
    serviceUrl: app.connector.serviceUrl,
    from: { id: userIdOf(appId, account), aadObjectId: account },
    recipient: { id: `28:${appId}` },
    conversation: { id: conversationIdOf(appId, account, 0), conversationType: "personal", tenantId: app.tenantId },
    channelData: { tenant: { id: app.tenantId } },
    locale: "en-GB",
  });
  const attempt = (what: string, body: string | Uint8Array): Attempt => ({
    what,
    method: "POST",
    path: "/api/messages",
    headers: { authorization, "content-type": "application/json" },
    body: typeof body === "string" ? body : new Uint8Array(body),
  });

  const presses = Object.entries(verbs).map(([verb, { about }]) => {
    const id = about === undefined ? {} : about === "wave" ? { wave: ids.wave } : { [about === "request-id" ? "request" : "delivery"]: deliveries[about] };
    return fc.record({ account: who, data, isHeld: fc.integer({ min: 0, max: 5 }), isSubmit: fc.integer({ min: 0, max: 4 }) }).map((made) => {
      const all = { ...made.data, ...(made.isHeld > 0 ? id : {}) };
      const pressed = made.isSubmit === 0
        ? { type: "message", value: { ...all, verb } }
        : { type: "invoke", name: "adaptiveCard/action", value: { action: { type: "Action.Execute", verb, data: all }, trigger: "manual" } };
      return attempt(verb, JSON.stringify({ ...envelope(made.account), ...pressed }));
    });
  });
  const lines = Object.keys(commands).map((command) =>
    fc.record({ account: who, rest: hostileText, isBefore: fc.boolean() }).map(({ account, rest, isBefore }) =>
      attempt("line", JSON.stringify({ ...envelope(account), type: "message", text: isBefore ? `${rest}${command}` : `${command} ${rest}` }))));
  const whole = { ...envelope(accounts[0] ?? ""), type: "message", text: "help", name: "x", value: {}, action: "add", replyToId: "1" };
  const envelopes = Object.keys(whole).map((part) =>
    fc.record({ value: hostileValue, type: fc.constantFrom("message", "invoke", "installationUpdate", "messageReaction") }).map(({ value, type }) =>
      ({ ...attempt("envelope", JSON.stringify({ ...whole, type, [part]: value })), mayBeLogged: true as const })));
  return [...presses, ...lines, ...envelopes, brokenBody.map((body) => attempt("bytes", body))];
}
