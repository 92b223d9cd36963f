import type { Request, Server } from "restify";
import { z } from "zod";
import type { Stores } from "../../adapters/sql/store.ts";
import type { Directory } from "../../features/roster/ports.ts";
import { actorOf, type Person } from "../../features/roster/model.ts";
import { allow } from "../../kernel/actor.ts";
import type { Store } from "../../kernel/store.ts";
import type { Clock } from "../../kernel/time.ts";
import type { DirectoryPerson } from "../entra/index.ts";
import type { StandIns } from "../stand-ins.ts";
import { mountCalendars } from "./calendars.ts";
import { eventStream } from "./events.ts";
import { json, readJson } from "./http.ts";
import { mergedLog } from "./log.ts";
import { createMails, type Mails } from "./mails.ts";
import { mailboxView, organiserKey, organiserMailbox } from "./organiser.ts";

export interface RehearsalDeps {
  readonly standIns: Pick<StandIns, "entra" | "connector" | "graph" | "platform">;
  readonly directory: Directory;
  readonly store: Store<Stores>;
  readonly people: () => Promise<DirectoryPerson[]>;
  /** The address of the mailbox that owns the meetings. */
  readonly organiser: string;
  readonly clock: Clock;
}

const Say = z.object({ text: z.string().min(1).max(4000) });
const Press = z.object({
  activityId: z.string(),
  action: z.object({
    type: z.enum(["Action.Execute", "Action.Submit"]),
    verb: z.string().optional(),
    data: z.record(z.string(), z.unknown()).optional(),
  }),
  inputs: z.record(z.string(), z.string()),
});
const Change = z.object({ do: z.enum(["install", "uninstall", "block", "unblock", "delete-chat"]) });
const WhoAmI = z.object({ person: z.string().min(1) });

/**
 * What the Rehearsal page asks for: people, their chats, mails and calendars, what the bot did; and the tokens of local
 * mode. Local mode only.
 */
export function mountRehearsal(deps: RehearsalDeps): (server: Server, closing: AbortSignal) => void {
  const { connector, entra, graph, platform } = deps.standIns;
  const account = (key: string) => accountOf(deps, key);
  const mails = createMails({ graph, account });
  const log = mergedLog([connector.log, graph.log]);
  /** How many of the bot's messages each person has looked at. */
  const read: ReadMarks = new Map();
  const view = (one: DirectoryPerson, person: Person | undefined) => personView(deps, { read, mails }, one, person);
  return (server, closing) => {
    server.post("/local/token", async (request, response) => {
      const body = await readJson(request, WhoAmI);
      const wanted = body?.person.trim().toLowerCase();
      const person = (await deps.people()).find((one) => one.objectId === wanted || one.email === wanted);
      if (person === undefined) return json(response, 404, { detail: "Nobody of the roster has this e-mail or object id." });
      json(response, 200, { token: await entra.issueUserToken(person.objectId, { audience: platform.appId }) });
    });

    server.get("/rehearsal/api/info", async (_request, response) => {
      const [network] = await deps.directory.networks();
      json(response, 200, { network: network?.name ?? "No network yet", clock: deps.clock.now().toString(), tabUrl: "/tab/" });
    });

    server.get("/rehearsal/api/people", async (_request, response) => {
      const accounts = await deps.people();
      const roster = await rosterByEmail(deps);
      const items = await Promise.all(accounts.map((one) => view(one, roster.get(one.email))));
      const mailbox = organiserMailbox(deps.organiser, accounts);
      json(response, 200, { items: mailbox === null ? items : [...items, withMails(mails, mailbox)] });
    });

    server.get("/rehearsal/api/people/:key/chat", async (request, response) => {
      const person = await account(keyOf(request));
      if (person === null) return json(response, 404, { detail: "There is no such person." });
      const isMailbox = person.objectId === organiserKey;
      if (isMailbox) return json(response, 200, { person: withMails(mails, person), messages: [] });
      const roster = await rosterByEmail(deps);
      const messages = connector.client(person.objectId).messages();
      // A chat that is fetched behind another view isn't looked at.
      if (queryOf(request).get("peek") !== "true") read.set(person.objectId, fromBot(messages));
      json(response, 200, {
        person: await view(person, roster.get(person.email)),
        messages: messages.map((message) => ({ ...message, deleted: false })),
      });
    });

    server.post("/rehearsal/api/people/:key/messages", async (request, response) => {
      const body = await readJson(request, Say);
      if (body === null) return json(response, 400, { detail: "Write something first." });
      json(response, 202, await connector.client(keyOf(request)).say(body.text));
    });

    server.post("/rehearsal/api/people/:key/actions", async (request, response) => {
      const body = await readJson(request, Press);
      if (body === null) return json(response, 400, { detail: "This action can't be read." });
      const { type, verb, data } = body.action;
      const action = { type, ...(verb === undefined ? {} : { verb }), ...(data === undefined ? {} : { data }) };
      json(response, 200, await connector.client(keyOf(request)).press(body.activityId, action, body.inputs));
    });

    server.post("/rehearsal/api/people/:key/state", async (request, response) => {
      const body = await readJson(request, Change);
      if (body === null) return json(response, 400, { detail: "Choose what to do." });
      const client = connector.client(keyOf(request));
      const act = {
        install: () => client.install(),
        uninstall: () => client.uninstall(),
        block: () => client.block(),
        unblock: () => client.unblock(),
        "delete-chat": () => client.deleteChat(),
      }[body.do];
      json(response, 200, await act());
    });

    server.get("/rehearsal/api/log", async (request, response) => {
      const after = Number(queryOf(request).get("after") ?? 0);
      const names = new Map((await deps.people()).map((person) => [person.objectId, person.name]));
      const entries = log();
      const items = entries
        .filter((entry) => entry.n > after)
        .map((entry) => ({
          ...entry,
          at: new Date(entry.at).toISOString(),
          person: entry.person === undefined ? null : (names.get(entry.person) ?? null),
        }));
      json(response, 200, { items, last: entries.at(-1)?.n ?? 0 });
    });

    mails.mount(server);
    mountCalendars(server, { graph, account });
    server.get("/rehearsal/api/events", eventStream({ connector, graph }, closing));
  };
}

