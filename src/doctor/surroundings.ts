import { existsSync } from "node:fs";
import { join } from "node:path";
import { folderKeys } from "../adapters/keys/folder.ts";
import { createLogger } from "../adapters/logging/logger.ts";
import { openDatabase, type OpenDatabase } from "../adapters/sql/database.ts";
import type { Platform } from "../composition/parts.ts";
import type { Config } from "../config.ts";
import { databaseOf } from "../database-of.ts";
import { Fault } from "../kernel/errors.ts";
import type { Clock } from "../kernel/time.ts";
import { liveServices } from "../live/platform.ts";
import { trust } from "../local/graph/trust.ts";
import { localTenant, platformOf } from "../local/stand-ins.ts";
import type { KeyPlace } from "./checks/keys.ts";
import { standInsOf, storeThrough } from "./local-server.ts";
import type { StoreLook } from "./store-facts.ts";
import { storeLook } from "./store-look.ts";

/** How the store can be looked at. "held": a running server has it to itself, and tells no more than that it works. */
export type StoreAccess =
  | { readonly kind: "look"; readonly look: StoreLook; readonly through: "itself" | "server" }
  | { readonly kind: "held"; readonly by: string }
  | { readonly kind: "none"; readonly folder: string }
  | { readonly kind: "unreachable"; readonly fault: Fault };

/** The tenant's services, and the mailboxes that the server uses there. */
export interface Tenant {
  readonly platform: Platform;
  readonly mailSender: string | null;
  /** For networks that name none themselves. */
  readonly organiser: string | null;
}

/** What the checks work with. Nothing is opened or called before it is asked for, and everything once. */
export interface Surroundings {
  readonly config: Config;
  readonly clock: Clock;
  /** Where people and Teams reach the server, and where it listens on this machine. */
  readonly publicUrl: string;
  readonly ownUrl: string;
  readonly tenantId: string;
  /** True when the stand-ins of the tenant live inside the server, and so only while that runs. */
  readonly tenantIsInServer: boolean;
  readonly keys: KeyPlace;
  store(): Promise<StoreAccess>;
  tenant(): Promise<Tenant>;
  close(): Promise<void>;
}

export function surroundingsOf(config: Config, clock: Clock): Surroundings {
  const host = config.host === "0.0.0.0" ? "127.0.0.1" : config.host === "::" ? "::1" : config.host;
  const ownUrl = `http://${host.includes(":") ? `[${host}]` : host}:${config.port}`;
  const opened: OpenDatabase[] = [];
  const store = once(() => openStore(config, clock, ownUrl, opened));
  return {
    ...{ config, clock, ownUrl, store, keys: keysOf(config) },
    publicUrl: config.mode === "live" ? config.publicUrl : ownUrl,
    tenantId: config.mode === "live" ? config.tenantId : (config.standIns?.tenantId ?? localTenant),
    tenantIsInServer: config.mode === "local" && config.standIns === null,
    tenant: once(() => tenantOf(config, ownUrl)),
    async close() {
      for (const database of opened) await database.close();
    },
  };
}

function keysOf(config: Config): KeyPlace {
  if (config.mode === "local") return { folder: config.pulseKeys, open: () => folderKeys(config.pulseKeys) };
  const folder = config.pulseKeys.kind === "folder" ? config.pulseKeys.path : null;
  return { folder, open: () => liveServices(config).pulseKeys() };
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let begun: Promise<T> | undefined;
  return () => (begun ??= work());
}

/** Several checks are about the networks: they are read once. */
const remembering = (look: StoreLook): StoreLook => ({ ...look, networks: once(look.networks) });

async function tenantOf(config: Config, ownUrl: string): Promise<Tenant> {
  const { mailSender, organiser } = config;
  if (config.mode === "live") return { platform: liveServices(config).platform, mailSender, organiser };
  if (config.standIns !== null) {
    return { platform: platformOf(config.standIns), mailSender: config.standIns.graphBaseUrl === null ? null : mailSender, organiser };
  }
  const { addresses, certificate, ...mailboxes } = await standInsOf(ownUrl);
  trust(certificate);
  return { platform: platformOf(addresses), ...mailboxes };
}

async function openStore(config: Config, clock: Clock, ownUrl: string, opened: OpenDatabase[]): Promise<StoreAccess> {
  const where = databaseOf({ ...config });
  // Opening the embedded store would make one.
  if (where.kind === "embedded" && !existsSync(join(where.dataDir, "postgres"))) return { kind: "none", folder: where.dataDir };
  try {
    const database = await openDatabase(where.kind === "server" ? { ...where, poolSize: 2 } : where, createLogger({ level: "silent" }));
    opened.push(database);
    return { kind: "look", look: remembering(storeLook(database, clock, config.admins)), through: "itself" };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    if (error.code !== "store-locked") return { kind: "unreachable", fault: error };
    if (config.mode === "live") return { kind: "held", by: error.message };
    return { kind: "look", look: remembering(storeThrough(ownUrl)), through: "server" };
  }
}
