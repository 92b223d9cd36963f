import { describe, expect, it } from "@jest/globals";
import type { TestApp } from "../test-app.ts";
import { type Caller, callers, cells, mails, owner, tabTokens } from "./callers.ts";
import { type Furnished, furnished, ofTheArea, ofTheNetwork } from "./furnished.ts";
import { recording } from "./recorded.ts";
import { routes, secret } from "./routes.ts";
import { storedIn } from "./stored.ts";

let scene: Furnished;

async function furnish(): Promise<TestApp> {
  scene = await furnished();
  const { app } = scene;
  await (await app.card(owner, "How is your caseload?")).press("Send", { feeling: "unsafe", help: "call", newPeople__link_worker: 27 });
  await app.settle();
  return app;
}

interface Asked {
  readonly url: string;
  readonly method: string;
  readonly send: string | undefined;
  readonly type: "text/csv" | "application/json";
  /** The id in the address. */
  readonly subject: string | null;
}

/** The request of a row. */
async function asked(route: string): Promise<Asked> {
  const { id = "person", send, query = "" } = routes[route] ?? {};
  const [method = "", path = ""] = route.split(" ");
  const ids: Readonly<Record<string, string>> = { ...scene.ids, request: (await scene.cards())["request-id"] ?? "" };
  const named = (text: string) => text.replaceAll(/:id|\{id\}/g, ids[id] ?? "");
  const isText = typeof send === "string";
  return {
    url: `${scene.app.url}/api/v1/${named(`${path}${query}`)}`,
    method,
    send: send === undefined ? undefined : isText ? send : named(JSON.stringify(send)),
    type: isText ? "text/csv" : "application/json",
    subject: path.includes(":id") ? (ids[id] ?? "") : null,
  };
}

async function answerTo({ url, method, send, type }: Asked, token: string | null) {
  const answer = await fetch(url, {
    method,
    headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...(send === undefined ? {} : { "content-type": type }) },
    ...(send === undefined ? {} : { body: send }),
  });
  return { status: answer.status, text: await answer.text() };
}

/** Those whose work is on record, reading included; what anybody does about themselves isn't, unless it changes something. */
const workers = new Set<Caller>(["areaLead", "otherAreaLead", "networkLead", "viewer", "admin", "foreignLead"]);
const isRecorded = (route: string, caller: Caller, status: number) => {
  const isKnown = workers.has(caller) || caller === "member" || caller === "manager";
  return isKnown && (status === 403 || !route.startsWith("GET ") || (workers.has(caller) && !/^GET me(\/|$)/.test(route)));
};

describe("the API", () => {
  it("answers each caller as its table says, changes nothing for whom it refuses, tells nothing of others', and records work and refusals", async () => {
    const app = await furnish();
    const tokens = await tabTokens(app);
    const stored = await storedIn(app.database);
    const recordedSince = await recording(app);
    const began = app.clock.now().epochMilliseconds;
    const found: Record<string, string> = {};
    const wanted: string[] = [];
    for (const route of Object.keys(routes)) {
      const request = await asked(route);
      const statuses: number[] = [];
      let before = await stored.all();
      for (const caller of callers) {
        if (caller === "foreignLead") before = await stored.of(app.network);
        const { status, text } = await answerTo(request, tokens[caller]);
        statuses.push(status);
        const about = { route, caller, status };
        const after = await (caller === "foreignLead" ? stored.of(app.network) : stored.all());
        if (caller === "foreignLead" || status >= 400 || request.method === "GET") expect({ ...about, after }).toEqual({ ...about, after: before });
        before = after;
        if (caller === "foreignLead") expect({ ...about, text: text.replaceAll(mails.foreignLead, "") }).toEqual({ ...about, text: expect.not.stringMatching(ofTheNetwork) });
        if (caller === "otherAreaLead" || status >= 400) expect({ ...about, text }).toEqual({ ...about, text: expect.not.stringMatching(ofTheArea) });
        const mail = Object.entries(mails).find(([one]) => one === caller)?.[1] ?? "";
        if (isRecorded(route, caller, status)) wanted.push(`${mail} ${route} ${request.subject ?? ""} ${status}`);
      }
      found[route] = statuses.join(" ");
    }
    const table = Object.entries(routes).map(([route, { statuses }]) => [route, Object.values(cells(statuses, callers)).join(" ")]);
    expect(found).toEqual(Object.fromEntries(table));

    const log = await recordedSince();
    const requests = log.filter(({ detail }) => detail["status"] !== undefined);
    const lines = requests.map(({ email, action, subject, detail }) => `${email ?? ""} ${action} ${subject ?? ""} ${String(detail["status"])}`);
    expect(lines.sort()).toEqual(wanted.sort());
    const ended = app.clock.now().epochMilliseconds;
    expect(log.filter(({ at }) => at.getTime() < began || at.getTime() > ended)).toEqual([]);
    expect(JSON.stringify(log.map(({ action, subject, detail }) => [action, subject, detail]))).not.toMatch(new RegExp(`${secret}|\\b27\\b|unsafe`));
  });
});
