import { randomBytes } from "node:crypto";
import { Agent, createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { generate } from "selfsigned";
import { type Answer, createSecrets, refusal, type VaultOptions } from "./key-vault-secrets.ts";

const host = "steady-test.vault.azure.net";
const tenant = "6c1f0f7c-5a5a-4f6e-9c39-0c8d3a1f7a55";
const resource = "https://vault.azure.net";
/** What the secrets API takes as api-version (its reference, "API version"). */
const versions = ["7.0", "7.1", "7.2", "7.3", "7.4", "7.5", "7.6", "2025-07-01", "2026-04-01"];

/** Refusals by their status, as the service words them. */
export type VaultFault = "throttled" | "unavailable" | "being-deleted" | "no-such-page" | "hang" | "cut";

export type KeyVault = Awaited<ReturnType<typeof startKeyVault>>;

/**
 * A Key Vault's secrets, as its REST reference and Microsoft's recorded answers show them: over TLS, under a name of
 * its own that only `agent` resolves (to this machine), with the 401 challenge, tokens, soft delete, purge protection.
 */
export async function startKeyVault(options: VaultOptions = {}) {
  const { private: key, cert } = await generate([{ name: "commonName", value: host }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: host }] }],
  });
  const secrets = createSecrets(`https://${host}`, options);
  const tokens = new Map<string, number>();
  const faults: VaultFault[] = [];
  const denied = new Set<string>();
  const requests: string[] = [];
  let now = Date.now();

  function authorised(header: string | undefined): Answer | null {
    const expiresAt = tokens.get(/^Bearer (\S+)$/.exec(header ?? "")?.[1] ?? "");
    if (expiresAt !== undefined && now < expiresAt) return null;
    const headers = { "WWW-Authenticate": `Bearer authorization="https://login.windows.net/${tenant}", resource="${resource}"` };
    const why = header === undefined ? "AKV10000: Request is missing a Bearer or PoP token." : "[TokenExpired] Error validating token.";
    return { ...refusal(401, "Unauthorized", why), headers };
  }

  function answer(method: string, url: URL, body: string): Answer {
    const version = url.searchParams.get("api-version");
    if (version === null) return refusal(400, "BadParameter", "api-version must be specified.");
    if (!versions.includes(version)) return refusal(400, "BadParameter", "The specified api-version isn't supported.");
    const [, kind = "", name = "", ...more] = url.pathname.split("/");
    if (!/^[0-9a-zA-Z-]{1,127}$/.test(name)) return refusal(400, "BadParameter", "The request URI contains an invalid name.");
    const action = `${method} ${kind}`;
    if (denied.has(action)) return refusal(403, "Forbidden", "The user does not have the permission on key vault.", "ForbiddenByPolicy");
    if (action === "PUT secrets") return secrets.set(name, body);
    if (action === "GET secrets") return secrets.get(name, more[0] ?? "");
    if (action === "DELETE secrets") return secrets.remove(name);
    if (action === "GET deletedsecrets") return secrets.getDeleted(name);
    if (action === "DELETE deletedsecrets") return secrets.purge(name);
    return refusal(405, "MethodNotAllowed", "The requested method isn't allowed.");
  }

  const server = createServer({ key, cert }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const url = new URL(request.url ?? "/", `https://${host}`);
      requests.push(`${request.method ?? ""} ${url.pathname}`);
      const refused = authorised(request.headers.authorization);
      const fault = refused === null ? faults.shift() : undefined;
      if (fault === "hang") return;
      if (fault === "cut") return void request.socket.destroy();
      const body = Buffer.concat(chunks).toString("utf8");
      const given = refused ?? (fault === undefined ? answer(request.method ?? "", url, body) : faultAnswers[fault]);
      const text = typeof given.body === "string" ? given.body : given.body === undefined ? "" : JSON.stringify(given.body);
      const type = typeof given.body === "string" ? "text/html" : "application/json; charset=utf-8";
      response.writeHead(given.status, { ...(text === "" ? {} : { "content-type": type }), ...given.headers });
      response.end(text);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({
    ca: cert,
    keepAlive: true,
    lookup: (name, { all }, found) => {
      if (name !== host) return found(new Error(`No other host: ${name}`), "");
      if (all === true) return found(null, [{ address: "127.0.0.1", family: 4 }]);
      found(null, "127.0.0.1", 4);
    },
  });

  return {
    url: `https://${host}:${port}`,
    agent,
    /** What an identity with rights on the vault has; it gives tokens for Key Vault in the vault's tenant only. */
    credential: {
      async getToken(scopes: string | string[], { tenantId }: { readonly tenantId?: string } = {}) {
        if ([scopes].flat().join() !== `${resource}/.default` || tenantId !== tenant) throw new Error("invalid_scope");
        const token = randomBytes(24).toString("base64url");
        const expiresOnTimestamp = now + 3_600_000;
        tokens.set(token, expiresOnTimestamp);
        return { token, expiresOnTimestamp };
      },
    },
    /** The values of the secrets that can be read, by name; and the names of deleted ones that can be brought back. */
    values: () => secrets.values(),
    recoverable: () => secrets.recoverable(),
    /** As somebody else would, or a server that stopped right after it. */
    startDeletion: (name: string) => void secrets.remove(name),
    disable: (name: string) => secrets.disable(name),
    recover: (name: string) => secrets.recover(name),
    protect: () => secrets.protect(),
    /** Takes a right away, such as "DELETE deletedsecrets" (purge). */
    deny: (action: string) => void denied.add(action),
    /** Lets the next requests that have a token fail, one after the other. */
    failNext: (...next: VaultFault[]) => void faults.push(...next),
    /** Every token that was given out runs out. */
    expireTokens: () => void (now += 3_600_001),
    /** "GET /secrets/name", oldest first, challenges included. */
    requests: (): readonly string[] => requests,
    async close() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const faultAnswers: Readonly<Record<Exclude<VaultFault, "hang" | "cut">, Answer>> = {
  throttled: {
    ...refusal(429, "Throttled", "Request was not processed because too many requests were received. Reason: VaultRequestTypeLimitReached"),
    headers: { "Retry-After": "1" },
  },
  unavailable: refusal(503, "ServiceUnavailable", "The service is unavailable."),
  "being-deleted": refusal(409, "Conflict", "Secret is currently being deleted.", "ObjectIsBeingDeleted"),
  "no-such-page": { status: 404, body: "<html><body>Not found</body></html>" },
};
