import { z } from "zod";
import { functions } from "./rules.ts";
import type { BicepFile, Expr, Resource } from "./syntax.ts";
import { propertyOf } from "./walk.ts";

export type ArmType =
  | { readonly is: "string"; readonly values?: readonly string[] | undefined }
  | { readonly is: "number" | "boolean" | "any" }
  | { readonly is: "array" | "map"; readonly of: ArmType }
  | { readonly is: "object"; readonly name: string };

export interface ArmProperty {
  readonly type: ArmType;
  readonly required?: boolean | undefined;
  readonly readOnly?: boolean | undefined;
}

/** An object of Azure Resource Manager; `cases` are its forms by what `discriminator` says. */
export interface ArmObject {
  readonly properties: Readonly<Record<string, ArmProperty>>;
  readonly discriminator?: string | undefined;
  readonly cases?: Readonly<Record<string, string>> | undefined;
}

/** Gives an object by its name; undefined when it isn't known. */
export type Lookup = (name: string) => ArmObject | undefined;

const Type: z.ZodType<ArmType> = z.lazy(() =>
  z.union([
    z.strictObject({ is: z.literal("string"), values: z.array(z.string()).optional() }),
    z.strictObject({ is: z.enum(["number", "boolean", "any"]) }),
    z.strictObject({ is: z.enum(["array", "map"]), of: Type }),
    z.strictObject({ is: z.literal("object"), name: z.string() }),
  ]),
);

