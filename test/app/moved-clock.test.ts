import { describe, expect, it } from "@jest/globals";
import type { Engine } from "../../src/adapters/sql/engine.ts";
import type { Temporal } from "../../src/kernel/time.ts";
import { engines } from "../support/database.ts";
import { askedOf, roundsOf } from "./ledger.ts";
import { lead, manager, roster } from "./rosters.ts";
import { type TestApp, testApp } from "./test-app.ts";

const names = ["Ana", "Ben", "Cem", "Dee", "Eve", "Flo"];
const emails = names.map((name) => `${name.toLowerCase()}@example.org`);
const lea = "lea@example.org";

const started = (engine: Engine, now: string) => testApp({ now, engine, roster: roster(...names.map((name) => manager(name)), lead("Lea")) });
const cards = (app: TestApp) => Promise.all(emails.map(async (email) => (await askedOf(app, email)).length));

/** Some cards have gone; of the others' next tries, into chats that have had a request, some are due at once, and some in a while. */
async function halfSent(app: TestApp): Promise<string> {
  for (const email of emails.slice(3)) {
    await app.say(email, "help");
    const person = await app.accountOf(email);
    app.connector.faults.add({ match: (request) => request.kind === "send" && request.person === person, respond: { status: 503, code: "ServiceError" }, times: 2 });
  }
  return app.openRound();
}

async function pass(app: TestApp, duration: Temporal.DurationLike): Promise<void> {
  app.clock.moveTo(app.clock.now().add(duration));
  await app.settle();
}

describe("a clock that is set in the middle of a round", () => {
  it.each(engines)("back by an hour keeps nobody waiting for that hour, and sends nothing twice (%s)", async (engine) => {
    const app = await started(engine, "2026-11-24T10:30");
    const round = await halfSent(app);
    expect(await cards(app)).toEqual([1, 1, 1, 0, 0, 0]);
    app.clock.setBack({ hours: 1 });
    const before = app.clock.now();
    await app.settle();
    for (let n = 0; n < 6; n += 1) await pass(app, { seconds: 10 });
    expect(await cards(app)).toEqual(names.map(() => 1));
    expect(await app.counts(round)).toMatchObject({ delivered: 6, pending: 0 });
    await app.say("ana@example.org", "help");
    expect(await app.texts("ana@example.org")).toHaveLength(1);
    // Waiting moves this clock: moments that were reserved in the hour that comes again would have moved it there.
    expect(app.clock.now().since(before).total("seconds")).toBeLessThan(70);
    // The hour passes a second time.
    for (let n = 0; n < 3; n += 1) await pass(app, { minutes: 25 });
    expect(await cards(app)).toEqual(names.map(() => 1));
    expect(await roundsOf(app, lea)).toHaveLength(1);
  });

  it("forwards by a day, and back again, sends nothing twice and loses nothing", async () => {
    const app = await started("server", "2026-11-24T10:30");
    const round = await halfSent(app);
    await pass(app, { hours: 24 });
    await pass(app, { seconds: 30 });
    expect(await cards(app)).toEqual(names.map(() => 1));
    app.clock.setBack({ hours: 24 });
    const before = app.clock.now();
    await app.settle();
    expect((await app.api(lea, "POST", `check-in-rounds/${round}/retry`)).body).toEqual({ cards: 0 });
    const card = await app.card("ana@example.org");
    await card.press("Send", { feeling: "busy", newPeople__link_worker: 5 });
    await app.settle();
    expect((await app.api("ana@example.org", "GET", "me/check-ins")).body.items).toMatchObject([{ answers: { newPeople: { link_worker: 5 } } }]);
    await app.say("ben@example.org", "help");
    expect(await app.texts("ben@example.org")).toHaveLength(1);
    expect(app.clock.now().since(before).total("seconds")).toBeLessThan(60);
    for (let n = 0; n < 3; n += 1) await pass(app, { hours: 12 });
    // Ana's card says what she answered.
    expect(await cards(app)).toEqual(names.map((name) => (name === "Ana" ? 0 : 1)));
    expect(await roundsOf(app, lea)).toHaveLength(1);
    expect(await app.counts(round)).toMatchObject({ delivered: 6, pending: 0 });
  });

  it("back by an hour between two requests waits for no moment that was reserved before", async () => {
    const app = await started("server", "2026-11-24T10:30");
    const reserved = app.clock.now();
    const set: (typeof reserved)[] = [];
    const setItBack = () => {
      app.clock.setBack({ hours: 1 });
      set.push(app.clock.now());
    };
    app.connector.faults.add({
      match: ({ kind }) => {
        if (kind === "create" && set.length === 0) setItBack();
        return false;
      },
      respond: "cut",
    });
    const round = await app.openRound();
    expect(await app.counts(round)).toMatchObject({ delivered: 6, pending: 0 });
    expect(await cards(app)).toEqual(names.map(() => 1));
    expect(set).toHaveLength(1);
    expect(reserved.since(app.clock.now()).total("minutes")).toBeGreaterThan(59);
  });

  it("back by an hour while Teams is away has it looked for all the same, so that nobody waits for that hour", async () => {
    const app = await started("server", "2026-11-24T10:30");
    const stop = app.connector.faults.add({ match: () => true, respond: "cut" });
    const round = await app.openRound();
    for (let n = 0; n < 12; n += 1) await pass(app, { seconds: 10 });
    const { checks } = (await (await fetch(`${app.url}/readyz`)).json()) as { checks: { detail: string }[] };
    expect(checks.map(({ detail }) => detail)).toContainEqual(expect.stringMatching(/^Teams has given no usable answer since /));
    app.clock.setBack({ hours: 1 });
    await app.settle();
    stop();
    for (let n = 0; n < 12; n += 1) await pass(app, { seconds: 10 });
    expect(await cards(app)).toEqual(names.map(() => 1));
    expect(await app.counts(round)).toMatchObject({ delivered: 6, pending: 0 });
  });

  it("back by an hour over the moment at which a round opens by itself opens it once", async () => {
    const app = await started("server", "2026-11-24T09:00");
    for (let n = 0; n < 7; n += 1) await pass(app, { minutes: 10 });
    const rounds = await roundsOf(app, lea);
    const sent = await cards(app);
    app.clock.setBack({ hours: 1 });
    await app.settle();
    for (let n = 0; n < 7; n += 1) await pass(app, { minutes: 10 });
    expect(await cards(app)).toEqual(sent);
    expect(sent).toEqual(names.map(() => 1));
    expect(await roundsOf(app, lea)).toEqual(rounds);
  });
});
