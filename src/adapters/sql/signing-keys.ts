import { randomBytes } from "node:crypto";
import type { Kysely } from "kysely";
import type { Database } from "./tables.ts";

/**
 * The deployment's own key of this name, 256 bits, made when it is first asked for; every replica gets the same one.
 * Asked for once per process, and again after a failure.
 */
export function signingKey(db: Kysely<Database>, name: string): () => Promise<Uint8Array> {
  let asked: Promise<Uint8Array> | undefined;
  const ask = async () => {
    const secret = randomBytes(32).toString("base64url");
    await db.insertInto("signing_keys").values({ name, secret }).onConflict((conflict) => conflict.doNothing()).execute();
    const kept = await db.selectFrom("signing_keys").select("secret").where("name", "=", name).executeTakeFirstOrThrow();
    return new Uint8Array(Buffer.from(kept.secret, "base64url"));
  };
  return () => {
    asked ??= ask().catch((error: unknown) => {
      asked = undefined;
      throw error;
    });
    return asked;
  };
}
