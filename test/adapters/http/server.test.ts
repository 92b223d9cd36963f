import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, gunzipSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "@jest/globals";
import { loopbackOnly, publicHostOnly } from "../../../src/adapters/http/hosts.ts";
import { createServer, type ServerOptions } from "../../../src/adapters/http/server.ts";
import { Temporal } from "../../../src/kernel/time.ts";
import { gate, startToyServer, toyRoutes } from "./toy-server.ts";

const running: { close(): Promise<void> }[] = [];
const start = async (more?: Partial<ServerOptions>) => {
  const server = await startToyServer(more);
  running.push(server);
  return server;
};
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

/** fetch doesn't let a test choose its Host header. */
function statusFor(port: number, headers: Record<string, string>, path = "/healthz"): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: "127.0.0.1", path, headers }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode));
    });
    sent.on("error", reject).end();
  });
}

describe("health", () => {
  it("says that it is up", async () => {
    const { call } = await start();
    expect(await call(null, "GET", "/healthz")).toMatchObject({ status: 200, body: { status: "up" } });
  });

  it("says whether it is ready, check by check", async () => {
    const checks = [{ name: "store", ok: false, detail: "No answer." }];
    const { call } = await start({ ready: async () => ({ ok: checks.every(({ ok }) => ok), checks }) });
    expect(await call(null, "GET", "/readyz")).toMatchObject({ status: 503, body: { checks } });
    expect((await (await start()).call(null, "GET", "/readyz")).status).toBe(200);
  });

  it("is 500 without insides when the checks themselves fail", async () => {
    const { call } = await start({ ready: () => Promise.reject(new Error("s3cret")) });
    const answer = await call(null, "GET", "/readyz");
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain("s3cret");
  });
});

