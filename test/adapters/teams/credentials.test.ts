import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { decodeJwt } from "jose";
import { NoToken } from "../../../src/adapters/identity/client-credentials.ts";
import { botCredentials, guarded, localCredentials, type BotCredentials } from "../../../src/adapters/teams/credentials.ts";
import { botConnectorResource, startEntra } from "../../../src/local/entra/index.ts";
import { loopbackCertificate } from "../../../src/local/graph/certificate.ts";
import { trust } from "../../../src/local/graph/trust.ts";
import { appId, listen, tenantId, textOf } from "./channel.ts";

type Request = Parameters<Awaited<ReturnType<BotCredentials["createCredentials"]>>["signRequest"]>[0];

let entra: Awaited<ReturnType<typeof listen>>;
let asked: string[] = [];
let answer: { status: number; body: unknown } | "hang" = { status: 200, body: {} };

beforeAll(async () => {
  entra = await listen((request, response) => {
    void textOf(request).then((text) => {
      asked.push(`${request.url ?? ""} ${text}`);
      if (answer === "hang") return;
      response.writeHead(answer.status, { "content-type": "application/json" });
      response.end(JSON.stringify(answer.body));
    });
  });
});
afterAll(() => entra.close());

function start(now: () => number, timeoutMs = 1_000) {
  asked = [];
  answer = { status: 200, body: { access_token: "token-1", expires_in: 3600 } };
  const scope = "https://api.botframework.com";
  return localCredentials({ loginUrl: `${entra.url}/tenant`, appId, secret: "s&cret", scope, now, timeoutMs });
}

async function sign(credentials: BotCredentials, bot = appId): Promise<string> {
  let header = "";
  const headers = {
    set: (name: string, value: string) => {
      header = `${name} ${value}`;
    },
  };
  const { signRequest } = await credentials.createCredentials(bot, botConnectorResource, "https://login.example.org", true);
  await signRequest({ headers } as unknown as Request);
  return header;
}

describe("localCredentials", () => {
  it("asks by client credentials and signs with what it gets", async () => {
    const credentials = start(() => 0);
    expect(await sign(credentials)).toBe("authorization Bearer token-1");
    const [path = "", form = ""] = (asked[0] ?? "").split(" ");
    expect(path).toBe("/tenant/oauth2/v2.0/token");
    expect(Object.fromEntries(new URLSearchParams(form))).toEqual({
      grant_type: "client_credentials",
      client_id: appId,
      client_secret: "s&cret",
      scope: "https://api.botframework.com/.default",
    });
  });

  it("asks once for calls at the same time, and again five minutes before the token runs out", async () => {
    let now = 0;
    const credentials = start(() => now);
    await Promise.all([sign(credentials), sign(credentials)]);
    now = 55 * 60_000 - 1;
    await sign(credentials);
    expect(asked).toHaveLength(1);
    now += 1;
    await sign(credentials);
    expect(asked).toHaveLength(2);
  });

  it("asks again when the clock has been set back, by which the token would last for ever", async () => {
    let now = 24 * 3_600_000;
    const credentials = start(() => now);
    await sign(credentials);
    now = 0;
    await sign(credentials);
    expect(asked).toHaveLength(2);
    now = 30 * 60_000;
    await sign(credentials);
    expect(asked).toHaveLength(2);
  });

  it("says why there is no token, and asks again the next time", async () => {
    const credentials = start(() => 0);
    answer = { status: 400, body: { error: "unauthorized_client", error_description: "words" } };
    await expect(sign(credentials)).rejects.toThrow(new NoToken("400 unauthorized_client"));
    answer = { status: 200, body: { token: "no such field" } };
    await expect(sign(credentials)).rejects.toThrow(new NoToken("200"));
    answer = { status: 200, body: { access_token: "token-2", expires_in: "3599" } };
    expect(await sign(credentials)).toBe("authorization Bearer token-2");
  });

  it("gives up on a sign-in service that doesn't answer", async () => {
    const credentials = start(() => 0, 50);
    answer = "hang";
    await expect(sign(credentials)).rejects.toBeInstanceOf(NoToken);
  });
});

