import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { exportSPKI, generateKeyPair, SignJWT } from "jose";
import { teamsClients, tokenVerifier, type TokenVerifierOptions } from "../../../src/adapters/identity/tokens.ts";
import { ana, clientId, otherTenant, startIssuer, tenant } from "./issuer.ts";

const noon = Date.UTC(2026, 10, 12, 12) / 1000;
const quiet = { debug() {}, info() {}, warn() {}, error() {}, child: () => quiet };
let issuer: Awaited<ReturnType<typeof startIssuer>>;

beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.close());

function verifier(more: Partial<TokenVerifierOptions> = {}) {
  return tokenVerifier({
    authority: issuer.authority,
    audience: [clientId, `api://steady.example.org/${clientId}`],
    allowedTenants: [tenant],
    clients: teamsClients,
    logger: quiet,
    now: () => new Date(noon * 1000),
    ...more,
  });
}

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");

describe("a good token", () => {
  it("names the person by object id and tenant", async () => {
    expect(await verifier().verify(await issuer.token(noon))).toEqual({
      ok: true,
      identity: { objectId: ana, tenantId: tenant },
      name: "Ana Example",
    });
  });

  it("may be for the app's other address, from the other client, with more scopes and ids in capitals", async () => {
    const token = await issuer.token(noon, {
      aud: `api://steady.example.org/${clientId}`,
      azp: teamsClients[1],
      scp: "openid access_as_user",
      oid: ana.toUpperCase(),
    });
    expect(await verifier().verify(token)).toMatchObject({ ok: true, identity: { objectId: ana } });
  });

  it.each([
    ["a minute after it ended", { exp: noon - 59 }],
    ["a minute before it begins", { nbf: noon + 59 }],
  ])("is let through %s", async (_when, claims) => {
    expect(await verifier().verify(await issuer.token(noon, claims))).toMatchObject({ ok: true });
  });
});

describe("a token with one claim changed", () => {
  it.each<[string, Record<string, unknown>, string]>([
    ["another issuer", { iss: "https://login.example.org/x/v2.0" }, "issuer"],
    ["no issuer", { iss: undefined }, "issuer"],
    ["another audience", { aud: otherTenant }, "audience"],
    ["several audiences", { aud: [clientId, "other"] }, "claims"],
    ["no audience", { aud: undefined }, "audience"],
    ["a tenant that isn't allowed", { tid: otherTenant }, "tenant"],
    ["no tenant", { tid: undefined }, "claims"],
    ["a tenant that would lead elsewhere", { tid: "../x" }, "claims"],
    ["an end in the past", { exp: noon - 61 }, "expired"],
    ["no end", { exp: undefined }, "claims"],
    ["an end that is text", { exp: "never" }, "claims"],
    ["a beginning in the future", { nbf: noon + 61 }, "not-yet-valid"],
    ["no beginning", { nbf: undefined }, "not-yet-valid"],
    ["another scope", { scp: "access_as_user_not" }, "scope"],
    ["no scope, as an app's own token has", { scp: undefined, roles: ["access_as_user"] }, "claims"],
    ["another client", { azp: clientId }, "client"],
    ["no client", { azp: undefined }, "claims"],
    ["version 1", { ver: "1.0" }, "claims"],
    ["an object id that is none", { oid: "ana@example.org" }, "claims"],
    ["no object id", { oid: undefined }, "claims"],
  ])("is refused for %s", async (_what, claims, reason) => {
    expect(await verifier().verify(await issuer.token(noon, claims))).toEqual({ ok: false, reason });
  });
});

it("refuses a token whose tenant and issuer differ, though both tenants are allowed", async () => {
  const { verify } = verifier({ allowedTenants: [tenant, otherTenant] });
  const token = await issuer.token(noon, { iss: `${issuer.authority}/${otherTenant}/v2.0` });
  expect(await verify(token)).toEqual({ ok: false, reason: "issuer" });
});

