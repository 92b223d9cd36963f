/** A row of a table as the database keeps it. */
export interface StoredRow {
  /** Its place in the table's file, from 0. */
  readonly place: number;
  readonly ctid: string;
  readonly xmin: number;
  readonly xmax: number;
  readonly cmin: number;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The bytes of the database's files: the tables' ("files") or the write-ahead log's ("wal"). */
export interface RawFile {
  readonly kind: "files" | "wal";
  /** One after the other. */
  readonly bytes: Buffer;
  /** File by file. */
  readonly parts: readonly Buffer[];
}

/** The whole database at a moment. */
export interface Snapshot {
  /** By "schema.table", the rows in physical order. */
  readonly tables: ReadonlyMap<string, readonly StoredRow[]>;
  /** The places of rows as an index gives them. */
  readonly indexes: readonly { readonly name: string; readonly table: string; readonly ctids: readonly string[] }[];
  readonly raw: readonly RawFile[];
}

/** What the API answered, and to whom. */
export interface Said {
  readonly as: string;
  readonly path: string;
  readonly body: unknown;
}

/** What everybody of the network may know of a person. */
export interface KnownPerson {
  readonly id: string;
  /** The reporting group that they were told; null without one. */
  readonly group: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** All that the attacker of one closed wave has; only the key and the chat platform's own records are missing. */
export interface Evidence {
  readonly wave: string;
  /** The places on offer, by item. */
  readonly choices: Readonly<Record<string, number>>;
  /** Points of each choice by item, as they count towards a score. */
  readonly points: Readonly<Record<string, readonly number[]>>;
  /** The public half of the wave's key. */
  readonly sealKey: string;
  /** In the order of the roster. */
  readonly roster: readonly KnownPerson[];
  readonly tookPart: ReadonlySet<string>;
  /** Just before the close, just after it, and once the results were shared. */
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly later: Snapshot;
  readonly log: readonly unknown[];
  readonly api: readonly Said[];
  /** The network's wave before, for whoever kept what was known then. */
  readonly earlier: Evidence | null;
}

/** By item, the place of a choice. */
export type Vector = Readonly<Record<string, number>>;

/** By person, what the attacker thinks they said; nobody of whom nothing is thought. */
export type Guess = ReadonlyMap<string, Vector>;

/** A way to find out who said what. A family may have many, each under a name that is the same in every network. */
export type Strategies = (evidence: Evidence) => ReadonlyMap<string, Guess> | Promise<ReadonlyMap<string, Guess>>;

/** What there is without the dump that was made before the close. */
export function closedOnly(evidence: Evidence): Evidence {
  const nothing: Snapshot = { tables: new Map(), indexes: [], raw: [] };
  return { ...evidence, before: nothing };
}
