import { describe, expect, it } from "@jest/globals";
import pg from "pg";
import { serverDatabase } from "../support/database.ts";
import { type LiveNetwork, withLiveNetwork } from "../support/faulty-store.ts";
import { type SilentWay, startSilentWay, startSilentWayToStandIn, type Vanished } from "../support/silent-way.ts";
import { until } from "../support/until.ts";

const people = 60;
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
const secondsSince = (moment: number) => (performance.now() - moment) / 1_000;

type Service = "connector" | "graph" | "store";

/** The built server with a way to one of its services that can lose its connections; `url` leads past it to the store. */
async function withWayTo(service: Service, use: (scene: LiveNetwork, way: SilentWay, url: string) => Promise<void>): Promise<void> {
  const way = service === "store" ? await startSilentWay() : await startSilentWayToStandIn();
  const { url, drop } = await serverDatabase("empty");
  if (service === "store") way.leadTo(url);
  const environment = () => ({
    DATABASE_URL: service === "store" ? way.through(url) : url,
    ...(service === "connector" ? { TEAMS_SERVICE_URL: way.through("https://127.0.0.1/emea/") } : {}),
    ...(service === "graph" ? { GRAPH_BASE_URL: way.through("https://127.0.0.1/").replace(/\/$/, "") } : {}),
  });
  try {
    await withLiveNetwork({ people, environment }, async (scene) => {
      if (service === "connector") way.leadTo(scene.server.connector.serviceUrl);
      if (service === "graph") way.leadTo(scene.server.graph.url);
      await use(scene, way, url);
    });
  } finally {
    await way.close();
    await drop();
  }
}

interface Looks {
  /** Milliseconds. */
  readonly slowest: number;
  /** The statuses of what was asked, each once. */
  readonly statuses: readonly number[];
  /** What /readyz said of its status, and in words, each once. */
  readonly ready: readonly number[];
  readonly says: readonly string[];
  /** Seconds until /readyz said for good that it is ready. */
  readonly secondsUnready: number;
}