/** The excerpt of Azure's types in test/infra/arm-types.json. */
export const Excerpt = z.strictObject({
  about: z.string(),
  /** By type and version: the object that describes it, and the package that it was read from. */
  resources: z.record(z.string(), z.strictObject({ object: z.string(), from: z.string() })),
  objects: z.record(
    z.string(),
    z.strictObject({
      properties: z.record(
        z.string(),
        z.strictObject({ type: Type, required: z.boolean().optional(), readOnly: z.boolean().optional() }),
      ),
      discriminator: z.string().optional(),
      cases: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

/** What Bicep itself knows of every resource. */
const bicepsOwn = ["name", "parent", "scope", "dependsOn"];

/** What is wrong with a file's resources by Azure's types, a line each. */
export function checkTypes(file: BicepFile, objectOf: (target: string) => string | undefined, lookup: Lookup): string[] {
  return file.resources.flatMap((one) => {
    const name = objectOf(one.target);
    const problems: string[] = [];
    const say: Say = (at, text) => problems.push(`${file.path}:${at.line} ${one.name}: ${text}`);
    if (name === undefined) say(one.at, `${one.target} isn't among the known types`);
    else if (!one.existing) checkResource({ file, lookup, say }, one, name);
    return problems;
  });
}

type Say = (at: { line: number }, text: string) => void;
interface Context {
  readonly file: BicepFile;
  readonly lookup: Lookup;
  readonly say: Say;
}

function checkResource(context: Context, one: Resource, name: string): void {
  const body = one.body.kind === "for" ? one.body.body : one.body;
  if (body.kind !== "object") return context.say(one.at, "has no body");
  const own = { ...body, properties: body.properties.filter(({ key }) => !bicepsOwn.includes(key ?? "")) };
  checkObject(context, own, name, []);
  const takesTags = context.lookup(name)?.properties["tags"]?.readOnly === undefined && context.lookup(name)?.properties["tags"] !== undefined;
  if (takesTags && propertyOf(body, "tags") === undefined && !/\/secrets@/.test(one.target)) context.say(one.at, "has no tags");
}

function checkObject(context: Context, expr: Extract<Expr, { kind: "object" }>, name: string, path: readonly string[]): void {
  const { lookup, say } = context;
  const known = formOf(expr, name, lookup);
  if (known === undefined) return say(expr.at, `${path.join(".")}: ${name} isn't in the excerpt: make it anew`);
  const where = (key: string) => [...path, key].join(".");
  for (const { key, value, at } of expr.properties) {
    const property = key === null ? undefined : known.properties[key];
    if (property === undefined) say(at, `${where(key ?? "?")} isn't known`);
    else if (property.readOnly === true) say(at, `${where(key ?? "?")} can't be set`);
    else check(context, value, property.type, [...path, key ?? "?"]);
  }
  for (const [key, { required, readOnly }] of Object.entries(known.properties)) {
    if (required === true && readOnly !== true && !bicepsOwn.includes(key) && propertyOf(expr, key) === undefined) say(expr.at, `${where(key)} is missing`);
  }
}

/** An object's properties, with those of the form that its discriminator names. */
function formOf(expr: Expr, name: string, lookup: Lookup): ArmObject | undefined {
  const known = lookup(name);
  if (known?.discriminator === undefined) return known;
  const said = propertyOf(expr, known.discriminator);
  const form = said?.kind === "string" && said.text !== null ? known.cases?.[said.text] : undefined;
  return form === undefined ? undefined : lookup(form);
}

/** Checks a value wherever it can be told what it is; what only Azure will know counts as right. */
function check(context: Context, expr: Expr, type: ArmType, path: readonly string[]): void {
  const wrong = (found: string) => context.say(expr.at, `${path.join(".")} is ${found}, and should be ${wordsFor(type)}`);
  if (type.is === "any") return;
  switch (expr.kind) {
    case "null":
      return;
    case "string":
      if (type.is !== "string") return wrong("text");
      if (expr.text !== null && type.values?.includes(expr.text) === false) return wrong(`'${expr.text}'`);
      return;
    case "number":
    case "boolean":
      return type.is === expr.kind ? undefined : wrong(expr.kind);
    case "array":
      if (type.is !== "array") return wrong("a list");
      return expr.items.forEach((item, place) => check(context, item, type.of, [...path, String(place)]));
    case "object":
      if (type.is === "object") return checkObject(context, expr, type.name, path);
      if (type.is !== "map") return wrong("an object");
      return expr.properties.forEach(({ key, value }) => check(context, value, type.of, [...path, key ?? "*"]));
    case "choice":
      check(context, expr.yes, type, path);
      return check(context, expr.no, type, path);
    case "lambda":
    case "for":
      return check(context, expr.body, type, path);
    case "name":
      return checkName(context, expr, type, path, wrong);
    case "call":
      return checkCall(context, expr, type, path, wrong);
    case "member":
    case "nested":
    case "index":
    case "operation":
      return;
  }
}

function checkName(context: Context, expr: Extract<Expr, { kind: "name" }>, type: ArmType, path: readonly string[], wrong: (found: string) => void): void {
  const variable = context.file.variables.find(({ name }) => name === expr.name);
  if (variable !== undefined) return check(context, variable.value, type, path);
  const param = context.file.params.find(({ name }) => name === expr.name);
  if (param !== undefined && !fits(param.type, type)) wrong(param.type);
}

function checkCall(context: Context, expr: Extract<Expr, { kind: "call" }>, type: ArmType, path: readonly string[], wrong: (found: string) => void): void {
  if (expr.name === "concat") return expr.args.forEach((part) => check(context, part, type, path));
  if (expr.name === "filter") return check(context, expr.args[0]!, type, path);
  if (expr.name === "map") return type.is === "array" ? check(context, expr.args[1]!, type.of, path) : wrong("a list");
  const gives = functions[expr.name] ?? "any";
  if (gives !== "any" && !fits(gives, type)) wrong(gives);
}

const fitting: Readonly<Record<string, readonly ArmType["is"][]>> = {
  string: ["string"],
  int: ["number"],
  bool: ["boolean"],
  array: ["array"],
  object: ["object", "map"],
};

const fits = (bicep: string, type: ArmType) => fitting[bicep]?.includes(type.is) ?? true;

function wordsFor(type: ArmType): string {
  if (type.is === "string") return type.values === undefined ? "text" : `one of ${type.values.join(", ")}`;
  return { number: "a number", boolean: "true or false", array: "a list", map: "an object", object: "an object", any: "anything" }[type.is];
}
