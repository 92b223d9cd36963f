import { expect, it } from "@jest/globals";
import { linkTokens } from "../../../src/adapters/identity/link-tokens.ts";
import { signingKey } from "../../../src/adapters/sql/signing-keys.ts";
import type { Delivery, Purpose } from "../../../src/features/deliveries/model.ts";
import { linkMaker } from "../../../src/features/links/issuing.ts";
import { asId, type DeliveryId } from "../../../src/kernel/ids.ts";
import { testApp, type TestApp } from "../test-app.ts";
import { cells, forged, mails, owner } from "./callers.ts";
import { everyCaller, furnished, ofTheArea } from "./furnished.ts";
import { byLink, links, type LinkUsed, respond } from "./links.ts";
import { recording } from "./recorded.ts";
import { storedIn } from "./stored.ts";

/** Links to any card, made as those are that are mailed. */
function linksOf(app: TestApp) {
  const tokens = linkTokens(signingKey(app.database.db, "links"));
  const maker = linkMaker({ store: app.store, tokens, clock: app.clock, pageUrl: () => "" });
  const { deliveries } = app.store.read(app.network);
  const until = app.clock.now().add({ hours: 24 * 30 });
  const made = async (card: Delivery) => {
    const person = await app.store.read(app.network).roster.person(card.recipient);
    return maker.linkTo(app.network, card, person?.email ?? "", until);
  };
  const tokenTo = async (card: Delivery) => (await made(card)).url.slice(1);
  return {
    tokenTo,
    /** The token of a link to this card that was ended, after which it has another one. */
    async endedTo(card: Delivery): Promise<string> {
      const token = await tokenTo(card);
      await app.store.transaction(app.network, (tx) => tx.links.revokeTo([card.id], app.clock.now()));
      return token;
    },
    /** The token of the second card of a page. */
    followUp: async (page: Delivery, card: Delivery) => tokens.sign({ network: app.network, link: asId((await made(page)).id), card: card.id }),
    async card(who: string, purpose: Purpose): Promise<Delivery> {
      const person = await app.store.read(app.network).roster.personByEmail(who);
      const rows = await app.database.db.selectFrom("deliveries").select("id").where("purpose", "=", purpose)
        .where("recipient", "=", person?.id ?? "").orderBy("created_at", "desc").orderBy("id", "desc").execute();
      const found = rows[0] === undefined ? null : await deliveries.byId(asId<DeliveryId>(rows[0].id));
      if (found === null) throw new Error(`${who} has no card of the kind ${purpose}.`);
      return found;
    },
  };
}

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