describe("a bot of a real tenant", () => {
  const secret = "hunter2 & more";

  async function startSignIn(...known: string[]) {
    const tls = await loopbackCertificate();
    trust(tls.cert);
    const apps = known.map((id) => ({ appId: id, secret }));
    const real = await startEntra({ tenantId, people: async () => [], apps, tls });
    return { ...real, loginUrl: `${real.authority}/${tenantId}` };
  }

  it("signs with a token that botbuilder and MSAL got for its secret", async () => {
    const real = await startSignIn(appId);
    const signed = await sign(guarded(appId, botCredentials({ kind: "secret", clientId: appId, secret }, real.loginUrl)));
    const claims = decodeJwt(signed.replace(/^authorization Bearer /i, ""));
    expect(claims).toMatchObject({ aud: botConnectorResource, appid: appId, iss: real.issuer });
    await real.close();
  });

  // Another app id, because botbuilder keeps tokens by app for as long as the process lives.
  it.each([
    ["a wrong secret", "11111111-2222-4333-8444-666666666666", "invalid_client"],
    ["an id that nobody knows", "11111111-2222-4333-8444-777777777777", "unauthorized_client"],
  ])("says with the code alone that it has %s", async (_what, clientId, code) => {
    const real = await startSignIn(...(code === "invalid_client" ? [clientId] : []));
    const credentials = botCredentials({ kind: "secret", clientId, secret: "not-it" }, real.loginUrl);
    const error: unknown = await sign(guarded(clientId, credentials), clientId).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "NoToken", why: expect.stringContaining(code), isRefusal: true });
    expect(String((error as Error).stack) + JSON.stringify(error)).not.toMatch(/not-it|AADSTS|Trace/);
    expect((error as Error).cause).toBeUndefined();
    await real.close();
  });

  it("signs as its managed identity, with nothing but the platform beside it", async () => {
    const clientId = "11111111-2222-4333-8444-888888888888";
    const platform = await listen((request, response) => {
      asked.push(request.url ?? "");
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ access_token: "its-token", expires_on: String(Math.floor(Date.now() / 1000) + 3600), token_type: "Bearer" }));
    });
    const before = { ...process.env };
    asked = [];
    process.env["IDENTITY_ENDPOINT"] = `${platform.url}/msi/token`;
    process.env["IDENTITY_HEADER"] = "its-header";
    const credentials = botCredentials({ kind: "managed-identity", clientId }, "https://login.example.org/x");
    expect(await sign(guarded(clientId, credentials), clientId)).toMatch(/^authorization Bearer its-token$/i);
    expect(asked).toEqual([expect.stringMatching(`client_id=${clientId}`)]);
    process.env = before;
    await platform.close();
  });
});

describe("guarded credentials", () => {
  it("never switch authentication off, and know one app only", async () => {
    const factory = guarded(appId, start(() => 0));
    expect(await factory.isAuthenticationDisabled()).toBe(false);
    expect(await factory.isValidAppId(appId)).toBe(true);
    expect(await factory.isValidAppId("")).toBe(false);
    expect(await factory.isValidAppId("other")).toBe(false);
  });

  it("turn whatever the credentials throw into NoToken, without what it says", async () => {
    const broken: BotCredentials = {
      createCredentials: () => Promise.resolve({ signRequest: () => Promise.reject(new Error("MSAL said no")) }),
    };
    const error: unknown = await sign(guarded(appId, broken)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NoToken);
    expect(`${String(error)} ${String((error as Error).cause)}`).not.toContain("MSAL said no");
  });

  it("wait no longer than they may", async () => {
    const slow: BotCredentials = {
      createCredentials: () => Promise.resolve({ signRequest: () => new Promise(() => undefined) }),
    };
    await expect(sign(guarded(appId, slow, 20))).rejects.toMatchObject({ why: "the sign-in service didn't answer in time", isRefusal: false });
  });
});