describe("local mode's door", () => {
  it("opens for this machine's own names with the right port, and no others", async () => {
    const { port } = await start({ allowedHosts: loopbackOnly });
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`]) {
      expect([host, await statusFor(port, { host })]).toEqual([host, 200]);
    }
    for (const host of [
      "steady.example.org",
      `steady.example.org:${port}`,
      `127.0.0.1.example.org:${port}`,
      `localhost:${port + 1}`,
      "localhost",
      `localhost:${port}@example.org`,
      `0.0.0.0:${port}`,
    ]) {
      expect([host, await statusFor(port, { host })]).toEqual([host, 403]);
    }
  });

  it("is shut to other sites' pages", async () => {
    const { port } = await start({ allowedHosts: loopbackOnly });
    const host = `localhost:${port}`;
    expect(await statusFor(port, { host, origin: `http://127.0.0.1:${port}` })).toBe(200);
    for (const origin of [
      "https://example.org",
      "null",
      `http://localhost:${port + 1}`,
      `file://localhost:${port}`,
      "",
    ]) {
      expect([origin, await statusFor(port, { host, origin })]).toEqual([origin, 403]);
    }
  });

  it("is shut to a request without a host", async () => {
    const { raw } = await start({ allowedHosts: loopbackOnly });
    expect(await raw("GET /healthz HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1\.1 403/);
  });
});

describe("live mode's door", () => {
  const allowedHosts = publicHostOnly("https://steady.example.org");

  it("opens for the public name, and no others", async () => {
    const { port } = await start({ allowedHosts });
    for (const host of ["steady.example.org", "STEADY.example.org", "steady.example.org:443"]) {
      expect([host, await statusFor(port, { host, origin: "https://steady.example.org" }, "/api/v1/openapi.json")]).toEqual([host, 200]);
    }
    for (const host of ["10.0.0.7", `127.0.0.1:${port}`, `steady.example.org:${port}`, "steady.example.org.evil.example", "evil.example"]) {
      expect([host, await statusFor(port, { host }, "/api/v1/openapi.json")]).toEqual([host, 403]);
    }
    const foreign = { host: "steady.example.org", origin: "https://evil.example" };
    expect(await statusFor(port, foreign, "/api/v1/openapi.json")).toBe(403);
  });

  it("opens for probes by any name, on their own paths only", async () => {
    const { port } = await start({ allowedHosts });
    for (const path of ["/healthz", "/readyz", "/healthz?x=1"]) {
      expect([path, await statusFor(port, { host: "10.0.0.7:8080" }, path)]).toEqual([path, 200]);
    }
    for (const path of ["/healthz/", "/healthz/../api/v1/openapi.json", "//healthz", "/api/v1/openapi.json?/healthz"]) {
      expect([path, await statusFor(port, { host: "10.0.0.7:8080" }, path)]).toEqual([path, 403]);
    }
  });
});

describe("requests that are out of order", () => {
  it.each([
    [
      "an address that can't be decoded",
      "GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
      /^HTTP\/1\.1 400/,
    ],
    [
      "a parameter that can't be decoded",
      "GET /api/v1/broken/%ff HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
      /^HTTP\/1\.1 400/,
    ],
    ["a host that can't be read", "GET / HTTP/1.1\r\nHost: [x\r\nConnection: close\r\n\r\n", /^HTTP\/1\.1 400/],
    ["no address", "OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", /^HTTP\/1\.1 400/],
    ["two slashes", "GET //healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", /^HTTP\/1\.1 404/],
    ["a whole address", "GET http://x/healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", /^HTTP\/1\.1 200/],
    ["no HTTP", "hello\r\n\r\n", /^HTTP\/1\.1 400/],
    ["an upgrade", "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", /^$/],
  ])("are answered, and the server goes on: %s", async (_what, bytes, answer) => {
    const { raw, call } = await start();
    expect(await raw(bytes)).toMatch(answer);
    expect((await call(null, "GET", "/healthz")).status).toBe(200);
  });

  it("don't disturb it when the caller goes away while sending", async () => {
    const { port, call, logged } = await start();
    await new Promise<void>((resolve) => {
      const headers = { authorization: "Bearer lead", "content-type": "text/csv", "content-length": "1000" };
      const sent = request({ port, host: "127.0.0.1", method: "POST", path: "/api/v1/stock", headers });
      sent.on("error", () => resolve());
      sent.write("name", () => setImmediate(() => sent.destroy()));
    });
    expect((await call(null, "GET", "/healthz")).status).toBe(200);
    expect(logged.filter(({ level }) => level === "error")).toEqual([]);
  });
});

describe("pages", () => {
  it("are served with index.html for their folder, and no inline scripts", async () => {
    const { call } = await start();
    const answer = await call(null, "GET", "/pages/");
    expect(answer).toMatchObject({ status: 200, text: "<h1>Hello</h1>" });
    expect(answer.headers.get("content-type")).toMatch(/^text\/html/);
    expect(answer.headers.get("content-security-policy")).toMatch(
      /default-src 'self'.*style-src 'self'.*frame-ancestors 'self'/,
    );
    expect(answer.headers.get("cache-control")).toBe("no-cache");
    const bare = await call(null, "GET", "/pages");
    expect([bare.status, bare.headers.get("location")]).toEqual([308, "/pages/"]);
  });

  it("may be kept for ever when their name changes with what they hold", async () => {
    const { call } = await start();
    const answer = await call(null, "GET", "/pages/assets/index-B4x_9Qz1.js");
    expect(answer.headers.get("cache-control")).toContain("immutable");
    expect(answer.headers.get("content-type")).toMatch(/javascript/);
  });

  it.each([
    "/pages/..%2foutside.txt",
    "/pages/%2e%2e/outside.txt",
    "/pages/%252e%252e%252foutside.txt",
    "/pages/..%5coutside.txt",
    "/pages/assets/..%2f..%2foutside.txt",
    "/pages/%00",
    "/pages/.hidden",
    "/pages/assets/",
    "/pages/nothing.js",
  ])("aren't served from elsewhere: %s", async (path) => {
    const { raw } = await start();
    const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 40[04]/);
    expect(answer).not.toContain("s3cret");
  });
});

describe("pages that a build has compressed", () => {
  const script = `export const hello = "${"hello ".repeat(100)}";`;
  const name = "index-B4x_9Qz1.js";

  async function startCompressed() {
    const dir = mkdtempSync(join(tmpdir(), "steady-compressed-"));
    mkdirSync(join(dir, "assets"));
    for (const [file, text] of [["index.html", "<h1>Hello</h1>"], [`assets/${name}`, script]] as const) {
      writeFileSync(join(dir, file), text);
      writeFileSync(join(dir, `${file}.gz`), gzipSync(text));
    }
    writeFileSync(join(dir, "plain.css"), "h1 { color: red; }");
    const { port } = await start({ staticFolders: [{ path: "/pages/", dir, frame: "none" }] });
    /** fetch decompresses by itself and hides that it did. */
    return (path: string, headers: Record<string, string>, method = "GET") =>
      new Promise<{ status: number | undefined; headers: Record<string, unknown>; bytes: Buffer }>((resolve, reject) => {
        const sent = request({ port, host: "127.0.0.1", path, method, headers }, (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, bytes: Buffer.concat(chunks) }));
        });
        sent.on("error", reject).end();
      });
  }

  it.each([
    ["/pages/", "<h1>Hello</h1>", "text/html; charset=utf-8", "no-cache"],
    [`/pages/assets/${name}`, script, "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"],
  ])("come compressed to browsers that take it, and plain to others: %s", async (path, text, type, cache) => {
    const ask = await startCompressed();
    const packed = await ask(path, { "accept-encoding": "br, gzip;q=0.8" });
    const common = { vary: "accept-encoding", "content-type": type, "cache-control": cache };
    expect(packed).toMatchObject({ status: 200, headers: { ...common, "content-encoding": "gzip" } });
    expect(gunzipSync(packed.bytes).toString()).toBe(text);
    expect(packed.headers["content-length"]).toBe(String(packed.bytes.length));
    for (const encodings of [{}, { "accept-encoding": "gzip;q=0" }, { "accept-encoding": "br" }]) {
      const plain = await ask(path, encodings);
      expect(plain).toMatchObject({ status: 200, headers: common });
      expect(plain.headers).not.toHaveProperty("content-encoding");
      expect(plain.bytes.toString()).toBe(text);
      expect(plain.headers["etag"]).not.toBe(packed.headers["etag"]);
    }
  });

  it("answer HEAD and what a browser has already", async () => {
    const ask = await startCompressed();
    const encodings = { "accept-encoding": "gzip" };
    const head = await ask("/pages/", encodings, "HEAD");
    expect(head).toMatchObject({ status: 200, headers: { "content-encoding": "gzip" }, bytes: Buffer.alloc(0) });
    const again = await ask("/pages/", { ...encodings, "if-none-match": String(head.headers["etag"]) });
    expect(again).toMatchObject({ status: 304, headers: { vary: "accept-encoding" }, bytes: Buffer.alloc(0) });
  });

  it("come in the smallest form that the browser takes and the build has", async () => {
    const dir = mkdtempSync(join(tmpdir(), "steady-brotli-"));
    writeFileSync(join(dir, "page.js"), script);
    writeFileSync(join(dir, "page.js.gz"), gzipSync(script));
    writeFileSync(join(dir, "page.js.br"), brotliCompressSync(script));
    const { port } = await start({ staticFolders: [{ path: "/pages/", dir }] });
    const encodingFor = (accept: string) =>
      new Promise((resolve, reject) => {
        const headers = { "accept-encoding": accept };
        const sent = request({ port, host: "127.0.0.1", path: "/pages/page.js", headers }, (response) => {
          response.resume().on("end", () => resolve(response.headers["content-encoding"]));
        });
        sent.on("error", reject).end();
      });
    expect(await encodingFor("gzip, deflate, br, zstd")).toBe("br");
    expect(await encodingFor("gzip, deflate, br;q=0")).toBe("gzip");
    expect(await encodingFor("identity")).toBeUndefined();
  });

  it("come plain when there is no compressed one, and are no others", async () => {
    const ask = await startCompressed();
    const plain = await ask("/pages/plain.css", { "accept-encoding": "gzip" });
    expect([plain.status, plain.bytes.toString()]).toEqual([200, "h1 { color: red; }"]);
    const missing = await ask("/pages/nothing.js", { "accept-encoding": "gzip" });
    expect(missing.status).toBe(404);
    expect(missing.headers).not.toHaveProperty("content-encoding");
  });

  it("that allow no frame are held to their own files", async () => {
    const { headers } = await (await startCompressed())("/pages/", { "accept-encoding": "gzip" });
    expect(String(headers["content-security-policy"]).split("; ").sort()).toEqual([
      "base-uri 'none'",
      "connect-src 'self'",
      "default-src 'none'",
      "font-src 'self'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "img-src 'self' data:",
      "script-src 'self'",
      "style-src 'self'",
    ]);
    expect(headers).toMatchObject({ "referrer-policy": "no-referrer", "x-content-type-options": "nosniff" });
  });
});

