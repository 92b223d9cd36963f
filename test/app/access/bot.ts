import { userIdOf } from "../../../src/local/connector/ids.ts";
import type { TestApp } from "../test-app.ts";
import { callers, forged, mails, otherTenant, owner } from "./callers.ts";

/** Who presses and types: the callers, and at last the one whose card it is. */
export const pressers = [...callers, "owner"] as const;
export type Presser = (typeof pressers)[number];

export interface BotAnswer {
  /** As the tables have it. */
  readonly word: string;
  /** All that came back. */
  readonly told: string;
}

const unknownPerson = /I know only people in a network's roster/;
const notByRole = /isn't meant for you|isn't available to you/;
const refused = /meant for somebody else|isn't in your scope|isn't in use any more|can't be booked any more|no asking any more|about this date already|isn't closed yet|Fewer than/;

function wordOf(texts: readonly string[], hasCard: boolean): string {
  const said = (pattern: RegExp) => texts.some((text) => pattern.test(text));
  if (said(unknownPerson)) return "unknown";
  if (said(notByRole)) return "role";
  if (said(refused)) return "no";
  return hasCard ? "card" : texts.length > 0 ? "text" : "nothing";
}

/** Sends activities as each caller: people of a roster by their own Teams, the others as if they were the owner. */
export async function botOf(app: TestApp) {
  const token = await app.connector.issueToken();
  const authorizations: Partial<Record<Presser, string>> = {
    forger: `Bearer ${await forged(token)}`,
    outsider: `Bearer ${token}`,
    stranger: `Bearer ${token}`,
  };
  const accounts = { owner: await app.accountOf(owner), stranger: await app.accountOf(mails.stranger) };

  /** An activity made by hand: nobody of these has the app. */
  async function post(caller: Presser, activity: object): Promise<BotAnswer> {
    const tenantId = caller === "outsider" ? otherTenant : app.tenantId;
    const aadObjectId = caller === "stranger" ? accounts.stranger : accounts.owner;
    const authorization = authorizations[caller];
    const answer = await fetch(`${app.url}/api/messages`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(authorization === undefined ? {} : { authorization }) },
      body: JSON.stringify({
        id: "f:1",
        channelId: "msteams",
        serviceUrl: app.connector.serviceUrl,
        from: { id: userIdOf(app.platform.appId, aadObjectId), aadObjectId },
        recipient: { id: `28:${app.platform.appId}` },
        conversation: { id: "a:1", conversationType: "personal", tenantId },
        channelData: { tenant: { id: tenantId } },
        ...activity,
      }),
    });
    const told = await answer.text();
    return { word: answer.status === 200 ? wordOf([told], false) : String(answer.status), told };
  }

  const clients = new Map<Presser, Awaited<ReturnType<TestApp["client"]>>>();
  const client = async (caller: Presser) => {
    const known = clients.get(caller) ?? (await app.client(mailOf(caller)));
    clients.set(caller, known);
    return known;
  };

  return {
    /** Gives everybody of a roster a card in their chat, whose buttons can be pressed. */
    async greet() {
      for (const caller of pressers) if (isOfRoster(caller)) await (await client(caller)).say("my data");
      await app.settle();
    },
    async press(caller: Presser, verb: string, data: Readonly<Record<string, unknown>>): Promise<BotAnswer> {
      const action = { type: "Action.Execute", verb, data } as const;
      if (!isOfRoster(caller)) return post(caller, { type: "invoke", name: "adaptiveCard/action", value: { action, trigger: "manual" } });
      const own = await client(caller);
      const pressed = own.messages().find(({ card }) => card !== null)?.id ?? "";
      const { status, kind, text } = await own.press(pressed, action);
      if (status !== 200) return { word: String(status), told: text ?? "" };
      const card = kind === "card" ? own.messages().find(({ id }) => id === pressed)?.card : undefined;
      return { word: wordOf(text === undefined ? [] : [text], card !== undefined), told: text ?? JSON.stringify(card) };
    },
    async say(caller: Presser, text: string): Promise<BotAnswer> {
      if (!isOfRoster(caller) && caller !== "stranger") return post(caller, { type: "message", text });
      const own = await client(caller);
      const before = new Set(own.messages().map(({ id }) => id));
      const { status } = await own.say(text);
      const news = own.messages().filter(({ id, from }) => from === "bot" && !before.has(id));
      if (status !== 200) return { word: String(status), told: JSON.stringify(news) };
      const texts = news.flatMap((one) => (one.text === null ? [] : [one.text]));
      return { word: wordOf(texts, news.some(({ card }) => card !== null)), told: JSON.stringify(news) };
    },
  };
}

export const isOfRoster = (caller: Presser) => !["nobody", "forger", "outsider", "stranger"].includes(caller);

/** The address of somebody who has an account. */
export const mailOf = (caller: Presser): string =>
  caller === "owner" ? owner : (Object.entries(mails).find(([one]) => one === caller)?.[1] ?? "");
