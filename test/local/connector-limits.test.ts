import { afterEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { createLimiter, teamsLimits } from "../../src/local/connector/limits.ts";
import {
  activitiesOf,
  ana,
  bea,
  card,
  cardMessage,
  newChat,
  stopAll,
  textMessage,
  world,
} from "./connector-fixture.ts";

afterEach(stopAll);

describe("the sliding windows", () => {
  it("never let more through than a window allows, and always let one through after the wait", () => {
    const request = fc.record({
      gap: fc.oneof(fc.nat(40), fc.nat(40), fc.nat(700)),
      chat: fc.constantFrom("a", "b", null),
    });
    const gaps = fc.array(request, {
      minLength: 30,
      maxLength: 300,
    });
    fc.assert(
      fc.property(gaps, (requests) => {
        let now = 0;
        const limits = { ...teamsLimits, perTenant: [{ requests: 10, ms: 1000 }] };
        const limiter = createLimiter(limits, () => now);
        const admitted: { at: number; chat: string | null }[] = [];
        for (const { gap, chat } of requests) {
          now += gap;
          const first = limiter.take(chat);
          if (!first.ok) {
            now += first.waitMs - 1;
            expect(limiter.take(chat).ok).toBe(false);
            now += 1;
            expect(limiter.take(chat).ok).toBe(true);
          }
          admitted.push({ at: now, chat });
        }
        for (const { at, chat } of admitted) {
          const within = (ms: number) => admitted.filter((other) => other.at > at - ms && other.at <= at);
          expect(within(1000).length).toBeLessThanOrEqual(10);
          if (chat === null) continue;
          for (const { requests: most, ms } of limits.perConversation) {
            expect(within(ms).filter((other) => other.chat === chat).length).toBeLessThanOrEqual(most);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("a bot that asks too often", () => {
  it("is throttled after 50 requests of any kind in a second, with the seconds to wait", async () => {
    let now = Date.UTC(2026, 10, 2);
    const { call, connector } = await world({ now: () => now });
    const create = () => call("POST", "v3/conversations", newChat(ana.objectId));
    for (let i = 0; i < 50; i += 1) expect((await create()).status).toBe(201);
    const refused = await call("POST", "v3/conversations", newChat(bea.objectId));
    expect(refused).toMatchObject({ status: 429, body: { error: { code: "Throttled" } } });
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(connector.counts()).toMatchObject({ requests: 51, throttled: 1, byKind: { create: 51 } });
    now += 1000;
    expect((await call("POST", "v3/conversations", newChat(bea.objectId))).status).toBe(201);
  });

  it("is throttled after 7 messages to one chat in a second, 8 in two and 60 in thirty", async () => {
    const start = Date.UTC(2026, 10, 2);
    let now = start;
    const { call, open } = await world({ now: () => now });
    const path = activitiesOf(await open(ana));
    const send = () => call("POST", path, textMessage("Hello"));
    for (let i = 0; i < 7; i += 1) expect((await send()).status).toBe(201);
    expect((await send()).status).toBe(429);
    expect((await call("POST", activitiesOf(await open(bea)), textMessage("Hello"))).status).toBe(201);
    now = start + 1000;
    expect((await send()).status).toBe(201);
    expect((await send()).headers.get("retry-after")).toBe("1");
    for (let second = 2; second < 15; second += 1) {
      now = start + second * 1000;
      for (let i = 0; i < 4; i += 1) expect((await send()).status).toBe(201);
    }
    now = start + 20_000;
    const refused = await send();
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("10");
  });

  it("pays twice for a text with a card", async () => {
    const { call, open } = await world({ now: () => Date.UTC(2026, 10, 2) });
    const path = activitiesOf(await open(ana));
    const both = { ...cardMessage(card("x")), text: "Hello" };
    for (let i = 0; i < 4; i += 1) expect((await call("POST", path, both)).status).toBe(201);
    expect((await call("POST", path, textMessage("Hello"))).status).toBe(429);
  });

  it("can be given other limits", async () => {
    const { call } = await world({ limits: { perTenant: [{ requests: 1, ms: 1000 }] }, now: () => 0 });
    expect((await call("POST", "v3/conversations", newChat(ana.objectId))).status).toBe(201);
    expect((await call("POST", "v3/conversations", newChat(ana.objectId))).status).toBe(429);
  });
});
