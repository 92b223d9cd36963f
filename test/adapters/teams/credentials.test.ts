import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { NoToken } from "../../../src/adapters/identity/client-credentials.ts";
import { guarded, localCredentials, type BotCredentials } from "../../../src/adapters/teams/credentials.ts";
import { appId, listen, textOf } from "./channel.ts";

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

async function sign(credentials: BotCredentials): Promise<string> {
  let header = "";
  const headers = {
    set: (name: string, value: string) => {
      header = `${name} ${value}`;
    },
  };
  const { signRequest } = await credentials.createCredentials(appId, undefined, "", true);
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

describe("guarded credentials", () => {
  it("never switch authentication off, and know one app only", async () => {
    const factory = guarded(appId, start(() => 0));
    expect(await factory.isAuthenticationDisabled()).toBe(false);
    expect(await factory.isValidAppId(appId)).toBe(true);
    expect(await factory.isValidAppId("")).toBe(false);
    expect(await factory.isValidAppId("other")).toBe(false);
  });

  it("turn whatever the credentials throw into NoToken", async () => {
    const broken: BotCredentials = {
      createCredentials: () => Promise.resolve({ signRequest: () => Promise.reject(new Error("MSAL said no")) }),
    };
    await expect(sign(guarded(appId, broken))).rejects.toBeInstanceOf(NoToken);
  });
});
