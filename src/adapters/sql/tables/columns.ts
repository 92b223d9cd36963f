import type { ColumnType } from "kysely";

/** A calendar day as "YYYY-MM-DD". */
export type Day = string;
/** Comes out parsed; goes in as text made by `jsonOf`, because the drivers disagree about arrays. */
export type Json = ColumnType<unknown, string, string>;
/** A column of an append-only table: never updated. */
export type Fixed<T> = ColumnType<T, T, never>;
