import { z } from "zod";
import type { FieldError } from "../../kernel/http.ts";

/** The parts of JSON Schema from which a rule can be told in words. */
interface Rule {
  readonly [keyword: string]: unknown;
}

const isRule = (value: unknown): value is Rule => typeof value === "object" && value !== null && !Array.isArray(value);
const rulesIn = (value: unknown): Rule[] => (Array.isArray(value) ? value.filter(isRule) : []);
const numberIn = (rule: Rule, keyword: string): number | null => {
  const value = rule[keyword];
  // zod gives every whole number JavaScript's own bounds, which say nothing to a person.
  return typeof value === "number" && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : null;
};

const ruleBooks = new WeakMap<z.ZodType, Rule>();

function ruleBookOf(schema: z.ZodType): Rule {
  const known = ruleBooks.get(schema);
  if (known !== undefined) return known;
  const book = z.toJSONSchema(schema, { io: "input", unrepresentable: "any", reused: "inline" });
  const rule = isRule(book) ? book : {};
  ruleBooks.set(schema, rule);
  return rule;
}

function alternatives(rule: Rule): Rule[] {
  const nested = [...rulesIn(rule["anyOf"]), ...rulesIn(rule["oneOf"]), ...rulesIn(rule["allOf"])];
  return nested.length === 0 ? [rule] : [rule, ...nested.flatMap(alternatives)];
}

function ruleAt(book: Rule, path: readonly PropertyKey[]): Rule | null {
  let rules = alternatives(book);
  for (const step of path) {
    rules = rules.flatMap((rule) => {
      const { properties, items, additionalProperties } = rule;
      const named = isRule(properties) ? properties[String(step)] : undefined;
      return [named, typeof step === "number" ? items : additionalProperties].filter(isRule).flatMap(alternatives);
    });
  }
  return rules[0] ?? null;
}

const choice = (words: readonly string[]): string =>
  words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;

/** "from 1 to 26", "of at least 1", "of at most 26", or nothing. */
function between(from: number | null, to: number | null, unit = ""): string {
  if (from !== null && to !== null) return from === to ? ` of ${from}${unit}` : ` from ${from} to ${to}${unit}`;
  if (from !== null) return ` of at least ${from}${unit}`;
  return to === null ? "" : ` of at most ${to}${unit}`;
}

function numberInWords(rule: Rule): string {
  const above = numberIn(rule, "exclusiveMinimum");
  const below = numberIn(rule, "exclusiveMaximum");
  const whole = rule["type"] === "integer";
  const from = numberIn(rule, "minimum") ?? (whole && above !== null ? above + 1 : null);
  const to = numberIn(rule, "maximum") ?? (whole && below !== null ? below - 1 : null);
  const over = from === null && above !== null ? ` above ${above}` : "";
  const under = to === null && below !== null ? `${over === "" ? "" : " and"} below ${below}` : "";
  return `a ${whole ? "whole " : ""}number${between(from, to)}${over}${under}`;
}

const formats: Readonly<Record<string, string>> = {
  date: "a date such as 2026-11-12",
  "date-time": "a moment such as 2026-11-12T09:30:00Z",
  time: "a time such as 09:30",
  email: "an e-mail address",
  uuid: "an id",
  uri: "a web address",
};

function textInWords(rule: Rule): string {
  const format = typeof rule["format"] === "string" ? formats[rule["format"]] : undefined;
  const [from, to] = [numberIn(rule, "minLength"), numberIn(rule, "maxLength")];
  if (format !== undefined) return format;
  if (from === 1 && to === null) return "text that isn't empty";
  const form = typeof rule["pattern"] === "string" ? " in the form that is expected" : "";
  return `text${between(from, to, " characters")}${form}`;
}

/** What the rule asks for, to follow "must be": "a whole number from 1 to 26". Null when it can't be told. */
function inWords(rule: Rule): string | null {
  const options = [...rulesIn(rule["anyOf"]), ...rulesIn(rule["oneOf"])];
  if (options.length > 0) {
    const words = new Set(options.map(inWords));
    return words.has(null) ? null : choice([...words].map(String));
  }
  if ("const" in rule) return String(rule["const"]);
  if (Array.isArray(rule["enum"])) return choice(rule["enum"].map(String));
  switch (rule["type"]) {
    case "integer":
    case "number":
      return numberInWords(rule);
    case "string":
      return textInWords(rule);
    case "boolean":
      return "true or false";
    case "array":
      return `a list${between(numberIn(rule, "minItems"), numberIn(rule, "maxItems"), " items")}`;
    case "object":
      return "an object";
    case "null":
      return "null";
    default:
      return null;
  }
}

const nameOf = (path: readonly PropertyKey[]): string => path.map(String).join(".");

/**
 * Parses outside data. What is wrong comes back one field at a time, in plain words ("must be a whole number from 1
 * to 26"); a schema's own messages are kept as they are.
 */
export function parseInWords<T>(
  schema: z.ZodType<T>,
  value: unknown,
): { ok: true; value: T } | { ok: false; errors: FieldError[] } {
  const parsed = schema.safeParse(value, {
    error: (issue) => {
      if (issue.code === "custom") return "isn't valid";
      const rule = ruleAt(ruleBookOf(schema), issue.path ?? []);
      const wanted = rule === null ? null : inWords(rule);
      if (issue.code === "invalid_type" && issue.input === undefined) {
        return wanted === null ? "is missing" : `is missing: it must be ${wanted}`;
      }
      return wanted === null ? "isn't valid" : `must be ${wanted}`;
    },
  });
  if (parsed.success) return { ok: true, value: parsed.data };
  const errors = parsed.error.issues.flatMap((issue): FieldError[] =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({ path: nameOf([...issue.path, key]), message: "isn't known here: take it out" }))
      : [{ path: nameOf(issue.path), message: issue.message }],
  );
  return { ok: false, errors };
}

/** One sentence for several errors: the first in full, and how many more there are. `whole` names the thing as such. */
export function summaryOf(errors: readonly FieldError[], whole: string): string {
  const [first, ...others] = errors;
  if (first === undefined) return `${whole} isn't valid.`;
  const { path, message } = first;
  // A schema's own message may be a sentence of its own, or name its field, and needs no subject then.
  const isSentence = /^(?:[A-Z]|\w+: )/.test(message);
  const sentence = isSentence ? message.replace(/\.$/, "") : `${path === "" ? whole : path} ${message}`;
  if (others.length === 0) return `${sentence}.`;
  return `${sentence}; and ${others.length} more ${others.length === 1 ? "thing needs" : "things need"} changing.`;
}
