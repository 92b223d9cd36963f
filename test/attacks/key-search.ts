import { compactDecrypt, importJWK, type JWK } from "jose";
import { createECDH, createPrivateKey } from "node:crypto";
import { candidatesIn } from "./key-candidates.ts";
import type { Evidence, Snapshot } from "./evidence.ts";

/** Every private key of the wave that can be found anywhere in the evidence, whatever form it has. */
export function keysIn(evidence: Evidence): JWK[] {
  const wanted = JSON.parse(evidence.sealKey) as JWK;
  const candidates = new Set(bytesOf(evidence).flatMap(candidatesIn));
  const found = [...candidates].flatMap((candidate) =>
    candidate === wanted.x || candidate === wanted.y ? [] : (keyFrom(candidate, wanted) ?? []),
  );
  return [...new Map(found.map((key) => [key.d, key])).values()];
}

function bytesOf({ before, after, later, log, api }: Evidence): Buffer[] {
  const json = (value: unknown) => Buffer.from(JSON.stringify(value));
  const snapshot = ({ tables, raw }: Snapshot) => [
    ...[...tables.values()].flatMap((rows) => rows.map(({ values }) => json(values))),
    ...raw.map(({ bytes }) => bytes),
  ];
  return [...snapshot(before), ...snapshot(after), ...snapshot(later), json(log), json(api)];
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
