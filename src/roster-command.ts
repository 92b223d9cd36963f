import { readFile } from "node:fs/promises";
import { z } from "zod";
import { createLogger } from "./adapters/logging/logger.ts";
import { openDatabase, type OpenDatabase } from "./adapters/sql/database.ts";
import { directory } from "./adapters/sql/directory-store.ts";
import { migrate } from "./adapters/sql/migrate.ts";
import { rosterStoreOnly } from "./adapters/sql/store.ts";
import { systemClock } from "./adapters/system.ts";
import type { Config } from "./config.ts";
import { databaseOf } from "./database-of.ts";
import { RosterImportResult } from "./features/roster/contract.ts";
import { importRoster, type ImportReport, type RosterDeps } from "./features/roster/import.ts";
import type { Reach } from "./features/roster/model.ts";
import { inTeams } from "./features/roster/reach.ts";
import { Fault } from "./kernel/errors.ts";
import { localTenant } from "./local/stand-ins.ts";

/**
 * `steady roster import FILE [--network NAME]`. Works on the store itself, or through the running server when that has
 * the store. Prints what changed; throws a Fault that lists every bad row when there are any.
 */
export async function importRosterFile(config: Config, file: string, networkName: string | null): Promise<void> {
  const csv = await readFile(file).catch((cause: unknown) => {
    throw new Fault("command", `The file ${file} can't be read.`, { cause });
  });
  const logger = createLogger({ level: "warn" });
  let database: OpenDatabase;
  try {
    database = await openDatabase(databaseOf(config), logger);
  } catch (error) {
    if (!(error instanceof Fault && error.code === "store-locked")) throw error;
    if (config.mode === "live") throw liveAndLocked(error);
    if (networkName !== null) {
      throw new Fault("store-locked", "A network is added while the server is stopped: stop it and try again.", { cause: error });
    }
    return importThroughServer(config, csv);
  }
  try {
    await migrate(database);
    await importIntoStore(database, csv, networkName, { defaultTenant: tenantOf(config), canMail: willMail(config) });
  } finally {
    await database.close();
  }
}

// The command has nobody's token, and a live server gives out none.
const liveAndLocked = (cause: Fault) =>
  new Fault("store-locked", "Stop the server, import, and start it again; or import on the People page of the tab.", { cause });

/** The tenant of people whose row in the file names none. */
function tenantOf(config: Config): string {
  return config.mode === "live" ? config.tenantId : (config.standIns?.tenantId ?? localTenant);
}

/** Whether the server, which isn't running, will have a mailbox: local mode makes one up for its own stand-ins. */
function willMail(config: Config): boolean {
  if (config.mode === "live") return config.mailSender !== null;
  return config.standIns === null || (config.standIns.graphBaseUrl !== null && config.mailSender !== null);
}

async function importIntoStore(
  database: OpenDatabase,
  csv: Uint8Array,
  networkName: string | null,
  server: Pick<RosterDeps, "defaultTenant" | "canMail">,
): Promise<void> {
  const networks = directory(database.db);
  const known = await networks.networks();
  const [first] = known;
  const network = networkName === null ? first?.id : await networks.createNetwork(networkName);
  if (network === undefined) throw new Fault("command", "There is no network yet: name it with --network NAME.");
  const store = rosterStoreOnly(database.db);
  const deps = { store, clock: systemClock, ...server };
  const outcome = await importRoster(deps, { network, actor: null }, csv, { dryRun: false });
  if (!outcome.ok) {
    const lines = outcome.problems.map(({ row, column, message }) => `\n- ${placeInWords(row, column)}: ${message}`);
    throw new Fault("command", `Nothing was imported:${lines.join("")}`);
  }
  report(outcome.report);
}

function placeInWords(row: number | null, column: string | null): string {
  const words = [...(row === null ? [] : [`row ${row}`]), ...(column === null ? [] : [column])];
  return words.length === 0 ? "the file" : words.join(", ");
}

const Token = z.object({ token: z.string() });
const People = z.object({ items: z.array(z.object({ key: z.string(), role: z.string() })) });
const Refused = z.object({ detail: z.string(), errors: z.array(z.object({ path: z.string(), message: z.string() })).default([]) });

/** The server holds the store's lock, so the import goes over HTTP, as the network's admin. */
async function importThroughServer(config: Config, csv: Uint8Array): Promise<void> {
  const url = `http://${config.host}:${config.port}`;
  const call = async (path: string, init: RequestInit = {}) =>
    fetch(`${url}${path}`, { ...init, signal: AbortSignal.timeout(60_000) });
  const people = People.parse(await (await call("/rehearsal/api/people")).json());
  const admin = people.items.find((person) => person.role === "admin") ?? people.items.find((person) => person.role === "lead");
  if (admin === undefined) throw new Fault("command", "The roster has no admin or lead who could import it.");
  const asked = await call("/local/token", { method: "POST", body: JSON.stringify({ person: admin.key }) });
  const { token } = Token.parse(await asked.json());
  const answer = await call("/api/v1/roster", {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "text/csv" },
    body: new Uint8Array(csv),
  });
  const body: unknown = await answer.json();
  if (!answer.ok) {
    const { detail, errors } = Refused.parse(body);
    throw new Fault("command", `${detail}${errors.map((error) => `\n- ${error.path}: ${error.message}`).join("")}`);
  }
  report(RosterImportResult.parse(body));
}

function report({ counts, warnings, reach }: Pick<ImportReport, "counts" | "warnings" | "reach">): void {
  for (const warning of warnings) console.log(`Note: ${warning}`);
  const { people, teams, adds, changes, leavers } = counts;
  console.log(`Imported ${people} people and ${teams} teams: ${adds} new, ${changes} changed, ${leavers} left.`);
  const reached = (by: Reach["by"]) => reach.filter((one) => one.by === by).length;
  const [byTeams, byLink, byNone] = [reached("teams"), reached("link"), reached("none")];
  console.log(`Reached in Teams: ${byTeams}. By a link in an e-mail: ${byLink}. Not at all: ${byNone}.`);
  for (const { name, why } of reach) if (why !== inTeams) console.log(`  ${name}: ${why}`);
}
