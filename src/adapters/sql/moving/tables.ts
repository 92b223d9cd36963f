import { type Kysely, type RawBuilder, sql } from "kysely";
import { Fault } from "../../../kernel/errors.ts";
import type { Database } from "../tables.ts";

/** A table whose rows are moved, by its schema and name, with the columns that hold something of their own. */
export interface MovedTable {
  readonly schema: string;
  readonly name: string;
  /** Sorted by name, since stores of a different age have them in a different order. */
  readonly columns: readonly Column[];
}

export interface Column {
  readonly name: string;
  /** As the server writes it: "timestamp with time zone", "uuid[]". */
  readonly type: string;
}

/** Set on a store into which a move has begun and hasn't ended; the server refuses to run on it. */
export const markerTable = "steady_move";

/**
 * What each store has for itself: which migrations it has had, the queue's own version and its plans for it, and
 * what the queue measured about its processes. What is worked out of other tables comes to be as those are copied.
 */
const ofEachStore = new Set([
  ...["public.kysely_migration", "public.kysely_migration_lock", `public.${markerTable}`],
  ...["stale_standings", "team_standings", "standing_sums", "standing_rounds", "tallies"].map((name) => `public.${name}`),
  ...["pgboss.version", "pgboss.bam", "pgboss.instance", "pgboss.queue_stats"],
]);

export const fullName = ({ schema, name }: Pick<MovedTable, "schema" | "name">): string => `${schema}.${name}`;

/** The table as a statement names it. */
export const reference = ({ schema, name }: MovedTable): RawBuilder<unknown> => sql.id(schema, name);

interface Named {
  readonly schema: string;
  readonly name: string;
}

/**
 * The tables of a store whose rows are moved, the queue's among them, each after those that its rows refer to.
 * Partitions are reached by their table.
 */
export async function movedTables(db: Kysely<Database>): Promise<MovedTable[]> {
  const { rows } = await sql<MovedTable>`
    select n.nspname::text as schema, c.relname::text as name, 
      json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attname) as columns
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where n.nspname in ('public', 'pgboss') and c.relkind in ('r', 'p') and not c.relispartition
    group by 1, 2 order by 1 desc, 2`.execute(db);
  const references = await sql<{ from: string; to: string }>`
    select distinct nf.nspname || '.' || f.relname as "from", nt.nspname || '.' || t.relname as "to"
    from pg_constraint
    join pg_class f on f.oid = conrelid join pg_namespace nf on nf.oid = f.relnamespace
    join pg_class t on t.oid = confrelid join pg_namespace nt on nt.oid = t.relnamespace
    where contype = 'f' and conrelid <> confrelid`.execute(db);
  const moved = rows.filter((table) => !ofEachStore.has(fullName(table)));
  return inOrder(moved, references.rows);
}

/** Each table after those that it refers to. */
function inOrder<T extends Named>(tables: readonly T[], references: readonly { from: string; to: string }[]): T[] {
  const names = new Set(tables.map(fullName));
  const needs = Map.groupBy(references.filter(({ to }) => names.has(to)), ({ from }) => from);
  const ordered: T[] = [];
  const done = new Set<string>();
  while (ordered.length < tables.length) {
    const ready = tables.filter((table) => {
      return !done.has(fullName(table)) && (needs.get(fullName(table)) ?? []).every(({ to }) => done.has(to));
    });
    if (ready.length === 0) throw new Fault("store-unavailable", "Its tables refer to each other in a circle.");
    for (const table of ready) done.add(fullName(table));
    ordered.push(...ready);
  }
  return ordered;
}
