import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { createLogger } from "./adapters/logging/logger.ts";
import { csvRecord, csvStart } from "./adapters/spreadsheets/csv-records.ts";
import { openDatabase, type OpenDatabase } from "./adapters/sql/database.ts";
import { directory } from "./adapters/sql/directory-store.ts";
import { type ExportedTable, exportedTables } from "./adapters/sql/exported-tables.ts";
import { assertMigrated } from "./adapters/sql/migrate.ts";
import { sqlStore } from "./adapters/sql/store.ts";
import { systemClock } from "./adapters/system.ts";
import { composeEvidence } from "./composition/evidence.ts";
import type { Config } from "./config.ts";
import { databaseOf } from "./database-of.ts";
import { sheetKeys } from "./features/evidence/contract.ts";
import { evidenceCsv, evidenceWorkbook } from "./features/evidence/use-cases.ts";
import { auditFile } from "./features/settings/audit-file.ts";
import type { Actor } from "./kernel/actor.ts";
import { Fault } from "./kernel/errors.ts";
import { asId, type NetworkId, type PersonId } from "./kernel/ids.ts";

const about = `What this network has in Steady, as files.

The evidence pack (evidence-*.xlsx, evidence-*.csv) holds combined figures, as viewers see them.
Everything else is for whoever runs the network's data, and goes further than any page of Steady: people.json has
everybody's name and address, check-ins.json and requests.json what each team answered, notes included,
meetings.json who said what about coming, audit-log.csv who did what.
Keep these files as safe as the database, and delete them when they aren't needed any more.

Of surveys there are the results that were shared, and nothing else: no single answers, and not who took part.
`;

/**
 * `steady export FOLDER [--network NAME]`: writes what each network has into files of a folder of its own, and a line
 * into its audit log. Reads the store itself, so an embedded one can't be in use. Throws a Fault "command" when the folder
 * has something in it already.
 */
export async function exportNetworks(config: Config, folder: string, networkName: string | null): Promise<void> {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new Fault("command", `${folder} isn't empty: name a new folder, so that nothing is overwritten.`);
  }
  const database = await openDatabase(databaseOf(config), createLogger({ level: "warn" }));
  try {
    await assertMigrated(database.db);
    const networks = (await directory(database.db).networks()).filter(({ name }) => networkName === null || name === networkName);
    if (networks.length === 0) throw new Fault("command", networkName === null ? "There is no network yet." : "There is no network of that name.");
    for (const { id, name } of networks) {
      const own = join(folder, folderName(name, id));
      mkdirSync(own, { recursive: true, mode: 0o700 });
      const written = await exportNetwork(database, id, own);
      console.log(`${name}: ${own}`);
      for (const line of written) console.log(`  ${line}`);
    }
    console.log(`\n${about}`);
  } finally {
    await database.close();
  }
}

/** Two networks may have names that differ in signs only. */
function folderName(name: string, id: NetworkId): string {
  const plain = name.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  return `${plain === "" ? "network" : plain}-${id.slice(-6)}`;
}

/** Gives a line for each file that it wrote. */
async function exportNetwork(database: OpenDatabase, network: NetworkId, folder: string): Promise<string[]> {
  const noJobs = { add: () => Promise.reject(new Fault("unexpected-answer", "An export makes no jobs.")) };
  const store = sqlStore(database.db, () => noJobs);
  await store.transaction(network, (tx) =>
    tx.audit.record({ at: systemClock.now(), actor: null, action: "network.export", subject: null, detail: {} }),
  );
  const lines: string[] = [];
  const write = async (name: string, pieces: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>, what = "") => {
    // Only for whoever runs this; never over a file that is there.
    const file = await open(join(folder, name), "wx", 0o600);
    try {
      await writeAll(file, pieces);
    } finally {
      await file.close();
    }
    lines.push(`${name}${what}`);
  };
  await write("about.txt", [about]);
  await database.db.transaction().setIsolationLevel("repeatable read").execute(async (tx) => {
    for (const table of exportedTables(tx, network)) await write(`${table.name}.json`, jsonArray(table));
  });
  await write("audit-log.csv", auditFile(store, network, { start: csvStart, record: csvRecord }));
  const clocked = { store, clock: systemClock };
  const { deps } = composeEvidence({ checkIns: clocked, pulse: clocked, store });
  // The pack is what viewers see; nobody's name is on it.
  const viewer: Actor = { network, person: asId<PersonId>(network), name: "", role: "viewer", scope: null, managesTeams: false };
  const workbook = await evidenceWorkbook(deps, viewer);
  if (workbook === null) return [...lines, "(no evidence pack: no check-in round has closed yet)"];
  await write(workbook.fileName, [workbook.bytes]);
  for (const key of sheetKeys) {
    const sheet = await evidenceCsv(deps, viewer, key);
    if (sheet !== null) await write(sheet.fileName, [sheet.bytes]);
  }
  return lines;
}

async function writeAll(file: FileHandle, pieces: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>): Promise<void> {
  for await (const piece of pieces) await file.writeFile(piece);
}

/** The rows of a table as one JSON array, a row a line. */
async function* jsonArray(table: ExportedTable): AsyncGenerator<string> {
  let before = "[\n";
  for await (const row of table.rows()) {
    yield `${before}${row}`;
    before = ",\n";
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}
