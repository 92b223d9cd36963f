import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { createApi } from "../../../src/tab/api/client.ts";
import { ApiFault, inWords } from "../../../src/tab/api/problem.ts";
import { createTransport } from "../../../src/tab/api/transport.ts";
import { SignInFault } from "../../../src/tab/host/host.ts";

const Answer = z.object({ n: z.number() });
const now = 1_000_000;
const tokenUntil = (exp: number) => `x.${btoa(JSON.stringify({ exp }))}.y`;

let server: Server;
let seen: { readonly token: string; readonly type: string | undefined }[] = [];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const realFetch = globalThis.fetch;

beforeEach(async () => {
  seen = [];
  server = createServer((request, response) => {
    const { authorization = "", "content-type": type } = request.headers;
    seen.push({ token: authorization, type });
    request.resume();
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  // A browser knows where it is; here addresses are made whole.
  globalThis.fetch = (path, init) => realFetch(`http://127.0.0.1:${port}${path as string}`, init);
});

afterEach(async () => {
  globalThis.fetch = realFetch;
  await new Promise((resolve) => server.close(resolve));
});

const ok = (_request: IncomingMessage, response: ServerResponse) => response.end(JSON.stringify({ n: 1 }));

describe("the tab's client of the API", () => {
  it("asks the host for a token once, and again when it is about to run out", async () => {
    answer = ok;
    let time = now;
    let given = 0;
    const api = createApi(createTransport({ token: async () => tokenUntil(now + 600 * ++given) }, () => time));
    await api.call("me", Answer);
    await api.call("me", Answer);
    time = now + 600 - 60;
    await api.call("me", Answer);
    expect(given).toBe(2);
    expect(new Set(seen.map(({ token }) => token)).size).toBe(2);
  });

  it("gives what was read ahead to whoever asks for it first, and asks again after that", async () => {
    answer = ok;
    const transport = createTransport({ token: async () => tokenUntil(now + 600) }, () => now);
    transport.readAhead("me");
    const api = createApi(transport);
    await api.call("me", Answer);
    expect(seen).toHaveLength(1);
    await api.call("me", Answer);
    expect(seen).toHaveLength(2);
  });

  it("tells whoever asks why what was read ahead couldn't be read, and nobody else", async () => {
    answer = (_request, response) => response.writeHead(403).end(JSON.stringify({ detail: "Not for you." }));
    const transport = createTransport({ token: async () => tokenUntil(now + 600) }, () => now);
    transport.readAhead("overview");
    const fault = await createApi(transport).call("overview", Answer).catch((error: unknown) => error);
    expect(fault).toMatchObject({ message: "Not for you.", status: 403 });
    const refused = createTransport({ token: () => Promise.reject(new SignInFault("Nobody.")) }, () => now);
    refused.readAhead("me");
    await expect(createApi(refused).call("me", Answer)).rejects.toThrow("Nobody.");
  });

  it("changes nothing with what was read ahead", async () => {
    answer = ok;
    const transport = createTransport({ token: async () => tokenUntil(now + 600) }, () => now);
    transport.readAhead("requests");
    await createApi(transport).call("requests", Answer, { method: "POST", body: {} });
    expect(seen.map(({ type }) => type)).toContain("application/json");
  });

  it("asks for one token when requests begin together", async () => {
    answer = ok;
    let given = 0;
    const api = createApi(createTransport({ token: async () => (given++, tokenUntil(now + 600)) }, () => now));
    await Promise.all([api.call("me", Answer), api.call("overview", Answer)]);
    expect([given, seen.length]).toEqual([1, 2]);
  });

  it("tries once more with a new token when one is refused, and then says what to do", async () => {
    answer = (_request, response) => response.writeHead(401).end("{}");
    let given = 0;
    const api = createApi(createTransport({ token: async () => (given++, tokenUntil(now + 600)) }, () => now));
    const fault = await api.call("me", Answer).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(SignInFault);
    expect(inWords(fault)).toMatch(/Reload this tab/);
    expect(given).toBe(2);
  });

  it("gives a refusal in the server's own words, with what is wrong at each field", async () => {
    const errors = [{ path: "text", message: "text: write something." }];
    answer = (_request, response) => response.writeHead(422).end(JSON.stringify({ detail: "Nothing was changed.", errors }));
    const api = createApi(createTransport({ token: async () => tokenUntil(now + 600) }, () => now));
    const fault = await api.call("x", Answer, { method: "POST", body: {} }).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(ApiFault);
    expect(fault).toMatchObject({ message: "Nothing was changed.", status: 422, errors });
  });

  it("never shows an answer that isn't what was promised", async () => {
    answer = (_request, response) => response.end(JSON.stringify({ n: "one" }));
    const api = createApi(createTransport({ token: async () => tokenUntil(now + 600) }, () => now));
    const fault = await api.call("me", Answer).catch((error: unknown) => error);
    expect(inWords(fault)).toMatch(/Reload the page/);
  });

  it("sends a file as CSV, and anything else as JSON", async () => {
    answer = ok;
    const api = createApi(createTransport({ token: async () => tokenUntil(now + 600) }, () => now));
    await api.call("roster", Answer, { method: "POST", body: new Blob(["name"]) });
    await api.call("roster", Answer, { method: "POST", body: {} });
    expect(seen.map(({ type }) => type)).toEqual(["text/csv", "application/json"]);
  });

  it("saves a file under the name that the server gives it", async () => {
    answer = (_request, response) =>
      response.writeHead(200, { "content-disposition": 'attachment; filename="evidence.csv"' }).end("a,b");
    const api = createApi(createTransport({ token: async () => tokenUntil(now + 600) }, () => now));
    const { name, blob } = await api.file("exports/evidence.csv");
    expect([name, await blob.text()]).toEqual(["evidence.csv", "a,b"]);
  });
});
