import { get } from "node:http";
import { afterEach, describe, expect, it } from "@jest/globals";
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { startEntra, type EntraStandIn } from "../../src/local/entra/index.ts";
import { ana, appId, people, secret, stranger, tenantId } from "./connector-fixture.ts";

let entra: EntraStandIn | undefined;
afterEach(() => entra?.close());

async function start(clock?: { now(): number }): Promise<EntraStandIn> {
  entra = await startEntra({
    tenantId,
    people: () => Promise.resolve(people),
    apps: [{ appId, secret }],
    ...(clock === undefined ? {} : { clock }),
  });
  return entra;
}

const good = {
  grant_type: "client_credentials",
  client_id: appId,
  client_secret: secret,
  scope: "https://api.botframework.com/.default",
};

async function askToken(url: string, change: Record<string, string> = {}, headers: Record<string, string> = {}) {
  const body = new URLSearchParams(Object.entries({ ...good, ...change }).filter(([, value]) => value !== ""));
  const response = await fetch(`${url}/${tenantId}/oauth2/v2.0/token`, { method: "POST", headers, body });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function keysBy(metadataUrl: string) {
  const metadata = (await (await fetch(metadataUrl)).json()) as { issuer: string; jwks_uri: string };
  return { issuer: metadata.issuer, keys: createRemoteJWKSet(new URL(metadata.jwks_uri)) };
}

describe("the Entra stand-in's app tokens", () => {
  it("are signed for the Bot Connector by the tenant that the metadata describes", async () => {
    const { url } = await start();
    const { status, body } = await askToken(url);
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: "Bearer", expires_in: 3600 });
    const { issuer, keys } = await keysBy(`${url}/${tenantId}/v2.0/.well-known/openid-configuration`);
    const { payload } = await jwtVerify(String(body["access_token"]), keys, {
      issuer,
      audience: "https://api.botframework.com",
    });
    expect(payload).toMatchObject({ appid: appId, azp: appId, tid: tenantId });
    expect(Number(payload.exp) - Number(payload.iat)).toBe(3600);
  });

  it("are given for credentials in a Basic header too", async () => {
    const { url } = await start();
    const authorization = `Basic ${Buffer.from(`${appId}:${secret}`).toString("base64")}`;
    expect((await askToken(url, { client_id: "", client_secret: "" }, { authorization })).status).toBe(200);
  });

  it.each([
    ["a wrong secret", { client_secret: "guess" }, 401, "invalid_client", 7000215],
    ["no secret", { client_secret: "" }, 401, "invalid_client", 7000218],
    ["an app that isn't registered", { client_id: tenantId }, 400, "unauthorized_client", 700016],
    ["another service's scope", { scope: "https://graph.microsoft.com/.default" }, 400, "invalid_scope", 70011],
    ["another grant", { grant_type: "password" }, 400, "unsupported_grant_type", 70003],
    ["no grant", { grant_type: "" }, 400, "invalid_request", 900144],
  ])("are refused for %s in Entra's words", async (_what, change, status, error, code) => {
    const { url } = await start();
    const answer = await askToken(url, change);
    expect(answer).toMatchObject({ status, body: { error, error_codes: [code] } });
    expect(answer.body["error_description"]).toMatch(new RegExp(`^AADSTS${code}: `));
  });

  it("aren't given by a tenant that isn't there", async () => {
    const { url } = await start();
    const nowhere = "99999999-9999-4999-8999-999999999999";
    const body = new URLSearchParams(good);
    const token = await fetch(`${url}/${nowhere}/oauth2/v2.0/token`, { method: "POST", body });
    const metadata = await fetch(`${url}/${nowhere}/v2.0/.well-known/openid-configuration`);
    expect([token.status, metadata.status]).toEqual([400, 400]);
  });
});

