import { randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import type { CryptoKey, JSONWebKeySet, JWK, JWTPayload } from "jose";

/** Signs tokens with RS256 and publishes the public halves of its keys. */
export interface Keyring {
  /** The public keys, newest first. The object stays the same until the keys change. */
  jwks(): JSONWebKeySet;
  /** Signs the claims as they are; `iat`, `nbf` and `exp` are the caller's, in seconds. */
  sign(claims: JWTPayload): Promise<string>;
  /** Signs with a new key from now on. The last key stays published unless `keepOld` is false. */
  rotate(options?: { readonly keepOld?: boolean }): Promise<void>;
}

interface SigningKey {
  readonly jwk: JWK;
  readonly privateKey: CryptoKey;
  readonly kid: string;
}

type KeyPair = Awaited<ReturnType<typeof newPair>>;

const newPair = () => generateKeyPair("RS256", { modulusLength: 2048 });

/** Each kind of keyring's first pair, made once per process: it takes a tenth of a second, and tests start many keyrings. */
const firstPairs = new Map<string, Promise<KeyPair>>();

function firstPair(extra: object): Promise<KeyPair> {
  const kind = JSON.stringify(extra);
  const pair = firstPairs.get(kind) ?? newPair();
  firstPairs.set(kind, pair);
  return pair;
}

async function signingKey({ publicKey, privateKey }: KeyPair, extra: object): Promise<SigningKey> {
  const kid = randomUUID();
  const jwk = { ...(await exportJWK(publicKey)), use: "sig", alg: "RS256", kid, x5t: kid, ...extra };
  return { jwk, privateKey, kid };
}

/** A keyring with one key of 2,048 bits, under a name of its own. `extra` is published with every key: a channel's endorsements. */
export async function createKeyring(extra: object = {}): Promise<Keyring> {
  let current = await signingKey(await firstPair(extra), extra);
  let published: JSONWebKeySet = { keys: [current.jwk] };
  return {
    jwks: () => published,
    sign: (claims) =>
      new SignJWT(claims)
        .setProtectedHeader({ typ: "JWT", alg: "RS256", kid: current.kid, x5t: current.kid })
        .sign(current.privateKey),
    async rotate({ keepOld = true } = {}) {
      const old = current;
      current = await signingKey(await newPair(), extra);
      published = { keys: keepOld ? [current.jwk, old.jwk] : [current.jwk] };
    },
  };
}