/** Asks Steady itself, time and again until the work is over. */
async function askingDuring({ ask, readyz }: LiveNetwork, path: string, work: Promise<unknown>): Promise<Looks> {
  const began = performance.now();
  const times: number[] = [];
  const [statuses, ready, says] = [new Set<number>(), new Set<number>(), new Set<string>()];
  let [isOver, secondsUnready] = [false, 0];
  const over = work.finally(() => {
    isOver = true;
  });
  const each = async (one: () => Promise<void>) => {
    while (!isOver) {
      await one();
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  };
  const own = each(async () => {
    const { status, ms } = await ask(path);
    statuses.add(status);
    times.push(ms);
  });
  const readiness = each(async () => {
    const look = await readyz();
    ready.add(look.status);
    for (const said of look.says) says.add(said.replace(/\d{4}-\d\d-\d\dT\S+Z/, "then"));
    times.push(look.ms);
    if (look.status !== 200) secondsUnready = secondsSince(began);
  });
  await Promise.all([own, readiness, over]);
  return { slowest: Math.max(...times), statuses: [...statuses], ready: [...ready], says: [...says], secondsUnready };
}

const on = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe("connections that stay open with nobody behind them", () => {
  it.each([
    ["on which requests wait for an answer", 1_000],
    ["that were kept for the next request", 0],
  ])("to the Connector, %s, cost nobody their card, and hold up nothing else", async (what, lateMs) => {
    await withWayTo("connector", async (scene, way) => {
      const { server, managers, cards, openRound, readyz, complete } = scene;
      const stop = server.connector.faults.add({ match: ({ kind }) => kind === "send" && lateMs > 0, respond: { lateMs } });
      const round = await openRound();
      await until(() => sum(cards()) >= 15, "the first cards", 5);
      const lost = way.vanish();
      const at = performance.now();
      stop();
      const looks = await askingDuring(scene, `check-in-rounds/${round}`, complete(round));
      const seconds = secondsSince(at);
      const duplicates = sum(cards()) - people;
      console.log(`${lost.connections} connections to the Connector lost, ${what}: all sent ${seconds.toFixed(0)} s later, ${duplicates} cards came twice`, looks, lost.now());
      expect(await complete(round)).toEqual({ intended: people, delivered: people, failed: 0, skipped: 0, pending: 0 });
      expect(cards().filter((count) => count === 0)).toEqual([]);
      expect(duplicates).toBeLessThanOrEqual(lost.connections);
      // Ten seconds for an answer that never comes, half a minute to a minute where Teams seems to be away.
      expect(seconds).toBeGreaterThan(9);
      expect(seconds).toBeLessThan(100);
      expect(lost.now().connections).toBe(0);
      if (lateMs > 0) expect(duplicates).toBeGreaterThan(0);
      else expect(lost.now().bytes).toBeGreaterThan(0);
      expect(looks).toMatchObject({ statuses: [200], ready: [200] });
      expect(looks.slowest).toBeLessThan(2_000);
      expect((await readyz()).says.filter((said) => said.startsWith("Teams"))).toEqual([]);
      const [one] = managers;
      if (one !== undefined) expect(await scene.answer(one, 12)).toBe(true);
    });
  }, 400_000);

  it("to Graph leave one event, and one mail for each step to each person", async () => {
    await withWayTo("graph", async (scene, way) => {
      const { server, leader, managers, readyz } = scene;
      const { graph } = server;
      const stop = graph.failOn({ path: /\/events/i }, { lateMs: 500 }, Number.POSITIVE_INFINITY);
      const figures: string[] = [];
      /** Asks for a step; the connections go when Graph has carried out its request, or before it is asked. */
      const step = async (what: string, ask: () => Promise<{ status: number; body: any }>, when: "carried out" | "before") => {
        const before = graph.log().length;
        const kept = when === "before" ? way.vanish() : null;
        const began = performance.now();
        const { status, body } = await ask();
        expect(status).toBeLessThan(300);
        const answeredIn = performance.now() - began;
        const isCarriedOut = () => graph.log().slice(before).some(({ path }) => /\/events/i.test(path));
        if (kept === null) await until(isCarriedOut, "a request", 1);
        const lost: Vanished = kept ?? way.vanish();
        const path = `meetings/${String(body.id)}`;
        const inStep = until(async () => (await server.api(leader, "GET", path)).body.calendar.state !== "pending", "the calendar to be in step", 200);
        const looks = await askingDuring(scene, path, inStep);
        const seconds = secondsSince(began);
        const used = lost.now();
        figures.push(`${what}: ${lost.connections} lost (${used.bytes} bytes said into them later), in step after ${seconds.toFixed(0)} s, slowest answer ${looks.slowest.toFixed(0)} ms`);
        expect((await server.api(leader, "GET", path)).body.calendar).toMatchObject({ state: "in-step", reason: null });
        // It waited ten seconds for the answer, in the first case to what nobody heard.
        if (when === "before") expect(used.bytes).toBeGreaterThan(0);
        expect(seconds).toBeGreaterThan(9);
        expect(seconds).toBeLessThan(60);
        expect(looks).toMatchObject({ statuses: [200], ready: [200] });
        expect(Math.max(looks.slowest, answeredIn)).toBeLessThan(2_000);
        return body;
      };
      const { id } = await step("booking", () => server.api(leader, "POST", "meetings", { on: on(120) }), "carried out");
      const path = `meetings/${String(id)}`;
      // The connection that was used last is still kept.
      await step("moving", () => server.api(leader, "PATCH", path, { on: on(121) }), "before");
      expect(graph.calendarOf("meetings@example.org").map(({ startsAt }) => startsAt)).toEqual([expect.stringContaining(on(121))]);
      await step("moving again", () => server.api(leader, "PATCH", path, { on: on(122) }), "carried out");
      expect(graph.calendarOf("meetings@example.org").map(({ startsAt }) => startsAt)).toEqual([expect.stringContaining(on(122))]);
      await step("cancelling", () => server.api(leader, "DELETE", path), "carried out");
      stop();
      console.log(figures.join("\n"));
      expect(graph.calendarOf("meetings@example.org")).toEqual([]);
      const mails = managers.map(({ email = "" }) => graph.mailsTo(email).map(({ kind }) => kind));
      expect(mails).toEqual(managers.map(() => ["invitation", "update", "update", "cancellation"]));
      expect((await readyz()).says.filter((said) => said.startsWith("Microsoft Graph"))).toEqual([]);
    });
  }, 400_000);

  it("to PostgreSQL are given up, said of readiness meanwhile, and cost nobody a card or an answer", async () => {
    await withWayTo("store", async (scene, way, url) => {
      const { managers, cards, openRound, readyz, complete } = scene;
      const store = new pg.Client({ connectionString: url });
      await store.connect();
      try {
        const recorded = async () => (await store.query("select from deliveries where state = 'delivered'")).rowCount ?? 0;
        const round = await openRound();
        await until(() => sum(cards()) >= 8, "the first cards", 5);
        const [first, second, third] = managers.filter((_, n) => cards()[n] === 1);
        if (first === undefined || second === undefined || third === undefined) throw new Error("Three should have a card.");
        expect(await scene.answer(first, 23)).toBe(true);
        const lost = way.vanish();
        const at = performance.now();
        const wasAcknowledged = scene.answer(second, 31);
        let inFlight = 0;
        const ready = async () => {
          await until(async () => (await readyz()).status === 503, "it to say that it isn't ready");
          await until(async () => {
            inFlight = Math.max(inFlight, sum(cards()) - (await recorded()));
            return (await readyz()).status === 200;
          }, "it to be ready again", 100);
        };
        const looks = await askingDuring(scene, "people", ready());
        const secondsUntilReady = secondsSince(at);
        expect(await complete(round)).toEqual({ intended: people, delivered: people, failed: 0, skipped: 0, pending: 0 });
        const duplicates = sum(cards()) - people;
        console.log(`${lost.connections} connections to PostgreSQL lost: ready ${secondsUntilReady.toFixed(0)} s later, all sent ${secondsSince(at).toFixed(0)} s later, ${inFlight} in flight, ${duplicates} cards came twice`, looks, lost.now());
        expect(cards().filter((count) => count === 0)).toEqual([]);
        expect(duplicates).toBeLessThanOrEqual(inFlight);
        // Forty seconds after the last word on it a connection is given up; that word may come half a minute after it was lost.
        expect(secondsUntilReady).toBeLessThan(100);
        expect(looks.says).toContain("The store takes too long to answer.");
        // Whoever has such a connection waits until it is given up.
        expect(looks.statuses.filter((status) => ![200, 503].includes(status))).toEqual([]);
        expect(looks.slowest).toBeLessThan(60_000);
        expect(await scene.stored(first)).toContain("23");
        if (await wasAcknowledged) expect(await scene.stored(second)).toContain("31");
        expect(await scene.answer(third, 32)).toBe(true);
        expect(await scene.stored(third)).toContain("32");
        await until(async () => (await scene.ask("people")).status === 200 && (await readyz()).status === 200, "everything to work");
        expect(lost.now().connections).toBe(0);
      } finally {
        await store.end();
      }
    });
  }, 400_000);
});
