/**
 * What reading a page somewhere costs, beside one that comes next. PostgreSQL's own 4 is a turning disk's: by it, a thousand
 * people are read for ten people's sake.
 */
export const randomPageCost = 1.1;

/** Asks for the names of all tables that hold something, as SQL writes them. */
export const filledTables = `select format('%I.%I', nspname, relname) as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
  where relkind = 'r' and relpersistence <> 't' and pg_relation_size(pg_class.oid) > 0`;

/**
 * ANALYZE, or VACUUM ANALYZE, of the tables that hold something. A table that it has seen empty is small to the planner: in
 * one statement that is kept it would be read from end to end, however large it grows until the next time. One that was
 * never looked at is taken to be of some size, and read by its index.
 * @param rows what `filledTables` gave; there are always some, PostgreSQL's own
 */
export function analysing(command: "ANALYZE" | "VACUUM ANALYZE", rows: readonly { readonly name: string }[]): string {
  return `${command} ${rows.map(({ name }) => name).join(", ")}`;
}
