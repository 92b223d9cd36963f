import type { CompiledQuery, KyselyPlugin } from "kysely";
import type { OpenDatabase } from "../../src/adapters/sql/database.ts";

/** A store that remembers the text of every statement; those of the job queue don't pass here. */
export function recorded(database: OpenDatabase): { readonly database: OpenDatabase; readonly statements: Set<string> } {
  const statements = new Set<string>();
  const plugin: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      const compiled: CompiledQuery = database.db.getExecutor().compileQuery(node, queryId);
      statements.add(compiled.sql);
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
  return { database: { ...database, db: database.db.withPlugin(plugin) }, statements };
}

const keywords =
  "where on set join inner left right full cross using order group limit values for returning union as or and";
const notAliases = new Set(keywords.split(" "));

/** A table as a statement uses it, and the name that its columns go by there. */
interface Use {
  readonly table: string;
  readonly name: string;
  readonly isInsert: boolean;
}

function usesOf(text: string, tables: ReadonlySet<string>): Use[] {
  const uses = text.matchAll(/\b(from|join|update|into) (?:only )?(?:public\.)?(\w+)(?= (?:as )?(\w+)|)/g);
  return [...uses].flatMap(([, verb = "", table = "", alias = ""]) => {
    if (!tables.has(table)) return [];
    const hasAlias = alias !== "" && !notAliases.has(alias);
    return [{ table, name: hasAlias ? alias : table, isInsert: verb === "into" }];
  });
}

/**
 * What is wrong with a statement on tables of which each row belongs to a network: one sentence for each use of a table
 * that neither is compared by its network nor gives it. Comparing it with another table's network counts when some
 * table's network is compared with a value.
 */
export function unscopedIn(statement: string, tables: ReadonlySet<string>): string[] {
  const text = statement.replaceAll('"', "").replace(/\s+/g, " ").toLowerCase();
  const uses = usesOf(text, tables);
  const reads = uses.filter((use) => !use.isInsert);
  const faults = uses.filter(({ isInsert }) => isInsert).flatMap(({ table }) => {
    const [, columns = ""] = new RegExp(`into ${table} \\(([^)]*)\\)`).exec(text) ?? [];
    return columns.split(", ").includes("network") ? [] : [`adds to ${table} without its network`];
  });
  const isAnchored = /\bnetwork = \$\d/.test(text);
  // A column without its table's name belongs to a table without an alias, one for each such comparison.
  let bare = [...text.matchAll(/[ (]network = \$\d/g)].length;
  for (const { table, name } of reads) {
    const isQualified = new RegExp(`\\b${name}\\.network = |= ${name}\\.network\\b`).test(text);
    const isScoped = isQualified || (name === table && bare-- > 0);
    if (!isScoped) faults.push(`uses ${table} (as ${name}) without its network`);
    else if (!isAnchored) faults.push(`compares the network of ${table} with no value`);
  }
  return faults;
}
