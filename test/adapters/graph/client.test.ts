import { createServer, type IncomingMessage } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { afterEach, describe, expect, it } from "@jest/globals";
import { createGraphClient, graphMailer } from "../../../src/adapters/graph/index.ts";
import { graphFaultOf } from "../../../src/adapters/graph/faults.ts";
import { loopbackCertificate } from "../../../src/local/graph/certificate.ts";
import { trust } from "../../../src/local/graph/trust.ts";

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

type Answer = { status: number; headers?: Record<string, string>; body?: string };

/** A server over TLS, or without it, that answers everything alike and remembers what it was asked. */
async function serve(answer: Answer, secure = true) {
  const asked: { url: string | undefined; headers: IncomingMessage["headers"] }[] = [];
  const certificate = await loopbackCertificate();
  trust(certificate.cert);
  const server = secure ? createTlsServer(certificate) : createServer();
  server.on("request", (request, response) => {
    asked.push({ url: request.url, headers: request.headers });
    request.resume();
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { url: `${secure ? "https" : "http"}://127.0.0.1:${port}`, asked };
}

const token = () => Promise.resolve("secret-token");
const json = { "content-type": "application/json" };

const failureOf = (baseUrl: string): Promise<unknown> =>
  createGraphClient({ baseUrl, token }).api("/me").post({}).catch((error: unknown) => error);

describe("the Graph client", () => {
  it("brings the token, and asks for ids that stay, besides what the caller prefers", async () => {
    const { url, asked } = await serve({ status: 200, headers: json, body: `{"id":"1"}` });
    const client = createGraphClient({ baseUrl: `${url}/`, token });
    expect(await client.api("/me").get()).toEqual({ id: "1" });
    await client.api("/me").header("Prefer", `outlook.timezone="Europe/London"`).get();
    expect(asked.map(({ headers }) => headers.prefer)).toEqual([
      `IdType="ImmutableId"`,
      `outlook.timezone="Europe/London", IdType="ImmutableId"`,
    ]);
    expect(asked[0]).toMatchObject({ url: "/v1.0/me", headers: { authorization: "Bearer secret-token" } });
  });

  it("isn't made for plain http, or for what isn't an address", async () => {
    expect(() => createGraphClient({ baseUrl: "http://127.0.0.1:1", token })).toThrow("https://");
    expect(() => createGraphClient({ baseUrl: "graph", token })).toThrow("https://");
  });

  it("follows no redirect, neither with the token nor without", async () => {
    const plain = await serve({ status: 200 }, false);
    const { url, asked } = await serve({ status: 307, headers: { location: plain.url } });
    const error = await failureOf(url);
    expect(graphFaultOf(error, 0)).toEqual({ kind: "refused", detail: "307" });
    expect([asked.length, plain.asked.length]).toEqual([1, 0]);
  });

  it("gives the token to no other host", async () => {
    const { url, asked } = await serve({ status: 200, headers: json, body: "{}" });
    const client = createGraphClient({ baseUrl: "https://graph.microsoft.com", token });
    await client.api(`${url}/v1.0/me`).get();
    expect(asked).toHaveLength(1);
    expect(asked[0]?.headers.authorization).toBeUndefined();
  });

  it("reads a wait and a status from an answer that isn't Graph's", async () => {
    const { url, asked } = await serve({
      status: 503,
      headers: { "content-type": "text/html", "retry-after": "9" },
      body: "<p>ana@example.org</p>",
    });
    const error = await failureOf(url);
    expect(graphFaultOf(error, 0)).toEqual({ kind: "again", afterSeconds: 9, detail: "503" });
    expect(asked).toHaveLength(1);
  });

  it("lets a mail count as sent, whatever the head of an empty answer says of a body", async () => {
    const { url } = await serve({ status: 202, headers: json });
    const mailer = graphMailer({ client: createGraphClient({ baseUrl: url, token }), sender: "a@network.example" });
    const ana = { name: "Ana", address: "ana@example.org" };
    const mail = { to: ana, replyTo: null, fromName: "", subject: "", text: "", html: "", reference: "1" };
    expect(await mailer.send(mail)).toEqual({ ok: true, value: null });
  });

  it("leaves errors alone that aren't about a call", () => {
    expect(graphFaultOf(new TypeError("oops"), 0)).toBeNull();
  });
});
