import { CompactEncrypt, compactDecrypt, type CryptoKey, exportJWK, generateKeyPair, importJWK } from "jose";
import { z } from "zod";
import type { Sealing } from "../../features/pulse/ports.ts";
import { Fault } from "../../kernel/errors.ts";
import { parseJson } from "../service-call.ts";

const keyAgreement = "ECDH-ES";
const cipher = "A256GCM";

const Coordinate = z.string().regex(/^[\w-]{43}$/);
const PublicKey = z.object({ kty: z.literal("EC"), crv: z.literal("P-256"), x: Coordinate, y: Coordinate });
const PrivateKey = PublicKey.extend({ d: Coordinate });

/** The two fields that are sealed, and no other that a response may come with. A scale has seven choices at most. */
const Content = z.object({
  group: z.string().nullable(),
  choices: z.record(z.string(), z.int().min(0).max(6)),
});

/**
 * Every answer is sealed at this length. The largest instrument (20 items with ids of 31 characters) takes 745 bytes
 * without its group's name; a row stays below the 2,032 bytes from which PostgreSQL keeps values in a second table.
 */
const contentBytes = 1200;

/**
 * Seals answers as JWE (RFC 7516) for a wave's P-256 key, with a key of its own for each answer, so that equal answers
 * look different. Keys are JWKs as text. Everything throws a Fault "sealed-answer", which never holds what was said, for
 * a key or a sealed text that isn't one; `seal` also when a group's name is too long to be hidden (about 450 bytes).
 */
export function jweSealing(): Sealing {
  return {
    async newKeys() {
      const pair = await generateKeyPair(keyAgreement, { crv: "P-256", extractable: true });
      const [publicKey, privateKey] = await Promise.all([exportJWK(pair.publicKey), exportJWK(pair.privateKey)]);
      return { publicKey: textOf(PublicKey, publicKey), privateKey: textOf(PrivateKey, privateKey) };
    },
    async seal(publicKey, response) {
      const key = await keyIn(PublicKey, publicKey);
      return new CompactEncrypt(padded(response)).setProtectedHeader({ alg: keyAgreement, enc: cipher }).encrypt(key);
    },
    async open(privateKey, sealed) {
      const key = await keyIn(PrivateKey, privateKey);
      const algorithms = { keyManagementAlgorithms: [keyAgreement], contentEncryptionAlgorithms: [cipher] };
      const { plaintext } = await compactDecrypt(sealed, key, algorithms).catch((cause: unknown) => {
        throw new Fault("sealed-answer", "It wasn't sealed for this key, or was changed since.", { cause });
      });
      const content = Content.safeParse(parseJson(new TextDecoder().decode(plaintext)));
      if (!content.success) throw new Fault("sealed-answer", "What was sealed isn't a response.");
      return content.data;
    },
  };
}

/** What is sealed: checked as it will be when it is opened, because nobody can put it right in between. */
function padded(response: unknown): Uint8Array {
  const content = Content.safeParse(response);
  if (!content.success) throw new Fault("sealed-answer", "This isn't a response.");
  const text = Buffer.from(JSON.stringify(content.data));
  if (text.length > contentBytes) throw new Fault("sealed-answer", "The reporting group's name is too long.");
  // JSON may end in spaces, so that they need no taking off.
  return Buffer.concat([text], contentBytes).fill(" ", text.length);
}

function textOf(schema: typeof PublicKey, key: unknown): string {
  return JSON.stringify(schema.parse(key));
}

async function keyIn(schema: typeof PublicKey, text: string): Promise<CryptoKey> {
  const jwk = schema.safeParse(parseJson(text));
  const key = jwk.success ? await importJWK(jwk.data, keyAgreement).catch(() => null) : null;
  if (key === null || key instanceof Uint8Array) throw new Fault("sealed-answer", "The key isn't one of a wave.");
  return key;
}
