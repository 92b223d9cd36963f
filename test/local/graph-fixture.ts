import { createServer } from "node:http";
import { clientCredentials } from "../../src/adapters/identity/client-credentials.ts";
import { startEntra } from "../../src/local/entra/index.ts";
import { startGraph, type GraphOptions } from "../../src/local/graph/index.ts";
import { trust } from "../../src/local/graph/trust.ts";
import { appId, people, secret, tenantId } from "./connector-fixture.ts";

export const graphScope = "https://graph.microsoft.com";
export const sender = "steady@network.example";
const powerless = "44444444-4444-4444-8444-444444444444";

const running: (() => Promise<void>)[] = [];

/** Ends everything that the last test started. */
export async function stopGraph(): Promise<void> {
  for (const stop of running.splice(0).reverse()) await stop();
}

/** An address that answers the handshake as told, and remembers the notifications that came. */
export async function notified(echo: (word: string) => string = (word) => word, type = "text/plain") {
  const got: any[] = [];
  const server = createServer((request, response) => {
    const word = new URL(request.url ?? "/", "http://localhost").searchParams.get("validationToken");
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      if (word === null) got.push(JSON.parse(text));
      response.writeHead(word === null ? 202 : 200, { "content-type": type }).end(word === null ? "" : echo(word));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  running.push(async () => void server.close());
  const address = server.address();
  return { got, url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/notify` };
}

/** Entra and Graph, whose certificate this process trusts, and tokens for an app that may use mail and calendars. */
export async function graphWorld(options: Partial<GraphOptions> & { readonly clock?: { now(): number } } = {}) {
  const resources = [graphScope, "https://api.botframework.com"];
  const { clock, ...more } = options;
  const entra = await startEntra({
    tenantId,
    people: () => Promise.resolve(people),
    apps: [
      { appId, secret, resources, roles: { [graphScope]: ["Mail.Send", "Calendars.ReadWrite", "TeamsAppInstallation.ReadWriteSelfForUser.All", "User.Read.All"] } },
      { appId: powerless, secret, resources, roles: { [graphScope]: ["Calendars.Read"] } },
    ],
    ...(clock === undefined ? {} : { clock }),
  });
  running.push(entra.close);
  const graph = await startGraph({
    entra,
    tenantId,
    people: () => Promise.resolve(people),
    mailboxes: [sender],
    ...more,
  });
  running.push(graph.close);
  trust(graph.certificate);
  const tokenUrl = `${entra.url}/${tenantId}/oauth2/v2.0/token`;
  const token = clientCredentials({ tokenUrl, clientId: appId, secret, scope: graphScope });

  /** A request below /v1.0 with a good token, unless another header is given. */
  async function call(path: string, body?: unknown, headers: Record<string, string> = {}, method = "POST") {
    const authorization = headers["authorization"] ?? `Bearer ${await token()}`;
    const response = await fetch(`${graph.url}/v1.0/${path}`, {
      method,
      headers: { "content-type": "application/json", ...headers, authorization },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      code: text === "" ? null : (JSON.parse(text).error?.code as string | undefined),
      body: text === "" ? null : JSON.parse(text),
      headers: response.headers,
    };
  }
  return {
    entra,
    graph,
    token,
    call,
    /** Posts a MIME message, written with plain line ends. */
    callMime: (user: string, mime: string) =>
      call(`users/${user}/sendMail`, Buffer.from(mime.replaceAll("\n", "\r\n")).toString("base64"), {
        "content-type": "text/plain",
      }),
    otherToken: (change: { clientId?: string; scope?: string }) =>
      clientCredentials({ tokenUrl, clientId: appId, secret, scope: graphScope, ...change })(),
    powerless,
  };
}

export const jsonMail = (to: string, more: object = {}) => ({
  message: {
    subject: "Hello",
    body: { contentType: "Text", content: "How are you?" },
    toRecipients: [{ emailAddress: { address: to, name: "Somebody" } }],
    ...more,
  },
  saveToSentItems: false,
});

export const mimeMail = (to: string, from = sender) =>
  `From: Network <${from}>\nTo: ${to}\nSubject: Hello\nMessage-ID: <1@network.example>\n\nHow are you?\n`;
