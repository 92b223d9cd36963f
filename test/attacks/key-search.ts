import { compactDecrypt, importJWK, type JWK } from "jose";
import { createECDH, createPrivateKey } from "node:crypto";
import type { Evidence, Snapshot } from "./evidence.ts";

/** Every private key of the wave that can be found anywhere in the evidence, whatever form it has. */
export function keysIn(evidence: Evidence): JWK[] {
  const wanted = JSON.parse(evidence.sealKey) as JWK;
  const found = new Map<string, JWK>();
  for (const text of textsOf(evidence)) {
    for (const [candidate] of text.matchAll(candidates)) {
      if (candidate === wanted.x || candidate === wanted.y || found.has(candidate)) continue;
      const key = keyFrom(candidate, wanted);
      if (key !== null) found.set(candidate, key);
    }
  }
  return [...new Map([...found.values()].map((key) => [key.d, key])).values()];
}

// A number of 256 bits as base64url or hexadecimal, or a PKCS #8 or SEC 1 key as base64.
const candidates = /(?<![\w+/-])(?:[A-Za-z0-9_-]{43}|[0-9a-f]{64}|M[EGH][A-Za-z0-9+/\s\\n]{90,400}={0,2})(?![\w+/-])/g;

function textsOf({ before, after, later, log, api }: Evidence): string[] {
  const snapshot = ({ tables, raw }: Snapshot) => [
    ...[...tables.values()].flatMap((rows) => rows.map(({ values }) => JSON.stringify(values))),
    ...raw.map(({ bytes }) => bytes.toString("latin1")),
  ];
  return [...snapshot(before), ...snapshot(after), ...snapshot(later), JSON.stringify(log), JSON.stringify(api)];
}

function keyFrom(candidate: string, wanted: JWK): JWK | null {
  if (candidate.length > 64) return fromDer(Buffer.from(candidate.replaceAll("\\n", ""), "base64"), wanted);
  const secret = Buffer.from(candidate, candidate.length === 43 ? "base64url" : "hex");
  try {
    const pair = createECDH("prime256v1");
    pair.setPrivateKey(secret);
    const x = pair.getPublicKey().subarray(1, 33).toString("base64url");
    return x === wanted.x ? { ...wanted, d: secret.toString("base64url") } : null;
  } catch {
    return null;
  }
}

function fromDer(key: Buffer, wanted: JWK): JWK | null {
  for (const type of ["pkcs8", "sec1"] as const) {
    try {
      const jwk = createPrivateKey({ key, format: "der", type }).export({ format: "jwk" }) as JWK;
      if (jwk.x === wanted.x) return jwk;
    } catch {
      continue;
    }
  }
  return null;
}

/** What a sealed text says, if one of the keys opens it. */
export async function openedWith(keys: readonly JWK[], sealed: string): Promise<string | null> {
  for (const key of keys) {
    try {
      const { plaintext } = await compactDecrypt(sealed, await importJWK(key, "ECDH-ES"));
      return Buffer.from(plaintext).toString("utf8");
    } catch {
      continue;
    }
  }
  return null;
}
