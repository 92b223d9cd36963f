import { createServer } from "node:http";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { startConnector, type ConnectorOptions, type ConnectorStandIn } from "../../src/local/connector/index.ts";
import { startEntra, type DirectoryPerson } from "../../src/local/entra/index.ts";

export const tenantId = "11111111-1111-4111-8111-111111111111";
export const appId = "22222222-2222-4222-8222-222222222222";
export const secret = "a-secret-of-the-test";

const someone = (digit: string, name: string, more: Partial<DirectoryPerson> = {}): DirectoryPerson => ({
  objectId: digit.repeat(8) + "-0000-4000-8000-000000000000",
  tenantId,
  name,
  email: `${name.split(" ")[0]?.toLowerCase()}@example.org`,
  external: false,
  ...more,
});
export const ana = someone("a", "Ana Nowak");
export const bea = someone("b", "Bea Okonkwo");
export const guest = someone("c", "Cem Guest", { external: true });
export const stranger = someone("d", "Dov Stranger", { tenantId: "33333333-3333-4333-8333-333333333333" });
export const people = [ana, bea, guest, stranger];

export interface Activity {
   
  [property: string]: any;
}

interface HttpAnswer {
  readonly status: number;
  readonly body?: unknown;
}
type Answer = (activity: Activity) => Promise<HttpAnswer> | HttpAnswer;

export interface World {
  readonly connector: ConnectorStandIn;
  /** What the bot received with a token that it could verify. */
  readonly received: Activity[];
  /** What the bot answers from now on. */
  answer(how: Answer): void;
  /** A bot's request below the serviceUrl, with a good token unless another header is given. */
  call(method: string, path: string, body?: unknown, authorization?: string): Promise<Result>;
  /** Opens a person's chat and answers its id. */
  open(person: DirectoryPerson): Promise<string>;
  rotateKeys(options?: { keepOld?: boolean }): Promise<void>;
  newToken(): Promise<string>;
  /** A token that Entra signed, with claims as wished. */
  userToken(audience: string, overrides: Record<string, unknown>): Promise<string>;
}

export interface Result {
  readonly status: number;
   
  readonly body: any;
  readonly headers: Headers;
}

const running: (() => Promise<void>)[] = [];

/** Ends everything that the last test started. */
export async function stopAll(): Promise<void> {
  for (const stop of running.splice(0).reverse()) await stop();
}

async function startBot(metadataUrl: () => string, received: Activity[], answer: () => Answer): Promise<string> {
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
      const activity = JSON.parse(Buffer.concat(chunks).toString("utf8")) as Activity;
      const metadata = (await (await fetch(metadataUrl())).json()) as { jwks_uri: string; issuer: string };
      const token = (request.headers.authorization ?? "").replace("Bearer ", "");
      const verified = await jwtVerify(token, createRemoteJWKSet(new URL(metadata.jwks_uri)), {
        audience: appId,
        issuer: metadata.issuer,
      });
      if (verified.payload["serviceurl"] !== activity["serviceUrl"]) throw new Error("another serviceUrl");
      received.push(activity);
      const { status, body } = await answer()(activity);
      response.writeHead(status, { "content-type": "application/json" });
      response.end(body === undefined ? "" : JSON.stringify(body));
    })().catch(() => {
      response.writeHead(401).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  running.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/api/messages`;
}

/** Entra, the Connector and a bot that verifies what it gets. */
export async function world(options: Partial<ConnectorOptions> = {}): Promise<World> {
  const received: Activity[] = [];
  let answer: Answer = () => ({ status: 200 });
  const entra = await startEntra({ tenantId, people: () => Promise.resolve(people), apps: [{ appId, secret }] });
  running.push(() => entra.close());
  const botUrl = await startBot(
    () => connector.openIdMetadataUrl,
    received,
    () => answer,
  );
  const connector = await startConnector({
    appId,
    tenantId,
    entra,
    botEndpoint: () => botUrl,
    people: () => Promise.resolve(people),
    ...options,
  });
  running.push(() => connector.close());

  async function newToken(): Promise<string> {
    const response = await fetch(`${entra.url}/${tenantId}/oauth2/v2.0/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: appId,
        client_secret: secret,
        scope: "https://api.botframework.com/.default",
      }),
    });
    return ((await response.json()) as { access_token: string }).access_token;
  }
  const token = await newToken();

  const call: World["call"] = async (method, path, body, authorization = `Bearer ${token}`) => {
    const response = await fetch(connector.serviceUrl + path, {
      method,
      headers: { "content-type": "application/json", ...(authorization === "" ? {} : { authorization }) },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? undefined : JSON.parse(text), headers: response.headers };
  };
  return {
    connector,
    received,
    answer: (how) => {
      answer = how;
    },
    call,
    open: async (person) => {
      const { status, body } = await call("POST", "v3/conversations", newChat(person.objectId));
      if (status !== 201) throw new Error(`no chat: ${status} ${JSON.stringify(body)}`);
      return body.id as string;
    },
    rotateKeys: (how) => entra.rotateKeys(how),
    newToken,
    userToken: (audience, overrides) => entra.issueUserToken(ana.objectId, { audience, overrides }),
  };
}

export const newChat = (memberId: string) => ({
  isGroup: false,
  bot: { id: appId, name: "Bot" },
  members: [{ id: memberId }],
  tenantId,
  channelData: { tenant: { id: tenantId } },
});

export const activitiesOf = (conversation: string) => `v3/conversations/${encodeURIComponent(conversation)}/activities`;

export const card = (text: string, more: object = {}) => ({
  type: "AdaptiveCard",
  version: "1.5",
  body: [{ type: "TextBlock", text }],
  ...more,
});
export const cardMessage = (content: object) => ({
  type: "message",
  attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content }],
});
export const textMessage = (text: string) => ({ type: "message", text });
