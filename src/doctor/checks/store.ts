import { z } from "zod";
import { ask, codeOf } from "../asking.ts";
import { failed, fine, skipped, type Verdict, warning } from "../model.ts";
import type { MigrationState, StoreAbout, StoreLook } from "../store-facts.ts";
import type { StoreAccess, Surroundings } from "../surroundings.ts";

const oldestServer = 15;

/** Whether the store can be reached, and what it is. */
export async function checkStore({ config, store, ownUrl }: Surroundings): Promise<Verdict> {
  const access = await store();
  switch (access.kind) {
    case "none":
      return failed(`There is no store in ${access.folder} yet.`, 'Start the server, or run "npm run steady -- migrate".');
    case "unreachable":
      return unreachable(access.fault);
    case "held":
      return held(access.by, await ask(`${ownUrl}/readyz`));
    case "look": {
      const remote = config.mode === "live" && !isThisMachine(config.databaseUrl);
      return judgeStore(await access.look.about(), { mustEncrypt: remote, through: access.through });
    }
  }
}

function isThisMachine(databaseUrl: string | null): boolean {
  const { hostname } = databaseUrl === null ? { hostname: "" } : new URL(databaseUrl);
  return ["", "localhost", "127.0.0.1", "[::1]"].includes(hostname);
}

/** What to make of a store that says about itself what it is. */
export function judgeStore(about: StoreAbout, where: { readonly mustEncrypt: boolean; readonly through: "itself" | "server" }): Verdict {
  const { engine, version, isEncrypted, bytes } = about;
  const size = `${sizeInWords(bytes)} large`;
  if (engine === "embedded") {
    const asked = where.through === "server" ? "; the running server has it to itself and was asked" : "";
    return fine(`Embedded (PostgreSQL ${version}), ${size}${asked}.`);
  }
  const name = `PostgreSQL ${version}, ${size}`;
  if (version < oldestServer) {
    return failed(
      `${name}: it has to be ${oldestServer} or newer.`,
      "Move the database to a newer server.",
    );
  }
  if (where.mustEncrypt && isEncrypted !== true) {
    return warning(
      `${name}, but the connection isn't encrypted.`,
      "Add ?sslmode=verify-full to DATABASE_URL, and let the server require TLS.",
    );
  }
  return fine(`${name}${isEncrypted === true ? ", over TLS" : ""}.`);
}

function sizeInWords(bytes: number): string {
  const mega = bytes / 1_000_000;
  return mega < 1_000 ? `${Math.max(1, Math.round(mega))} MB` : `${(mega / 1_000).toFixed(1)} GB`;
}

const advice: Readonly<Record<string, string>> = {
  ECONNREFUSED: "Start the database server, or correct host and port in DATABASE_URL.",
  ENOTFOUND: "Correct the host in DATABASE_URL, or the name service of this machine.",
  ETIMEDOUT: "Let this machine through to the database server: firewall, private network, or host and port in DATABASE_URL.",
  "28P01": "Correct user and password in DATABASE_URL.",
  "28000": "Let this user in from this machine (pg_hba.conf, or the server's firewall), or correct DATABASE_URL.",
  "3D000": "Make the database, or correct its name in DATABASE_URL.",
};

function unreachable(fault: Error): Verdict {
  const code = codeOf(fault);
  const todo = advice[code] ?? "See that the database server runs, that this machine reaches it, and that DATABASE_URL is right.";
  return failed(advice[code] === undefined ? fault.message : `${fault.message} (${code})`, todo);
}

const Ready = z.object({ ok: z.boolean() });

function held(by: string, ready: Awaited<ReturnType<typeof ask>>): Verdict {
  if (ready.answered && Ready.safeParse(ready.body).data?.ok === true) {
    return fine("A running server has the embedded store to itself; asked, it says that the store and its jobs work.");
  }
  return failed(
    `${by} And that server doesn't say that it is ready.`,
    "Look into its log; stop it and run doctor again to have the store looked at.",
  );
}

/** Looks at a part of the store; skipped when a running server has it to itself. */
export async function intoStore<T extends Verdict | readonly Verdict[]>(
  store: () => Promise<StoreAccess>,
  work: (look: StoreLook) => Promise<T>,
): Promise<T | Verdict> {
  const access = await store();
  if (access.kind === "look") return work(access.look);
  return skipped(
    "Not looked at: the running server has the embedded store to itself.",
    "To have it looked at, stop the server and run doctor again.",
  );
}

/** Whether the store's tables are this program's. */
export function judgeMigrations({ missing, unknown, isTooNew, isHalfMoved }: MigrationState): Verdict {
  if (isHalfMoved) {
    return failed(
      "A move into this store was cut off, so it isn't whole.",
      'Run "npm run steady -- move" again; the old store is as it was.',
    );
  }
  if (isTooNew) return failed(`A newer version of Steady has changed the tables (${unknown.join(", ")}).`, "Run that version.");
  if (unknown.length > 0) {
    return warning(
      `A newer version of Steady has added to the tables (${unknown.join(", ")}), on which this one goes on.`,
      "Finish the change to the newer version, or restore the backup from before it.",
    );
  }
  if (missing.length > 0) {
    return failed(
      `The tables are out of date: ${missing.join(", ")} ${missing.length === 1 ? "hasn't" : "haven't"} run.`,
      'Run "npm run steady -- migrate", or start the server, which does it too.',
    );
  }
  return fine("The tables are this version's.");
}