describe("the Entra stand-in's user tokens", () => {
  it("say who the person is, as the tab's tokens do", async () => {
    const at = Date.UTC(2026, 10, 2, 9);
    const { url, issueUserToken } = await start({ now: () => at });
    const { issuer, keys } = await keysBy(`${url}/${tenantId}/v2.0/.well-known/openid-configuration`);
    const token = await issueUserToken(ana.objectId, { audience: "api://tab" });
    const { payload } = await jwtVerify(token, keys, { issuer, audience: "api://tab", currentDate: new Date(at) });
    expect(payload).toMatchObject({
      oid: ana.objectId,
      tid: tenantId,
      scp: "access_as_user",
      azp: "1fec8e78-bce4-4aaf-ab1b-5451cc387264",
      name: ana.name,
      preferred_username: ana.email,
      ver: "2.0",
      iat: at / 1000,
      nbf: at / 1000,
      exp: at / 1000 + 3600,
    });
  });

  it("come from the person's own tenant", async () => {
    const { url, issueUserToken } = await start();
    const { issuer, keys } = await keysBy(`${url}/${stranger.tenantId}/v2.0/.well-known/openid-configuration`);
    const token = await issueUserToken(stranger.objectId, { audience: "tab" });
    expect((await jwtVerify(token, keys, { issuer })).payload["tid"]).toBe(stranger.tenantId);
  });

  it("can be made wrong on purpose", async () => {
    const { url, issueUserToken } = await start();
    const { keys } = await keysBy(`${url}/${tenantId}/v2.0/.well-known/openid-configuration`);
    const token = await issueUserToken(ana.objectId, { audience: "tab", overrides: { azp: "other", scp: undefined } });
    const { payload } = await jwtVerify(token, keys);
    expect(payload["azp"]).toBe("other");
    expect("scp" in payload).toBe(false);
  });

  it("aren't issued for somebody whom nobody knows", async () => {
    const { issueUserToken } = await start();
    await expect(issueUserToken(appId, { audience: "tab" })).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("the Entra stand-in's keys", () => {
  it("keep verifying old tokens after a rotation, until the old key is withdrawn", async () => {
    const { url, issueUserToken, rotateKeys } = await start();
    const keysUrl = new URL(`${url}/${tenantId}/discovery/v2.0/keys`);
    const before = await issueUserToken(ana.objectId, { audience: "tab" });
    await rotateKeys();
    const after = await issueUserToken(ana.objectId, { audience: "tab" });
    expect(decodeProtectedHeader(after).kid).not.toBe(decodeProtectedHeader(before).kid);
    await jwtVerify(before, createRemoteJWKSet(keysUrl));
    await jwtVerify(after, createRemoteJWKSet(keysUrl));
    await rotateKeys({ keepOld: false });
    await expect(jwtVerify(after, createRemoteJWKSet(keysUrl))).rejects.toMatchObject({
      code: "ERR_JWKS_NO_MATCHING_KEY",
    });
  });

  it("never publish a private half", async () => {
    const { jwks } = await start();
    expect(JSON.stringify(jwks())).not.toMatch(/"(d|p|q|dp|dq|qi)":/);
  });
});

describe("the loopback server of the stand-ins", () => {
  it("refuses requests that come from a web page", async () => {
    const { url } = await start();
    const headers = { origin: "https://evil.example" };
    expect((await fetch(`${url}/${tenantId}/discovery/v2.0/keys`, { headers })).status).toBe(403);
  });

  it("refuses requests that name another host", async () => {
    const { url } = await start();
    const status = await new Promise((resolve, reject) => {
      const asked = get(`${url}/${tenantId}/discovery/v2.0/keys`, { headers: { host: "evil.example" } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.on("error", reject);
    });
    expect(status).toBe(403);
  });

  it("says which port is taken", async () => {
    const { url } = await start();
    const port = Number(new URL(url).port);
    await expect(startEntra({ tenantId, people: () => Promise.resolve([]), port })).rejects.toThrow(String(port));
  });
});