describe("the bot's address", () => {
  it("hands the request on unread", async () => {
    const { call } = await start({
      messages: async (incoming, response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
        response.writeHead(202).end(Buffer.concat(chunks));
      },
    });
    expect(await call(null, "POST", "/api/messages", { type: "message" })).toMatchObject({
      status: 202,
      text: '{"type":"message"}',
    });
    expect((await call(null, "GET", "/api/messages")).status).toBe(405);
  });

  it("answers 500 without insides when handling fails", async () => {
    const { call } = await start({ messages: () => Promise.reject(new Error("s3cret")) });
    const answer = await call(null, "POST", "/api/messages", {});
    expect(answer).toMatchObject({ status: 500, body: { title: "Internal server error" } });
    expect(answer.text).not.toContain("s3cret");
  });
});

describe("the access log", () => {
  it("has the route and the person, and never what was asked for or sent", async () => {
    const { call, logged } = await start();
    const answer = await call("lead", "POST", "/api/v1/toys/018f0000-0000-7000-8000-0000005ec3e7/paint?s3cret=1", { coats: 2, colour: "red" });
    const line = logged.find(({ message }) => message === "request");
    expect(line?.fields).toMatchObject({
      requestId: answer.headers.get("x-request-id"),
      method: "POST",
      route: "/api/v1/toys/:id/paint",
      status: 201,
      person: "person-lead",
    });
    expect(JSON.stringify(logged)).not.toMatch(/s3cret|5ec3e7|coats/);
  });
});

