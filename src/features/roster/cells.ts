import { type Role, roles } from "../../kernel/actor.ts";
import type { CsvRow, RosterColumn, RosterProblem } from "./csv.ts";
import { type JobRole, jobRoles, type Posts } from "./model.ts";

/** The most that one team has of one job role; above it somebody typed something else. */
const mostWte = 200;
const longest = 120;

/** One row of a roster file, read cell by cell: null or blank where a cell is empty or wrong. */
export interface RosterRow {
  readonly row: number;
  readonly name: string;
  /** Lower-cased; what the cell says even when it isn't an address. */
  readonly email: string;
  readonly objectId: string | null;
  readonly tenantId: string | null;
  readonly role: Role | null;
  /** As written: areas can only be looked up once every row is read. */
  readonly scope: string;
  readonly area: string | null;
  readonly place: string | null;
  readonly pcn: string | null;
  readonly organisation: string | null;
  readonly jobRole: string | null;
  readonly managerEmail: string | null;
  readonly team: string | null;
  readonly posts: Posts;
  readonly deputyEmail: string | null;
  readonly external: boolean;
}

/** Reads the cells of one row, and says of each that is wrong what to change. */
export function readCells(source: CsvRow, defaultTenant: string | null): { row: RosterRow; problems: RosterProblem[] } {
  const problems: RosterProblem[] = [];
  const wrong = (column: RosterColumn, message: string): null => {
    problems.push({ row: source.row, column, message });
    return null;
  };
  const text = (column: RosterColumn): string | null => {
    const cell = source.cell(column);
    if (cell === "") return null;
    if (cell.length > longest)
      return wrong(column, `“${cell.slice(0, 20)}…” is longer than ${longest} characters: shorten it.`);
    if (/\p{Cc}/u.test(cell))
      return wrong(column, "There is an invisible control character in this cell: type it again.");
    return cell;
  };
  const email = (column: RosterColumn): string | null => {
    const cell = source.cell(column).toLowerCase();
    if (cell !== "" && !isEmail(cell))
      wrong(column, `“${clip(cell)}” is not an e-mail address: write it as name@example.org.`);
    return cell === "" ? null : cell;
  };
  const uuid = (column: RosterColumn): string | null => {
    const cell = source.cell(column).toLowerCase();
    if (cell === "" || /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(cell)) return cell || null;
    return wrong(
      column,
      `“${clip(cell)}” is not an id: copy the one from Entra, such as 0f8fad5b-d9cb-469f-a165-70867728950e.`,
    );
  };
  const wte = (column: RosterColumn): number | null => {
    const read = parseWte(source.cell(column));
    return typeof read === "string" ? wrong(column, read) : read;
  };
  const role = (): Role | null => {
    const cell = source.cell("role").toLowerCase();
    if (cell === "") return wrong("role", "The role is missing: write manager, member, lead, viewer or admin.");
    const known = roles.find((one) => one === cell);
    return known ?? wrong("role", `“${clip(cell)}” is not a role: write manager, member, lead, viewer or admin.`);
  };
  const external = (): boolean => {
    const cell = source.cell("external").toLowerCase();
    if (["", "no", "false", "0"].includes(cell)) return false;
    if (!["yes", "true", "1"].includes(cell))
      wrong("external", `“${clip(cell)}” is neither yes nor no: write one of them.`);
    return true;
  };

  const name = text("name");
  if (source.cell("name") === "") wrong("name", "The name is missing: write one.");
  const address = email("email");
  if (address === null) wrong("email", "The e-mail address is missing: write one.");
  const objectId = uuid("aad_object_id");
  const tenantId = uuid("tenant_id");
  if (objectId !== null && source.cell("tenant_id") === "" && defaultTenant === null) {
    wrong("tenant_id", "The tenant's id is missing: write it, or leave aad_object_id empty.");
  }
  const row = {
    row: source.row,
    name: name ?? "",
    email: address ?? "",
    objectId,
    tenantId: tenantId ?? (objectId === null ? null : defaultTenant),
    role: role(),
    scope: source.cell("scope"),
    area: text("area"),
    place: text("place"),
    pcn: text("pcn"),
    organisation: text("organisation"),
    jobRole: text("job_role"),
    managerEmail: email("manager_email"),
    team: text("team"),
    posts: postsFrom((jobRole) => wte(`${jobRole}_wte`)),
    deputyEmail: email("deputy_email"),
    external: external(),
  };
  if (source.cell("team") === "" && row.role !== null && row.role !== "member") {
    for (const jobRole of jobRoles) {
      if (source.cell(`${jobRole}_wte`) === "") continue;
      wrong(`${jobRole}_wte`, "WTE belongs to a team: name the team in this row, or leave this cell empty.");
    }
  }
  return { row, problems };
}

/**
 * Whole-time equivalents as people type them: "0.8", "0,8", "1". Null for a blank cell (the team doesn't have that
 * job role); a sentence that says what to change for anything but a number from 0 to 200.
 */
export function parseWte(cell: string): number | null | string {
  if (cell === "") return null;
  if (/^[-−–]\s?[\d.,]+$/.test(cell)) return `${cell} is less than nothing: write 0 or more, or leave it empty.`;
  if (!/^(\d+([.,]\d+)?|[.,]\d+)$/.test(cell))
    return `“${clip(cell)}” is not a number: write one such as 0.8, or leave it empty.`;
  const wte = Number(cell.replace(",", "."));
  return wte <= mostWte ? wte : `${cell} is more than ${mostWte}, which no team has: check it.`;
}

function postsFrom(wteOf: (role: JobRole) => number | null): Posts {
  const posts: Partial<Record<JobRole, number>> = {};
  for (const role of jobRoles) {
    const wte = wteOf(role);
    if (wte !== null) posts[role] = wte;
  }
  return posts;
}

function isEmail(text: string): boolean {
  return (
    text.length <= 254 &&
    /^[^\s@<>()[\],;:"\\\p{Cc}]+@[^\s@<>()[\],;:"\\\p{Cc}.]+(\.[^\s@<>()[\],;:"\\\p{Cc}.]+)+$/u.test(text)
  );
}

/** What a message repeats of a cell. */
function clip(cell: string): string {
  return cell.length > 40 ? `${cell.slice(0, 40)}…` : cell;
}
