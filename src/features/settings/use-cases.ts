import type { Actor } from "../../kernel/actor.ts";
import type { FieldError } from "../../kernel/http.ts";
import type { Store } from "../../kernel/store.ts";
import type { Clock } from "../../kernel/time.ts";
import type { CsvFormat, SettingsStores } from "./ports.ts";
import type { SettingsSection } from "./section.ts";

export interface SettingsDeps {
  readonly store: Store<SettingsStores>;
  readonly clock: Clock;
  readonly sections: readonly SettingsSection[];
  readonly csv: CsvFormat;
}

export type Settings = Record<string, Record<string, unknown>>;

/** Every section of a network's settings, with defaults for what was never changed. */
export async function readAllSettings(deps: SettingsDeps, actor: Actor): Promise<Settings> {
  const { settings } = deps.store.read(actor.network);
  const all: Settings = {};
  for (const { name, schema } of deps.sections) all[name] = schema.parse((await settings.get(name)) ?? {});
  return all;
}

export type ChangeResult =
  { readonly ok: true; readonly settings: Settings } | { readonly ok: false; readonly errors: FieldError[] };

/** Changes the given settings and leaves the others; all of it, or nothing when any value isn't allowed. */
export async function changeSettings(deps: SettingsDeps, actor: Actor, change: Settings): Promise<ChangeResult> {
  return deps.store.transaction(actor.network, async (tx) => {
    await tx.settings.lock();
    const errors: FieldError[] = Object.keys(change)
      .filter((name) => !deps.sections.some((section) => section.name === name))
      .map((path) => unknown([path]));
    const settings: Settings = {};
    for (const { name, schema } of deps.sections) {
      const before = schema.parse((await tx.settings.get(name)) ?? {});
      const parsed = schema.safeParse(merged(before, change[name] ?? {}));
      if (parsed.success) {
        settings[name] = parsed.data;
        errors.push(...strangeKeys(change[name], parsed.data).map((path) => unknown([name, ...path])));
      } else {
        const { issues } = parsed.error;
        errors.push(...issues.map(({ path, message }) => ({ path: [name, ...path].join("."), message })));
      }
    }
    if (errors.length > 0) return { ok: false, errors };
    const now = deps.clock.now();
    for (const name of Object.keys(change)) await tx.settings.put(name, settings[name], now);
    await tx.audit.record({ at: now, actor, action: "settings.change", subject: null, detail: { changed: change } });
    return { ok: true, settings };
  });
}

function unknown(path: readonly string[]): FieldError {
  return { path: path.join("."), message: `There is no setting called ${path.at(-1) ?? ""}. Check its spelling.` };
}

/** Where a change names something that its schema let fall: a misspelt setting must not pass for a change. */
function strangeKeys(change: unknown, parsed: unknown): string[][] {
  if (!isObject(change) || !isObject(parsed)) return [];
  return Object.entries(change).flatMap(([key, value]) =>
    Object.hasOwn(parsed, key) ? strangeKeys(value, parsed[key]).map((path) => [key, ...path]) : [[key]],
  );
}

/** Objects are merged key by key; anything else is replaced. */
function merged(before: unknown, change: unknown): unknown {
  if (!isObject(before) || !isObject(change)) return change;
  const result: Record<string, unknown> = { ...before };
  for (const [key, value] of Object.entries(change)) result[key] = merged(before[key], value);
  return result;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
