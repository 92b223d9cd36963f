import { z } from "zod";
import { createTeams, localCredentials, type TeamsOptions } from "../../../src/adapters/teams/index.ts";
import { allow, type Actor } from "../../../src/kernel/actor.ts";
import { cardVerb, type BotCommand, type CardVerb, type Reply } from "../../../src/kernel/bot.ts";
import type { BotApp, BotConversation } from "../../../src/kernel/bot-app.ts";
import { asId } from "../../../src/kernel/ids.ts";
import type { Logger } from "../../../src/kernel/logger.ts";
import { appId, listen, objectId, tenantId, type Channel } from "./channel.ts";

export const ana: Actor = {
  network: asId("network-1"),
  person: asId("person-ana"),
  name: "Ana",
  role: "manager",
  scope: null,
  managesTeams: true,
};

/** Keeps log lines as text, so that a test can look for what must not be in them. */
export function memoryLogger(): Logger & { lines: string[] } {
  const lines: string[] = [];
  const log = (fields: object, message: string) => void lines.push(`${message} ${JSON.stringify(fields)}`);
  const logger = { lines, debug: log, info: log, warn: log, error: log, child: () => logger };
  return logger;
}

export const teamsOptions = (channel: Channel): Omit<TeamsOptions, "app" | "logger"> => ({
  appId,
  appType: "SingleTenant",
  tenantId,
  allowedTenants: [tenantId],
  credentials: localCredentials({
    loginUrl: `${channel.url}/login`,
    appId,
    secret: "secret",
    scope: "https://api.botframework.com",
  }),
  openIdMetadataUrl: `${channel.url}/openid`,
  tokenIssuer: channel.url,
  loginUrl: `${channel.url}/login`,
  oauthScope: "https://api.botframework.com",
  serviceUrl: channel.serviceUrl,
  requestTimeoutMs: 15_000,
  keyRestMs: 0,
});

export const card = (text: string) =>
  ({ type: "AdaptiveCard", version: "1.5", body: [{ type: "TextBlock", text }] }) as const;

export interface Contact {
  readonly actor: Actor;
  readonly conversation: BotConversation;
  readonly kind: string;
}

/** A bot application that counts to ten: one verb of each outcome, a few commands. */
export function countingApp() {
  const contacts: Contact[] = [];
  const deeds: string[] = [];
  const handled: unknown[] = [];
  const emails: (string | null)[] = [];
  let onContact: readonly Reply[] = [];
  let known = true;
  let asksEmail = false;

  const Count = z.strictObject({ count: z.number("Give the count as a number.").max(10, "Give a count of up to 10.") });
  const verbs: CardVerb[] = [
    cardVerb({
      verb: "count.submit",
      allow: allow.everyone,
      data: Count,
      handle: (_actor, data) => {
        handled.push(data);
        return Promise.resolve({ kind: "card", card: card(`Counted ${data.count}`) });
      },
    }),
    cardVerb({
      verb: "count.text",
      allow: allow.everyone,
      data: z.unknown(),
      handle: () => Promise.resolve({ kind: "text", text: "Noted." }),
    }),
    cardVerb({
      verb: "count.close",
      allow: allow.everyone,
      data: z.unknown(),
      handle: () => Promise.resolve({ kind: "refused", text: "This round is closed." }),
    }),
    cardVerb({
      verb: "count.lead",
      allow: allow.leads,
      data: z.unknown(),
      handle: (_actor, data) => {
        handled.push(data);
        return Promise.resolve({ kind: "text", text: "Led." });
      },
    }),
    cardVerb({
      verb: "count.break",
      allow: allow.everyone,
      data: z.unknown(),
      handle: (_actor, data) => Promise.reject(new Error(`cannot count ${JSON.stringify(data)}`)),
    }),
    ...["vote.send", "vote.skip", "vote.break"].map((verb) =>
      cardVerb({
        verb,
        allow: allow.everyone,
        data: z.unknown(),
        isConfidential: true,
        handle: (actor) =>
          verb === "vote.break"
            ? Promise.reject(new Error(`cannot count the vote of ${actor.person}`))
            : Promise.resolve({ kind: "card", card: card("Voted") }),
      }),
    ),
  ];
  const command = (
    words: readonly [string, ...string[]],
    handle: BotCommand["handle"],
    may: BotCommand["allow"] = allow.everyone,
  ): BotCommand => ({ words, help: `does ${words[0]}`, allow: may, handle });
  const commands: BotCommand[] = [
    command(["my data"], () => Promise.resolve([{ kind: "text", text: "Your data." }])),
    command(["delete my data"], () => Promise.resolve([{ kind: "text", text: "Deleted." }])),
    command(["away until", "away"], (_actor, rest) => Promise.resolve([{ kind: "text", text: `Away until ${rest}.` }])),
    command(["show"], () => Promise.resolve([{ kind: "card", card: card("Shown") }])),
    command(["summary"], () => Promise.resolve([{ kind: "text", text: "Summary." }]), allow.leads),
    command(["break"], () => Promise.reject(new Error("cannot break secret-word"))),
  ];

  const app: BotApp = {
    async identify(_account, fetchEmail) {
      if (asksEmail) emails.push(await fetchEmail());
      return known ? ana : null;
    },
    verbs: new Map(verbs.map((verb) => [verb.verb, verb])),
    commands,
    installed(actor, conversation, kind) {
      contacts.push({ actor, conversation, kind });
      return Promise.resolve(onContact);
    },
    acted(_actor, { name, outcome }) {
      deeds.push(`${name} ${outcome}`);
      return Promise.resolve();
    },
    stranger: { text: "I don't know you yet." },
  };
  return {
    app,
    contacts,
    deeds,
    handled,
    emails,
    replyOnContact(replies: readonly Reply[]) {
      onContact = replies;
    },
    knowNobody() {
      known = false;
    },
    askForEmail() {
      asksEmail = true;
    },
  };
}

/** The bot behind a real HTTP server. */
export async function startBot(channel: Channel, more: Partial<TeamsOptions> = {}) {
  const logger = memoryLogger();
  const counting = countingApp();
  const paced: string[] = [];
  const pace = async (conversation: string) => void paced.push(conversation);
  const teams = createTeams({ ...teamsOptions(channel), ...more, logger, pace, app: () => counting.app });
  const server = await listen((request, response) => {
    void teams.handleMessages(request, response);
  });

  async function postRaw(body: string, headers: Record<string, string>) {
    const response = await fetch(`${server.url}/api/messages`, { method: "POST", headers, body });
    const text = await response.text();
    return { status: response.status, text, body: (text === "" ? undefined : JSON.parse(text)) as unknown };
  }
  const post = async (activity: unknown, token?: string) =>
    postRaw(JSON.stringify(activity), {
      "content-type": "application/json; charset=utf-8",
      authorization: `Bearer ${token ?? (await channel.token())}`,
    });

  return {
    ...counting,
    teams,
    logger,
    /** The chats for which a moment of the send rate was taken, in order. */
    paced,
    objectId,
    address: `${server.url}/api/messages`,
    postRaw,
    post,
    say: (text: string) => post(channel.activity({ text })),
    press: (verb: string, data: object) =>
      post(
        channel.activity({
          type: "invoke",
          name: "adaptiveCard/action",
          replyToId: "card-1",
          value: { action: { type: "Action.Execute", verb, data }, trigger: "manual" },
        }),
      ),
    submit: (data: object, replyToId?: string) => post(channel.activity({ value: data, replyToId })),
    close: server.close,
  };
}

export type Bot = Awaited<ReturnType<typeof startBot>>;
