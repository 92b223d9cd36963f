import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "@jest/globals";
import { kinds, periodInWords } from "../../src/features/retention/model.ts";
import { RetentionSettings } from "../../src/features/retention/settings.ts";

it("the data protection document has every table with the period that the code keeps it for", () => {
  const text = readFileSync(join(import.meta.dirname, "../../docs/data-protection.md"), "utf8");
  const rows = [...text.matchAll(/^\|[^|]*\|([^|]*)\|([^|]*)\|/gm)].map(([, tables = "", period = ""]) => ({ tables: tables.trim(), period: period.trim() }));
  const keep = RetentionSettings.parse({});
  for (const kind of kinds) {
    const tables = kind.tables.map((table) => `\`${table}\``).join(", ");
    expect(rows).toContainEqual({ tables, period: periodInWords(kind, keep) });
  }
});
