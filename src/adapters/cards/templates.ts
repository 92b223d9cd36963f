import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Template } from "adaptivecards-templating";
import { z } from "zod";
import type { Card, CardTemplates } from "../../kernel/cards.ts";
import { Fault } from "../../kernel/errors.ts";
import { programRoot } from "../program-root.ts";

/** Bytes of UTF-16 that a card may have: Teams takes 100 KB for an activity, and the rest of it needs room too. */
const maxBytes = 90_000;

/** `adaptive-cards/` of the program. */
export const cardsFolder = join(programRoot, "adaptive-cards");

const CardJson = z.looseObject({ type: z.literal("AdaptiveCard") });

function load(path: string): Template {
  try {
    return new Template(CardJson.parse(JSON.parse(readFileSync(path, "utf8"))));
  } catch (cause) {
    throw new Fault("card-template", `${path} can't be read.`, { cause });
  }
}

/**
 * The templates of a folder, read once in a process: NAME.json is template NAME, and NAME.data.json its sample for the Adaptive
 * Cards Designer. In data, null (or undefined) leaves out the property or the list's item that it is bound to;
 * text stays text, whatever it looks like. Throws a Fault "card-template" for a file that is no template and, when
 * rendering, for an unknown name or for data that the template needs and doesn't get; "card-too-big" above 90 KB.
 */
export function loadCardTemplates(folder = cardsFolder): CardTemplates {
  const known = loaded.get(folder);
  if (known !== undefined) return known;
  const made = readCardTemplates(folder);
  loaded.set(folder, made);
  return made;
}

/** Parsing those of the program takes 0.2 s of a start. */
const loaded = new Map<string, CardTemplates>();

function readCardTemplates(folder: string): CardTemplates {
  const templates = new Map(
    readdirSync(folder)
      .filter((file) => file.endsWith(".json") && !file.endsWith(".data.json"))
      .map((file) => [file.slice(0, -".json".length), load(join(folder, file))]),
  );
  return {
    render(name, data) {
      const template = templates.get(name);
      if (template === undefined) throw new Fault("card-template", `There is no template "${name}".`);
      const card = tidy(expand(name, template, data), name);
      const parsed = CardJson.safeParse(card);
      if (!parsed.success) throw new Fault("card-template", `"${name}" doesn't make a card.`);
      const bytes = JSON.stringify(parsed.data).length * 2;
      if (bytes > maxBytes) throw new Fault("card-too-big", `"${name}" has ${bytes} bytes, ${maxBytes} are the most.`);
      return parsed.data satisfies Card;
    },
  };
}

function expand(name: string, template: Template, data: object): unknown {
  try {
    return template.expand({ $root: mapText(data, hide) });
  } catch (cause) {
    // Only the kind is passed on: the library's message can hold what somebody wrote.
    const kind = cause instanceof Error ? cause.name : typeof cause;
    throw new Fault(
      "card-template",
      `"${name}" can't be filled in: a field is missing or of the wrong kind (${kind}).`,
    );
  }
}

// A private-use character stands between "$" and "{" of what people wrote, so that a "${" which is still there
// after filling in can only be the template's own.
const separator = "\uE000";
const hide = (text: string): string => (text.includes("${") ? text.replaceAll("${", `$${separator}{`) : text);
const reveal = (text: string): string => text.replaceAll(`$${separator}{`, "${");

const dropped = Symbol("dropped");

/**
 * A list or an object with each part changed, without those that become `dropped`. Where nothing changes it is itself: most
 * of a card doesn't, and copies of all of it were two fifths of the memory that drawing it took.
 */
function changeParts(whole: object, change: (part: unknown) => unknown): unknown {
  const parts: readonly (readonly [string, unknown])[] = Object.entries(whole);
  const changed = parts.map(([, part]) => change(part));
  if (changed.every((part, index) => part === parts[index]?.[1])) return whole;
  if (Array.isArray(whole)) return changed.filter((part) => part !== dropped);
  return Object.fromEntries(parts.map(([key], index) => [key, changed[index]] as const).filter(([, part]) => part !== dropped));
}

/** The same value with each text in it changed; undefined becomes null, as the templates know only that. */
function mapText(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (typeof value !== "object" || value === null) return value ?? null;
  return changeParts(value, (part) => mapText(part, change));
}

const isEmptyObject = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;

/** Drops what templating leaves behind (nulls, and empty objects in lists), and brings people's own "${" back. */
function tidy(value: unknown, name: string): unknown {
  if (typeof value === "string") {
    if (!value.includes("$")) return value;
    const open = /\$\{[^}]*\}?/.exec(value);
    if (open !== null) throw new Fault("card-template", `"${name}" gets no value for ${open[0]}.`);
    return reveal(value);
  }
  if (typeof value !== "object" || value === null) return value;
  const isList = Array.isArray(value);
  return changeParts(value, (part) => {
    if (part === null || part === undefined) return dropped;
    const tidied = tidy(part, name);
    return isList && isEmptyObject(tidied) ? dropped : tidied;
  });
}
