import { createServer, type IncomingMessage } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { applicationTokens } from "../../../src/adapters/identity/application-tokens.ts";
import { NoToken } from "../../../src/adapters/identity/client-credentials.ts";
import { type EntraStandIn, graphResource, startEntra } from "../../../src/local/entra/index.ts";
import { loopbackCertificate } from "../../../src/local/graph/certificate.ts";
import { trust } from "../../../src/local/graph/trust.ts";
import { clientId, tenant } from "./issuer.ts";

const secret = "hunter2 & more";
const scope = `${graphResource}/.default`;
let entra: EntraStandIn;

beforeAll(async () => {
  const tls = await loopbackCertificate();
  trust(tls.cert);
  const apps = [{ appId: clientId, secret, resources: [graphResource] }];
  entra = await startEntra({ tenantId: tenant, people: async () => [], apps, tls });
});
afterAll(() => entra.close());

const bySecret = (given: string, more: object = {}) =>
  applicationTokens({ proof: { kind: "secret", clientId, secret: given }, loginUrl: `${entra.authority}/${tenant}`, ...more });

async function failureOf(work: Promise<unknown>): Promise<NoToken> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(NoToken);
  return error as NoToken;
}

describe("an application with a secret", () => {
  it("gets a token once for calls at the same time, and keeps it", async () => {
    const tokens = bySecret(secret);
    const [first, second] = await Promise.all([tokens.getToken(scope), tokens.getToken([scope])]);
    expect(second).toEqual(first);
    expect(await tokens.getToken(scope)).toEqual(first);
    expect(first.expiresOnTimestamp).toBeGreaterThan(Date.now() + 50 * 60_000);
  });

  it("is told no by its code alone, without the secret and what was answered", async () => {
    const error = await failureOf(bySecret("a wrong secret").getToken(scope));
    expect(error).toMatchObject({ why: expect.stringMatching(/invalid_client/), isRefusal: true });
    expect(error.cause).toBeUndefined();
    expect(JSON.stringify(error) + String(error.stack)).not.toMatch(/a wrong secret|AADSTS/);
  });

  it("is told no for a resource that it may not ask for", async () => {
    const error = await failureOf(bySecret(secret).getToken("https://vault.azure.net/.default"));
    expect(error).toMatchObject({ why: expect.stringMatching(/invalid_scope/), isRefusal: true });
  });

  it("waits no longer than it may for a service that doesn't answer, and may ask again", async () => {
    const deaf = createServer(() => undefined);
    await new Promise<void>((resolve) => deaf.listen(0, "127.0.0.1", resolve));
    const { port } = deaf.address() as { port: number };
    const tokens = bySecret(secret, { loginUrl: `https://127.0.0.1:${port}/${tenant}`, timeoutMs: 100 });
    expect(await failureOf(tokens.getToken(scope))).toMatchObject({ isRefusal: false });
    deaf.closeAllConnections();
    deaf.close();
    expect(await failureOf(tokens.getToken(scope))).toMatchObject({ isRefusal: false });
  });
});

describe("an application that runs as a managed identity", () => {
  const before = { ...process.env };
  afterEach(() => {
    process.env = { ...before };
  });

  /** What Container Apps and App Service have beside an application: gives tokens to whoever has the header's secret. */
  async function startIdentityEndpoint(status = 200) {
    const asked: IncomingMessage[] = [];
    const server = createServer((request, response) => {
      asked.push(request);
      const body = status === 200 ? { access_token: "its-token", expires_on: String(Math.floor(Date.now() / 1000) + 3600), resource: graphResource, token_type: "Bearer" } : { statusCode: status, message: "No identity was found." };
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    process.env["IDENTITY_ENDPOINT"] = `http://127.0.0.1:${port}/msi/token`;
    process.env["IDENTITY_HEADER"] = "its-header";
    return { asked, close: () => server.close() };
  }

  const byIdentity = (id: string) =>
    applicationTokens({ proof: { kind: "managed-identity", clientId: id }, loginUrl: "https://login.microsoftonline.com/x" });

  it("asks the platform beside it for that identity's token, once", async () => {
    const endpoint = await startIdentityEndpoint();
    const tokens = byIdentity("0f0f0f0f-0000-4000-8000-000000000001");
    expect(await tokens.getToken(scope)).toMatchObject({ token: "its-token" });
    expect(await tokens.getToken(scope)).toMatchObject({ token: "its-token" });
    expect(endpoint.asked).toHaveLength(1);
    const [request] = endpoint.asked;
    expect(request?.headers["x-identity-header"]).toBe("its-header");
    expect(Object.fromEntries(new URL(request?.url ?? "", "http://localhost").searchParams)).toMatchObject({
      resource: graphResource,
      client_id: "0f0f0f0f-0000-4000-8000-000000000001",
    });
    endpoint.close();
  });

  it("says that it gets none where it has no such identity, without the platform's words", async () => {
    const endpoint = await startIdentityEndpoint(400);
    const error = await failureOf(byIdentity("0f0f0f0f-0000-4000-8000-000000000002").getToken(scope));
    expect(error).toMatchObject({ why: "the sign-in service didn't answer as it should", isRefusal: false });
    expect(String(error.stack)).not.toContain("No identity was found");
    endpoint.close();
  });
});