describe("a forged token", () => {
  it("is refused unsigned", async () => {
    const [, payload] = (await issuer.token(noon)).split(".");
    const unsigned = `${encode({ alg: "none", typ: "JWT", kid: issuer.key().kid })}.${payload}.`;
    expect(await verifier().verify(unsigned)).toEqual({ ok: false, reason: "malformed" });
  });

  it("is refused when signed with the public key as a secret", async () => {
    const [, payload] = (await issuer.token(noon)).split(".");
    const secret = new TextEncoder().encode(await exportSPKI(issuer.key().publicKey));
    const claims = JSON.parse(Buffer.from(payload ?? "", "base64url").toString());
    const token = await new SignJWT(claims).setProtectedHeader({ alg: "HS256", kid: issuer.key().kid }).sign(secret);
    expect(await verifier().verify(token)).toEqual({ ok: false, reason: "malformed" });
  });

  it("is refused for RS512, though the key is the right one", async () => {
    const [, ...rest] = (await issuer.token(noon)).split(".");
    const token = [encode({ alg: "RS512", kid: issuer.key().kid }), ...rest].join(".");
    expect(await verifier().verify(token)).toEqual({ ok: false, reason: "malformed" });
  });

  it("is refused when signed with a key of the forger's own, even when the header brings that key", async () => {
    const { privateKey, publicKey } = await generateKeyPair("RS256");
    const jwk = { kty: "RSA", ...(await crypto.subtle.exportKey("jwk", publicKey)) };
    const token = await issuer.token(noon, {}, { jwk }, privateKey);
    expect(await verifier().verify(token)).toEqual({ ok: false, reason: "signature" });
  });

  it("is refused when its claims were changed afterwards", async () => {
    const [header, payload, signature] = (await issuer.token(noon)).split(".");
    const claims = JSON.parse(Buffer.from(payload ?? "", "base64url").toString());
    const changed = [header, encode({ ...claims, oid: otherTenant }), signature].join(".");
    expect(await verifier().verify(changed)).toEqual({ ok: false, reason: "signature" });
  });

  it.each(["", "x", "a.b.c", "e30.e30.", "....", "é.é.é"])("is refused when it is %j", async (token) => {
    expect(await verifier().verify(token)).toMatchObject({ ok: false });
  });
});

describe("keys", () => {
  it("are fetched once for many tokens, and not again and again for a key that nobody knows", async () => {
    const { verify } = verifier();
    const before = issuer.fetches();
    const good = await issuer.token(noon);
    const strange = await issuer.token(noon, {}, { kid: "nobody-knows" });
    await Promise.all(Array.from({ length: 20 }, () => verify(good)));
    for (let n = 0; n < 20; n += 1) expect(await verify(strange)).toEqual({ ok: false, reason: "unknown-key" });
    expect(issuer.fetches() - before).toBe(1);
  });

  it("aren't fetched for a tenant that isn't allowed", async () => {
    const before = issuer.fetches();
    await verifier().verify(await issuer.token(noon, { tid: otherTenant }));
    expect(issuer.fetches()).toBe(before);
  });

  it("are fetched again after they were changed", async () => {
    const own = await startIssuer();
    const { verify } = verifier({ authority: own.authority, keyCooldown: 0 });
    const old = await own.token(noon);
    expect(await verify(old)).toMatchObject({ ok: true });
    await own.rotate();
    expect(await verify(await own.token(noon))).toMatchObject({ ok: true });
    expect(await verify(old)).toEqual({ ok: false, reason: "unknown-key" });
    await own.close();
  });

  it("that can't be had are asked for once, while those that are known go on letting people in", async () => {
    const own = await startIssuer();
    const { verify } = verifier({ authority: own.authority, keyCooldown: 0, keyRest: 60_000 });
    const good = await own.token(noon);
    expect(await verify(good)).toMatchObject({ ok: true });
    const before = own.fetches();
    own.goDown();
    const strange = await own.token(noon, {}, { kid: "nobody-knows" });
    for (let n = 0; n < 10; n += 1) expect(await verify(strange)).toEqual({ ok: false, reason: "keys-unavailable" });
    expect(own.fetches() - before).toBe(1);
    expect(await verify(good)).toMatchObject({ ok: true });
    await own.close();
  });

  it("that can't be read are our trouble and not the token's", async () => {
    const own = await startIssuer();
    own.goDown();
    const token = await own.token(noon);
    expect(await verifier({ authority: own.authority }).verify(token)).toEqual({
      ok: false,
      reason: "keys-unavailable",
    });
    await own.close();
    expect(await verifier({ authority: own.authority }).verify(token)).toEqual({
      ok: false,
      reason: "keys-unavailable",
    });
  });
});