describe("closing", () => {
  it("lets running requests end and takes no new ones", async () => {
    const waiting = gate();
    const { call, close } = await start({ routes: toyRoutes(waiting) });
    const answer = call("manager", "GET", "/api/v1/slow");
    await waiting.arrived;
    const closed = close();
    await expect(call(null, "GET", "/healthz")).rejects.toThrow();
    waiting.open();
    expect(await answer).toMatchObject({ status: 200, body: { done: true } });
    await closed;
  });

  it("says at once that it isn't ready, answers on meanwhile, and ends each connection with its answer", async () => {
    const waiting = gate();
    const { call, raw, leave } = await start({ routes: toyRoutes(waiting) });
    // A connection that would be kept: it ends by itself only because its answer says so.
    const kept = raw("GET /api/v1/slow HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer manager\r\n\r\n");
    await waiting.arrived;

    leave();

    const ready = await call(null, "GET", "/readyz");
    expect(ready).toMatchObject({ status: 503, body: { checks: [{ name: "server", ok: false }] } });
    const up = await call(null, "GET", "/healthz");
    expect({ status: up.status, connection: up.headers.get("connection") }).toEqual({ status: 200, connection: "close" });
    waiting.open();
    expect(await kept).toMatch(/^HTTP\/1\.1 200 [^]*\r\nconnection: close\r\n[^]*"done":true/i);
  });

  it("cuts what doesn't end in time", async () => {
    const waiting = gate();
    const { call, close } = await start({ routes: toyRoutes(waiting) });
    const answer = call("manager", "GET", "/api/v1/slow");
    const cut = expect(answer).rejects.toThrow();
    await waiting.arrived;
    await close(20);
    await cut;
    waiting.open();
  });

  it("tells open streams to end", async () => {
    const { origin, close } = await start({
      extraHandlers: (restify, closing) => {
        restify.get("/stream", async (_request, response) => {
          response.writeHead(200, { "content-type": "text/event-stream" });
          response.write("data: 1\n\n");
          closing.addEventListener("abort", () => response.end());
        });
      },
    });
    const stream = await fetch(`${origin}/stream`);
    await close();
    expect(await stream.text()).toBe("data: 1\n\n");
  });

  it("may be asked for twice, and before listening", async () => {
    const { close } = await start();
    await Promise.all([close(), close()]);
  });
});

it("says in one line that a port is taken", async () => {
  const { port } = await start();
  const options = {
    routes: [],
    authenticate: async () => ({ ok: false, reason: "x" }) as const,
    audit: async () => {},
  };
  const quiet = { debug() {}, info() {}, warn() {}, error() {}, child: () => quiet };
  const other = createServer({
    ...options,
    clock: { now: () => Temporal.Now.instant() },
    logger: quiet,
    ready: async () => ({ ok: true, checks: [] }),
  });
  await expect(other.listen(port, "127.0.0.1")).rejects.toMatchObject({
    code: "configuration",
    message: expect.stringContaining("Another program uses it"),
  });
  await other.close();
});
