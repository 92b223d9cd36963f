import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from "jose";

export const tenant = "7f2b8c1e-4a0d-4f7b-9a53-0c6d1e2f3a4b";
export const otherTenant = "11111111-2222-4333-8444-555555555555";
export const ana = "0a1b2c3d-4e5f-4a6b-8c7d-8e9f0a1b2c3d";
export const clientId = "99999999-aaaa-4bbb-8ccc-dddddddddddd";

/** Signs tokens as Entra would and serves its keys on loopback, counting how often they are asked for. */
export async function startIssuer() {
  let fetches = 0;
  let down = false;
  let key = await newKey();
  let published: JWK[] = [key.jwk];

  const server = createServer((_request, response) => {
    fetches += 1;
    response
      .writeHead(down ? 500 : 200, { "content-type": "application/json" })
      .end(JSON.stringify({ keys: published }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const authority = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;

  return {
    authority,
    fetches: () => fetches,
    key: () => key,
    goDown: () => void (down = true),
    /** A good token at `now` (seconds since 1970), apart from what is set otherwise; undefined leaves a claim out. */
    token(
      now: number,
      overrides: Record<string, unknown> = {},
      header: object = {},
      signWith: CryptoKey = key.privateKey,
    ) {
      const claims = {
        aud: clientId,
        iss: `${authority}/${tenant}/v2.0`,
        iat: now,
        nbf: now,
        exp: now + 3600,
        azp: "1fec8e78-bce4-4aaf-ab1b-5451cc387264",
        name: "Ana Example",
        oid: ana,
        scp: "access_as_user",
        tid: tenant,
        ver: "2.0",
        ...overrides,
      };
      return new SignJWT(claims)
        .setProtectedHeader({ alg: "RS256", typ: "JWT", kid: key.kid, ...header })
        .sign(signWith);
    },
    async rotate() {
      key = await newKey();
      published = [key.jwk];
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

async function newKey() {
  const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });
  const kid = randomUUID();
  return { kid, publicKey, privateKey, jwk: { ...(await exportJWK(publicKey)), use: "sig", alg: "RS256", kid } };
}
