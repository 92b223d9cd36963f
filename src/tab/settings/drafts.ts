import { z } from "zod";
import type { SettingsResource } from "../../features/settings/contract.ts";
import type { FieldInfo, FieldKind, RowColumn } from "./fields.ts";

/** A row of a list while it is edited. */
export type RowDraft = Readonly<Record<string, string>>;

/** What somebody has typed into a field, before the server has seen it. */
export type Draft = string | boolean | readonly RowDraft[] | { readonly low: string; readonly high: string };

/** What has been typed and isn't saved, by the settings' paths. */
export type Drafts = Readonly<Record<string, Draft>>;

const Range = z.object({ low: z.number(), high: z.number() }).nullable().catch(null);
const Rows = z.array(z.record(z.string(), z.string().nullable())).catch([]);
const List = z.array(z.union([z.string(), z.number()])).catch([]);
const Plain = z.union([z.string(), z.number(), z.boolean()]).nullable().catch(null);

/** The stored value of a path such as "check-ins.guides.link_worker". */
function valueAt(settings: SettingsResource, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => z.record(z.string(), z.unknown()).catch({}).parse(value)[key], settings);
}

/** A stored setting as its field shows it. */
export function draftOf(settings: SettingsResource, { path, kind }: FieldInfo): Draft {
  const value = valueAt(settings, path);
  switch (kind.kind) {
    case "yes-no":
      return value === true;
    case "numbers":
      return List.parse(value).join(", ");
    case "lines":
      return List.parse(value).join("\n");
    case "range": {
      const range = Range.parse(value);
      return { low: range === null ? "" : String(range.low), high: range === null ? "" : String(range.high) };
    }
    case "rows":
      return Rows.parse(value).map((row) => Object.fromEntries(kind.columns.map(({ name }) => [name, row[name] ?? ""])));
    case "number":
    case "text":
    case "time":
    case "date":
    case "choice":
      return String(Plain.parse(value) ?? "");
  }
}

/** What the API is sent for a draft; text that isn't a number goes as it is, so that the server can say what is wrong. */
export function valueOf(kind: FieldKind, draft: Draft): unknown {
  if (typeof draft === "boolean") return draft;
  if (typeof draft === "string") return textValue(kind, draft.trim());
  if ("low" in draft) {
    const [low, high] = [draft.low.trim(), draft.high.trim()];
    return low === "" && high === "" ? null : { low: numberOr(low), high: numberOr(high) };
  }
  const columns = kind.kind === "rows" ? kind.columns : [];
  return draft.map((row) => Object.fromEntries(columns.map((column) => [column.name, cellValue(column, row)])));
}

function cellValue({ name, isOptional = false }: RowColumn, row: RowDraft): string | null {
  const text = (row[name] ?? "").trim();
  return text === "" && isOptional ? null : text;
}

function textValue(kind: FieldKind, text: string): unknown {
  switch (kind.kind) {
    case "number":
      return text === "" && kind.isOptional === true ? null : numberOr(text);
    case "choice":
      return kind.choices.some(([value]) => typeof value === "number") ? numberOr(text) : text;
    case "text":
    case "date":
      return text === "" && kind.isOptional === true ? null : text;
    case "numbers":
      return parts(text, ",").map(numberOr);
    case "lines":
      return parts(text, "\n");
    case "time":
    case "yes-no":
    case "range":
    case "rows":
      return text;
  }
}

const parts = (text: string, between: string) =>
  text
    .split(between)
    .map((part) => part.trim())
    .filter((part) => part !== "");

function numberOr(text: string): number | string {
  return text !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** What was typed that differs from what is stored, as the API is sent it. */
export function changedIn(
  fields: readonly FieldInfo[],
  stored: SettingsResource,
  drafts: Drafts,
): (readonly [path: string, value: unknown])[] {
  return fields.flatMap((field) => {
    const draft = drafts[field.path];
    if (draft === undefined) return [];
    const value = valueOf(field.kind, draft);
    const isSame = JSON.stringify(value) === JSON.stringify(valueOf(field.kind, draftOf(stored, field)));
    return isSame ? [] : [[field.path, value] as const];
  });
}

/** The body of PATCH /settings that changes these paths. */
export function changeOf(values: readonly (readonly [path: string, value: unknown])[]): Record<string, Record<string, unknown>> {
  const body: Record<string, Record<string, unknown>> = {};
  for (const [path, value] of values) {
    const [section = "", key = "", inner] = path.split(".");
    const settings = (body[section] ??= {});
    if (inner === undefined) settings[key] = value;
    else settings[key] = { ...z.record(z.string(), z.unknown()).catch({}).parse(settings[key]), [inner]: value };
  }
  return body;
}

/** What a refusal says of one place. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** The errors about a setting or something within it, such as a row of a list. */
export function errorsWithin(errors: readonly FieldError[], path: string): FieldError[] {
  return errors.filter((error) => error.path === path || error.path.startsWith(`${path}.`));
}

/** The sentence about a field among a refusal's errors; null when it is fine. A list's errors name its rows. */
export function errorAt(errors: readonly FieldError[], path: string): string | null {
  const found = errorsWithin(errors, path);
  return found.length === 0 ? null : [...new Set(found.map(({ message }) => message))].join(" ");
}
