import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from "jose";

export const appId = "11111111-2222-4333-8444-555555555555";
export const tenantId = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
export const objectId = "99999999-8888-4777-8666-555555555555";

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly authorization: string;
  readonly body: Record<string, unknown>;
}

export interface Scripted {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

export interface TokenOptions {
  /** Signs with somebody else's key. */
  readonly forged?: boolean;
  /** Names another of the published keys. */
  readonly key?: "web" | "nobody" | "unsaid";
  /** Names a key that isn't published. */
  readonly kid?: string;
}

export type Respond = (call: Call) => Scripted | "cut" | "hang";

/** Serves HTTP on a free port of loopback; `close` ends open connections too. */
export async function listen(handler: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

export async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

// Making RSA keys takes longer than most tests.
const keys = await generateKeyPair("RS256");
const stranger = await generateKeyPair("RS256");

/** The keys that are published beside the channel's own, by what they may sign for; undefined says nothing about it. */
const endorsements = { teams: ["msteams", "directline"], web: ["webchat"], nobody: [], unsaid: undefined } as const;

/** A small Bot Connector with its issuer and its sign-in service, whose answers a test decides. */
export async function startChannel() {
  const kid = randomUUID();
  const calls: Call[] = [];
  let keysHidden = false;
  let keyFetches = 0;
  let respond: Respond = () => ({ status: 201, body: { id: "made-1" } });
  let tokenAnswer: Scripted = { status: 200, body: { access_token: "bot-token", expires_in: 3600 } };

  async function answer(request: IncomingMessage): Promise<Scripted | "cut" | "hang"> {
    const path = request.url ?? "";
    if (path === "/openid" || path === "/keys") keyFetches += 1;
    if (keysHidden && path === "/openid") return { status: 503 };
    if (path === "/openid") return { status: 200, body: { issuer: server.url, jwks_uri: `${server.url}/keys` } };
    if (path === "/keys") {
      const jwk = { ...(await exportJWK(keys.publicKey)), alg: "RS256", use: "sig" };
      const published = Object.entries(endorsements).map(([name, own]) => ({ ...jwk, kid: `${kid}-${name}`, endorsements: own }));
      return { status: 200, body: { keys: published } };
    }
    const text = await textOf(request);
    if (path === "/login/oauth2/v2.0/token") return tokenAnswer;
    const call = {
      method: request.method ?? "",
      path,
      authorization: request.headers.authorization ?? "",
      body: text === "" ? {} : (JSON.parse(text) as Record<string, unknown>),
    };
    calls.push(call);
    return respond(call);
  }

  const server = await listen((request, response) => {
    void answer(request).then((scripted) => {
      if (scripted === "cut") request.socket.destroy();
      else if (scripted !== "hang") {
        response.writeHead(scripted.status, { "content-type": "application/json", ...scripted.headers });
        response.end(scripted.body === undefined ? "" : JSON.stringify(scripted.body));
      }
    });
  });
  const serviceUrl = `${server.url}/emea/`;

  return {
    ...server,
    serviceUrl,
    calls,
    hideKeys(hidden: boolean) {
      keysHidden = hidden;
    },
    /** How often keys, or where they are, were asked for. */
    keyFetches: () => keyFetches,
    respondWith(next: Respond) {
      respond = next;
    },
    answerTokensWith(next: Scripted) {
      tokenAnswer = next;
    },
    /** A token as the Connector sends it with an activity, unless the options say otherwise. */
    token(claims: JWTPayload = {}, options: TokenOptions = {}) {
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT({
        iss: server.url,
        aud: appId,
        serviceurl: serviceUrl,
        iat: now,
        nbf: now,
        exp: now + 3600,
        ...claims,
      })
        .setProtectedHeader({ alg: "RS256", kid: options.kid ?? `${kid}-${options.key ?? "teams"}` })
        .sign(options.forged === true ? stranger.privateKey : keys.privateKey);
    },
    /** An activity of one person's chat; properties given as undefined are left out. */
    activity(properties: Record<string, unknown> = {}): Record<string, unknown> {
      return {
        type: "message",
        id: "act-1",
        channelId: "msteams",
        serviceUrl,
        from: { id: "29:someone", name: "Ana", aadObjectId: objectId },
        recipient: { id: `28:${appId}`, name: "Bot" },
        conversation: { id: "chat-1", tenantId, conversationType: "personal" },
        channelData: { tenant: { id: tenantId } },
        ...properties,
      };
    },
  };
}

export type Channel = Awaited<ReturnType<typeof startChannel>>;
