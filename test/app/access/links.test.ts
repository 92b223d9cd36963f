import { expect, it } from "@jest/globals";
import { testApp } from "../test-app.ts";
import { cells, forged, mails, owner } from "./callers.ts";
import { everyCaller, furnished, ofTheArea } from "./furnished.ts";
import { byLink, links, type LinkUsed, respond } from "./links.ts";
import { linksOf } from "./made-links.ts";
import { recording } from "./recorded.ts";
import { storedIn } from "./stored.ts";

it("lets each button be pressed by the link to its own card and by no other, stores nothing else, and records who came by a link", async () => {
  const { app } = await furnished({ mail: true, installed: () => false });
  expect(Object.keys(byLink).sort()).toEqual([...app.bot.verbs.keys()].sort());
  const { card, tokenTo, endedTo, followUp } = linksOf(app);
  const stored = await storedIn(app.database);
  const recordedSince = await recording(app);
  const found: Record<string, string> = {};
  const wanted: string[] = [];
  // Of a person of the same rank, to a card of the same kind.
  const colleagues: Readonly<Record<string, string>> = { [owner]: mails.manager, [mails.areaLead]: mails.networkLead };

  for (const [verb, { card: purpose, typed = {} }] of Object.entries(byLink)) {
    const holder = purpose === "request" ? mails.areaLead : owner;
    const own = await card(holder, purpose);
    const page = purpose === "details" ? await card(holder, "check-in") : own;
    const tokens: Record<LinkUsed, string | null> = {
      ended: await endedTo(page),
      own: purpose === "details" ? await followUp(page, own) : await tokenTo(own),
      none: null,
      forged: await forgedLink(await tokenTo(page)),
      tabToken: await app.tokenOf(holder),
      anotherCard: await tokenTo(await card(holder, purpose === "poll" ? "pulse" : "poll")),
      anotherPerson: await tokenTo(await card(colleagues[holder] ?? "", purpose === "check-in" || purpose === "details" ? "check-in" : purpose === "pulse" ? "pulse" : "poll")),
    };
    const data = { delivery: own.id, ...(purpose === "request" ? { request: own.subject } : {}), ...typed };
    const words: Partial<Record<LinkUsed, string>> = {};
    let before = await stored.all();
    for (const used of [...links.slice(1), "own"] as const) {
      const token = tokens[used];
      const answer = await fetch(`${app.url}/respond/api/press`, {
        method: "POST",
        headers: { "content-type": "application/json", ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
        body: JSON.stringify({ action: { verb, data } }),
      });
      const text = await answer.text();
      const kind = answer.status === 200 ? (JSON.parse(text) as { reply: { kind: string } }).reply.kind : null;
      const word = kind === null ? String(answer.status) : kind === "refused" ? "no" : kind === "message" ? "text" : "card";
      words[used] = word;
      const cell = { verb, used, word, text };
      const after = await stored.all();
      if (kind === null || kind === "refused") expect({ ...cell, after }).toEqual({ ...cell, after: before });
      before = after;
      if (kind === null) expect(cell).toEqual({ ...cell, text: expect.not.stringMatching(ofTheArea) });
      else if (app.bot.verbs.get(verb)?.isConfidential !== true) wanted.push(`${holder} bot ${verb} ${kind === "refused" ? "refused" : "done"}`);
    }
    found[verb] = links.map((used) => words[used]).join(" ");
    await app.settle();
  }
  expect(found).toEqual(Object.fromEntries(Object.entries(byLink).map(([verb, { answers }]) => [verb, Object.values(cells(answers, links)).join(" ")])));
  const deeds = (await recordedSince()).filter(({ action }) => action.startsWith("bot "));
  expect(deeds.map(({ email, action, detail }) => `${email ?? ""} ${action} ${String(detail["outcome"])}`).sort()).toEqual(wanted.sort());
});

it("answers what else a link's page asks for by good links only, and gives a new one for what was one", async () => {
  const app = await testApp({ now: "2026-11-24T09:30", mail: true, installed: () => false, roster: everyCaller.home });
  await app.openRound();
  const { card, tokenTo, endedTo } = linksOf(app);
  const page = await card(owner, "check-in");
  const ended = await endedTo(page);
  const own = await tokenTo(page);
  const tokens = [own, null, await forgedLink(own), await app.tokenOf(owner), ended];
  const found: Record<string, string> = {};
  for (const [path, { send }] of Object.entries(respond)) {
    const statuses = [];
    for (const token of tokens) {
      const answer = await fetch(`${app.url}/respond/api/${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
        body: JSON.stringify(send),
      });
      statuses.push(answer.status);
    }
    found[path] = statuses.join(" ");
  }
  expect(found).toEqual(Object.fromEntries(Object.entries(respond).map(([path, { statuses }]) => [path, statuses])));
});

/** Signed with another key, by the same method. */
async function forgedLink(token: string): Promise<string> {
  const [head = "", body = ""] = token.split(".");
  const [, , signature = ""] = (await forged(`${Buffer.from('{"alg":"RS256"}').toString("base64url")}.${body}`)).split(".");
  return `${head}.${body}.${signature}`;
}
