import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { ana, guest } from "./connector-fixture.ts";
import { graphWorld, notified, sender, stopGraph } from "./graph-fixture.ts";

afterEach(stopGraph);

const start = Date.UTC(2026, 10, 1, 9);
const day = 86_400_000;

async function world(stateFile?: string) {
  const clock = { ms: start };
  const all = await graphWorld({ now: () => clock.ms, ...(stateFile === undefined ? {} : { stateFile }) });
  const wish = (url: string, change: object = {}) => ({
    changeType: "created,updated,deleted",
    resource: `users/${sender}/events`,
    notificationUrl: url,
    lifecycleNotificationUrl: url,
    expirationDateTime: new Date(start + 7 * day).toISOString(),
    clientState: "secret",
    ...change,
  });
  const time = (dateTime: string) => ({ dateTime, timeZone: "UTC" });
  const event = {
    subject: "Meeting",
    start: time("2026-11-12T10:00:00"),
    end: time("2026-11-12T11:00:00"),
    attendees: [{ emailAddress: { address: ana.email } }],
  };
  return {
    ...all,
    clock,
    wish,
    subscribe: async (url: string, change?: object) => all.call("subscriptions", wish(url, change)),
    create: async () => (await all.call(`users/${sender}/events`, event)).body,
  };
}
const kinds = (got: any[]) => got.map(({ value: [one] }) => one.lifecycleEvent ?? one.changeType);

describe("the Graph stand-in's subscriptions", () => {
  it("tell of changes, with the secret and without content, to those who asked for that kind", async () => {
    const { create, call, graph, subscribe } = await world();
    const [all, some] = [await notified(), await notified()];
    const { body } = await subscribe(all.url);
    await subscribe(some.url, { changeType: "deleted", clientState: undefined });
    const { id } = await create();
    await call(`users/${sender}/events/${id}`, { subject: "New" }, {}, "PATCH");
    await call(`users/${sender}/events/${id}`, undefined, {}, "DELETE");
    await graph.notifications.idle();
    expect(kinds(all.got).toSorted()).toEqual(["created", "deleted", "updated"]);
    expect(kinds(some.got)).toEqual(["deleted"]);
    expect(some.got[0].value[0].clientState).toBeUndefined();
    expect(all.got[0].value[0]).toMatchObject({ subscriptionId: body.id, clientState: "secret", resourceData: { id } });
    expect(JSON.stringify(all.got)).not.toContain("Meeting");
  });

  it.each<[string, (url: string) => object, number]>([
    ["more than 10,080 minutes", () => ({ expirationDateTime: new Date(start + 7 * day + 1000).toISOString() }), 400],
    ["an end that is past", () => ({ expirationDateTime: new Date(start - 1000).toISOString() }), 400],
    ["a long secret", () => ({ clientState: "x".repeat(129) }), 400],
    ["another resource", () => ({ resource: "users/x@example.org/messages" }), 400],
    ["a change that there isn't", () => ({ changeType: "moved" }), 400],
    ["an address elsewhere", () => ({ notificationUrl: "https://example.org/notify" }), 400],
    ["a mailbox that isn't here", () => ({ resource: `users/${guest.email}/events` }), 404],
  ])("aren't made for %s", async (_what, change, status) => {
    const { subscribe } = await world();
    const { url } = await notified();
    expect((await subscribe(url, change(url))).status).toBe(status);
  });

  it("aren't made where the handshake isn't echoed word for word, as plain text", async () => {
    const { subscribe, call } = await world();
    const wrong = [await notified((word) => `"${word}"`), await notified((word) => word, "application/json")];
    for (const { url } of wrong) {
      expect(await subscribe(url)).toMatchObject({ status: 400, code: "ValidationError" });
    }
    expect((await call("subscriptions", undefined, {}, "GET")).body.value).toEqual([]);
  });

  it("end by themselves, at once when removed, and live longer when renewed, also over a restart", async () => {
    const folder = mkdtempSync(join(tmpdir(), "graph-"));
    try {
      const stateFile = join(folder, "state.jsonl");
      const first = await world(stateFile);
      const { url, got } = await notified();
      const { id } = (await first.subscribe(url)).body;
      const gone = (await first.subscribe(url)).body.id;
      expect((await first.call(`subscriptions/${gone}`, undefined, {}, "DELETE")).status).toBe(204);
      const { call, clock, create, graph } = await world(stateFile);
      clock.ms = start + 6 * day;
      const expirationDateTime = new Date(start + 10 * day).toISOString();
      expect((await call(`subscriptions/${id}`, { expirationDateTime }, {}, "PATCH")).status).toBe(200);
      clock.ms = start + 9 * day;
      await create();
      await graph.notifications.idle();
      expect(kinds(got)).toEqual(["created"]);
      clock.ms = start + 11 * day;
      await create();
      await graph.notifications.idle();
      expect(got).toHaveLength(1);
      expect((await call(`subscriptions/${id}`, { expirationDateTime }, {}, "PATCH")).status).toBe(404);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("the Graph stand-in's notifications", () => {
  it("are dropped, sent twice, or held back on demand, and forged", async () => {
    const { create, graph, subscribe } = await world();
    const { url, got } = await notified();
    await subscribe(url);
    graph.notifications.treat("drop");
    await create();
    graph.notifications.treat("hold");
    await create();
    await graph.notifications.idle();
    expect(got).toEqual([]);
    graph.notifications.treat("twice");
    await create();
    await graph.notifications.idle();
    expect(got).toHaveLength(2);
    await graph.notifications.release();
    expect(got).toHaveLength(3);
    expect(await graph.notifications.forge(url, { value: [{ clientState: "guessed" }] })).toBe(202);
    expect(got[3].value[0].clientState).toBe("guessed");
    expect(graph.notifications.sent().map(({ status }) => status)).toEqual([null, 202, 202, 202]);
  });

  it("tell of lifecycle events, of which a removal ends the subscription", async () => {
    const { create, graph, subscribe } = await world();
    const { url, got } = await notified();
    await subscribe(url);
    await graph.notifications.lifecycle("missed");
    await graph.notifications.lifecycle("reauthorizationRequired");
    await graph.notifications.lifecycle("subscriptionRemoved");
    await create();
    await graph.notifications.idle();
    expect(kinds(got)).toEqual(["missed", "reauthorizationRequired", "subscriptionRemoved"]);
    expect(got[0].value[0]).toMatchObject({ clientState: "secret" });
  });
});
