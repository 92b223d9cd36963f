import { createServer } from "node:http";
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "@jest/globals";
import { startTelemetry, type TelemetryOptions } from "../../../src/adapters/telemetry/index.ts";
import { noTelemetry } from "../../../src/kernel/telemetry.ts";
import { recordingLogger } from "../../support/logger.ts";
import { startCollector } from "../../support/otlp.ts";
import { until } from "../../support/until.ts";

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function start(endpoint: string | null, more: Partial<TelemetryOptions> = {}) {
  const { logger, lines } = recordingLogger();
  const running = await startTelemetry({ endpoint, protocol: null, logger, everyMs: 20, ...more });
  cleanUps.push(() => running.stop(500));
  return { ...running, lines };
}

async function collector() {
  const started = await startCollector();
  cleanUps.push(() => started.close());
  return started;
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("telemetry", () => {
  it("is nothing at all without a collector, and says in the log why it is off for one that it can't speak to", async () => {
    expect((await start(null)).telemetry).toBe(noTelemetry);
    const { telemetry, lines } = await start("http://127.0.0.1:1", { protocol: "grpc" });
    expect(telemetry).toBe(noTelemetry);
    expect(lines).toMatchObject([{ level: "warn", fields: { wanted: "grpc" } }]);
  });

  it("tells how long steps took and how they ended, each within the step that it is part of", async () => {
    const to = await collector();
    const { telemetry, stop, lines } = await start(to.url, { protocol: "http/protobuf", everyMs: 60_000 });
    const request = telemetry.request("POST");
    await new Promise<void>((resolve) => {
      request.run(() => {
        void telemetry
          .step({ kind: "answer", verb: "count.submit" }, async () => {
            await telemetry.step({ kind: "call", service: "connector", operation: "POST /v3" }, async (ended) => ended("201"));
          })
          .then(resolve);
      });
    });
    request.end("/api/messages", 200);
    const broken = telemetry.step({ kind: "job", queue: "work" }, () => Promise.reject(new Error("s3cret")));
    await expect(broken).rejects.toThrow("s3cret");
    const probe = telemetry.request("GET");
    probe.end("/readyz", 503);
    telemetry.request("BREW").end(null, 500);

    await stop(5_000);

    expect(to.points("steady.service.calls")).toEqual([
      { name: "steady.service.calls", unit: "{call}", value: 1, attributes: { service: "connector", operation: "POST /v3", status: "201" } },
    ]);
    expect(to.points("steady.answer.duration")).toMatchObject([{ unit: "ms", value: 1, attributes: { verb: "count.submit", outcome: "done" } }]);
    expect(to.points("steady.job.duration")).toMatchObject([{ value: 1, attributes: { queue: "work", outcome: "failed" } }]);
    expect(to.points("http.server.request.duration").map(({ attributes }) => Object.values(attributes))).toEqual([
      ["POST", "/api/messages", "200"],
      ["_OTHER", "none", "500"],
    ]);
    expect(to.points("steady.http.errors")).toMatchObject([{ value: 1, attributes: { "http.route": "none" } }]);
    const [server, answer, call] = ["POST /api/messages", "answer count.submit", "connector POST /v3"].map((name) =>
      to.spans.find((span) => span.name === name),
    );
    expect([answer?.parent, call?.parent]).toEqual([server?.id, answer?.id]);
    expect(to.spans.find(({ name }) => name === "job work")?.parent).toBe("");
    expect(to.spans).toHaveLength(5);
    expect(to.sent()).not.toContain("s3cret");
    expect(lines).toEqual([]);
  });

  it("looks gauges up each time, and goes on when one of them can't be read", async () => {
    const to = await collector();
    const { telemetry } = await start(to.url);
    let seconds = 0;
    telemetry.gauge("queueAge", async () => [{ value: (seconds += 1), of: "work" }]);
    telemetry.gauge("subscription", () => Promise.reject(new Error("no store")));
    await until(() => (to.points("steady.queue.age")[0]?.value ?? 0) >= 2, "a second look");
    expect(to.points("steady.queue.age")).toMatchObject([{ unit: "s", attributes: { queue: "work" } }]);
    expect(to.points("steady.subscription.remaining")).toEqual([]);
  });

  it("logs once that nobody takes it and once that somebody does again, and never makes anybody wait", async () => {
    let status = 400;
    const server = createServer((request, response) => {
      request.resume().on("end", () => response.writeHead(status).end());
    });
    const url = await listening(server);
    cleanUps.push(async () => server.close());
    const { telemetry, lines } = await start(`${url}/`);
    let sent = 0;
    server.on("request", () => (sent += 1));
    const count = () => telemetry.step({ kind: "job", queue: "work" }, () => Promise.resolve("worked"));
    expect(await count()).toBe("worked");
    await until(() => sent >= 4, "four sendings");
    expect(lines).toMatchObject([{ level: "warn", message: expect.stringContaining("can't be reached") }]);
    status = 200;
    await until(() => lines.length > 1, "the second line");
    expect(lines.slice(1)).toMatchObject([{ level: "info" }]);
  });

  it("keeps its time limits and its memory with a collector that takes connections and never answers", async () => {
    const sockets: Socket[] = [];
    const server = createTcpServer((socket) => void sockets.push(socket));
    const url = await listening(server);
    cleanUps.push(async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const { telemetry, stop, lines } = await start(url, { everyMs: 60_000, timeoutMs: 300 });
    // Far more than the 2,048 spans and 2,000 combinations of attributes that are kept.
    const many = Array.from({ length: 20_000 }, (_, n) => ({ kind: "job", queue: `queue ${n}` }) as const);
    for (const step of many) await telemetry.step(step, () => Promise.resolve());
    const started = performance.now();
    await stop(3_000);
    expect(performance.now() - started).toBeLessThan(6_000);
    expect(lines).toMatchObject([{ level: "warn" }]);
  });
});