type ReadMarks = Map<string, number>;

function fromBot(messages: readonly { readonly from: string }[]): number {
  return messages.filter((message) => message.from === "bot").length;
}

function queryOf(request: Request): URLSearchParams {
  return new URLSearchParams(request.getQuery());
}

function keyOf(request: { params?: Record<string, string> }): string {
  return request.params?.["key"] ?? "";
}

async function accountOf(deps: RehearsalDeps, key: string | undefined): Promise<DirectoryPerson | null> {
  const people = await deps.people();
  if (key === organiserKey) return organiserMailbox(deps.organiser, people);
  return people.find((person) => person.objectId === key) ?? null;
}

const withMails = (mails: Mails, mailbox: DirectoryPerson) => ({ ...mailboxView(mailbox), ...mails.countsOf(mailbox) });

async function rosterByEmail(deps: RehearsalDeps): Promise<Map<string, Person>> {
  const people = new Map<string, Person>();
  for (const { id } of await deps.directory.networks()) {
    for (const person of await deps.store.read(id).roster.people()) people.set(person.email, person);
  }
  return people;
}

interface Looked {
  readonly read: ReadMarks;
  readonly mails: Mails;
}

async function personView(deps: RehearsalDeps, looked: Looked, account: DirectoryPerson, person: Person | undefined) {
  const facts = await deps.standIns.connector.facts(account.objectId);
  const messages = deps.standIns.connector.client(account.objectId).messages();
  const installed = account.external ? "cannot" : facts !== null && facts.blocked !== null ? "blocked" : facts?.installed === true ? "yes" : "no";
  return {
    key: account.objectId,
    name: account.name,
    email: account.email,
    role: person?.role ?? "member",
    organisation: person?.organisation ?? null,
    area: person?.area ?? null,
    runsNetwork: person !== undefined && allow.runners(actorOf(person, false)),
    external: account.external,
    installed,
    messages: messages.length,
    unread: Math.max(0, fromBot(messages) - (looked.read.get(account.objectId) ?? 0)),
    ...looked.mails.countsOf(account),
  };
}
