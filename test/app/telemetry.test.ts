import { afterEach, expect, it } from "@jest/globals";
import { startTelemetry } from "../../src/adapters/telemetry/index.ts";
import { silent } from "../support/logger.ts";
import { startCollector } from "../support/otlp.ts";
import { answer as answerSurvey } from "./pulse-people.ts";
import { lead, manager, member, roster } from "./rosters.ts";
import { testApp } from "./test-app.ts";

const names = ["Anastasia", "Benedikt", "Cleopatra", "Leandra", "Wilhelmina"];
const mailOf = (name: string) => `${name.toLowerCase()}@example.org`;
const [ana, ben, cleo, lea, wil] = names.map(mailOf) as [string, string, string, string, string];

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

it("tells a round, a meeting and a survey in figures that add up, and nothing of anybody", async () => {
  const collector = await startCollector();
  cleanUps.push(() => collector.close());
  const { telemetry, stop } = await startTelemetry({ endpoint: collector.url, protocol: null, logger: silent, everyMs: 600_000 });
  cleanUps.push(() => stop(1_000));
  // A survey asks ten people at least.
  const others = Array.from({ length: 12 }, (_, n) => member(`Quentin ${n}`, { email: `quentin${n}@example.org` }));
  const people = [manager("Anastasia"), manager("Benedikt"), manager("Cleopatra"), member("Wilhelmina"), lead("Leandra"), ...others];
  // Ben doesn't have the app, and nobody can mail him.
  const app = await testApp({ now: "2026-11-24T09:30", roster: roster(...people), telemetry, installed: ({ email }) => email !== ben });
  await app.say(cleo, "stop");
  const round = await app.openRound();
  await (await app.card(ana)).press("Send", { feeling: "busy", newPeople__link_worker: 5 });
  await app.settle();
  expect((await app.api(lea, "POST", "meetings", { on: "2027-01-12" })).status).toBe(201);
  await app.moveTo("2026-11-24T09:35");
  expect((await app.api(lea, "POST", "pulse-waves", {})).status).toBe(201);
  await app.settle();
  await answerSurvey(app, wil, 1);
  await app.settle();
  const counts = await app.counts(round);
  expect(counts).toMatchObject({ delivered: 1, failed: 1, skipped: 1 });

  await stop(5_000);

  const deliveries = Object.fromEntries(collector.points("steady.deliveries").map(({ attributes, value }) => [attributes["state"], value]));
  const stored = await app.database.db.selectFrom("deliveries").select("state").where("purpose", "not like", "pulse%").execute();
  const inState = (state: string) => stored.filter((row) => row.state === state).length;
  expect(deliveries).toEqual({ pending: inState("pending"), delivered: inState("delivered"), failed: inState("failed"), skipped: inState("skipped") });
  expect(deliveries["failed"]).toBeGreaterThan(0);

  const verbs = collector.points("steady.answer.duration").map(({ attributes }) => attributes["verb"]);
  expect(verbs).toContain("checkIn.submit");
  expect(verbs).toContain("confidential");
  const calls = new Map(collector.points("steady.service.calls").map(({ attributes: { service, operation, status }, value }) => [`${service} ${operation} ${status}`, value]));
  expect(calls.get("connector POST /v3/conversations 201")).toBeGreaterThan(0);
  expect(calls.get("connector POST /v3/conversations 403")).toBe(1);
  expect(calls.get("graph POST /v1.0/users/{id}/events 201")).toBe(1);
  expect(collector.points("steady.queue.age").find(({ attributes }) => attributes["queue"] === "deliveries.send")).toMatchObject({ value: 0 });
  const [remaining] = collector.points("steady.subscription.remaining");
  expect(remaining?.value).toBeGreaterThan(5 * 86_400);
  expect(collector.spans.map(({ name }) => name)).toEqual(expect.arrayContaining(["POST /api/messages", "POST /api/v1/meetings", "job deliveries.send"]));

  const sent = collector.sent();
  for (const name of [...names, "Quentin", "example.org", "Bearer", "eyJ", "pulse.submit"]) expect([name, sent.includes(name)]).toEqual([name, false]);
  // The only ids are that of this process, in each sending once.
  const ids = new Set(sent.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi));
  expect(ids.size).toBe(1);
  const ofApp = [app.network, round, app.tenantId, ...(await Promise.all([ana, ben, cleo, lea, wil].map(app.accountOf)))];
  expect(ofApp.filter((id) => sent.includes(id))).toEqual([]);
});
