import { v5 } from "uuid";
import { anotherRow, aRow, type Row, rosterCsv } from "../builders/roster.ts";

const accounts = "1c0e3c5a-7a0d-4c58-9d0b-6a1b2c3d4e5f";

/** Rows of people who have an account in the tenant; "ana@example.org" for Ana. */
function withAccount(row: Row): Row {
  return { aad_object_id: v5(row.email ?? "", accounts), ...row };
}

/** A manager with a team of one link worker in North Central, unless told otherwise. */
export function manager(name: string, cells: Row = {}): Row {
  return withAccount(aRow(name, cells));
}

/** A lead of the whole network, unless told otherwise. */
export function lead(name: string, cells: Row = {}): Row {
  return withAccount(anotherRow(name, "lead", { scope: "network", area: "", ...cells }));
}

export function viewer(name: string, cells: Row = {}): Row {
  return withAccount(anotherRow(name, "viewer", { area: "", ...cells }));
}

export function admin(name: string, cells: Row = {}): Row {
  return withAccount(anotherRow(name, "admin", { area: "", ...cells }));
}

export function member(name: string, cells: Row = {}): Row {
  return withAccount(anotherRow(name, "member", cells));
}

/** A roster file of these rows. */
export function roster(...rows: readonly Row[]): Uint8Array {
  return rosterCsv(rows);
}
