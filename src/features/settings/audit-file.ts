import type { NetworkId } from "../../kernel/ids.ts";
import type { Store } from "../../kernel/store.ts";
import { auditInWords } from "./audit-words.ts";
import type { CsvFormat, SettingsStores } from "./ports.ts";

/** Entries that are read at a time: the file is as long as the log, and memory isn't. */
const portion = 500;

const header = ["At", "In words", "Who", "Id of who", "Action", "Subject", "Id of the subject", "Detail"];

/** The whole audit log of a network as a CSV file, newest first, piece by piece as it is read. */
export async function* auditFile(
  store: Pick<Store<Pick<SettingsStores, "auditReader">>, "read">,
  network: NetworkId,
  csv: CsvFormat,
): AsyncGenerator<Uint8Array> {
  yield csv.start;
  yield csv.record(header);
  let after: string | null = null;
  for (;;) {
    const rows = await store.read(network).auditReader.page({ limit: portion, after });
    for (const row of rows) {
      const { actor, action, subject, subjectName, detail } = row;
      yield csv.record([
        ...[row.at.toString(), auditInWords(row), actor?.name ?? "Steady", actor?.id ?? "", action],
        ...[subjectName ?? "", subject ?? "", JSON.stringify(detail)],
      ]);
    }
    after = rows.at(-1)?.id ?? null;
    if (rows.length < portion) return;
  }
}
