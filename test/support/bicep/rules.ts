import { dirname, join } from "node:path";
import type { BicepFile, Declared, Expr } from "./syntax.ts";
import { declarationsOf, inside, namesIn, propertyOf, usesIn } from "./walk.ts";

/** The functions of Bicep that are in use here, each with what it gives. */
export const functions: Readonly<Record<string, "string" | "int" | "bool" | "array" | "object" | "any">> = {
  cidrSubnet: "string",
  concat: "array",
  empty: "bool",
  filter: "array",
  guid: "string",
  json: "any",
  loadJsonContent: "any",
  loadTextContent: "string",
  map: "array",
  resourceGroup: "object",
  split: "array",
  string: "string",
  subscription: "object",
  subscriptionResourceId: "string",
  tenant: "object",
  toLower: "string",
  trim: "string",
  union: "any",
  uniqueString: "string",
  uriComponent: "string",
};

const secretName = /password|passphrase|secret$|connectionString|accessKey/i;
const regions = /^(uk(south|west)|(north|west|central)?(europe|us\d?)|east(us\d?|asia)|(france|germany|sweden)\w+)$/;
const cloudHosts = /management\.azure\.com|login\.microsoftonline|\.vault\.azure\.net|database\.windows\.net|graph\.microsoft/;

const has = ({ decorators }: Declared, name: string) => decorators.some((one) => one.kind === "call" && one.name === name);

/** What the Bicep linter would say about one file, and some more: a line each. */
export function lint(file: BicepFile): string[] {
  const say = (at: { line: number }, text: string) => `${file.path}:${at.line} ${text}`;
  return [
    ...file.errors,
    ...(file.metadata.includes("description") ? [] : [say({ line: 1 }, "has no metadata description")]),
    ...names(file, say),
    ...declarations(file, say),
    ...secrets(file, say),
    ...literals(file, say),
    ...resources(file, say),
  ];
}

type Say = (at: { line: number }, text: string) => string;

function names(file: BicepFile, say: Say): string[] {
  const declared = [...file.params, ...file.variables, ...file.resources, ...file.modules];
  const known = new Set(declared.map(({ name }) => name));
  const twice = declared.filter(({ name }, place) => declared.findIndex((other) => other.name === name) !== place);
  const uses = usesIn(file);
  const used = new Set(uses.flatMap(({ expr, bound }) => (expr.kind === "name" && !bound.has(expr.name) ? [expr.name] : [])));
  const mustBeUsed = [...file.params, ...file.variables, ...file.resources.filter(({ existing }) => existing)];
  return [
    ...twice.map((one) => say(one.at, `${one.name} is declared twice`)),
    ...uses.flatMap(({ expr, bound }) => {
      if (expr.kind === "name" && !known.has(expr.name) && !bound.has(expr.name)) return [say(expr.at, `${expr.name} isn't declared`)];
      return expr.kind === "call" && functions[expr.name] === undefined ? [say(expr.at, `${expr.name}() isn't a function in use here`)] : [];
    }),
    ...mustBeUsed.filter(({ name }) => !used.has(name)).map((one) => say(one.at, `${one.name} isn't used`)),
  ];
}

function declarations(file: BicepFile, say: Say): string[] {
  return [...file.params, ...file.outputs].flatMap((one) => (has(one, "description") ? [] : [say(one.at, `${one.name} has no description`)]));
}

function secrets(file: BicepFile, say: Say): string[] {
  const secure = new Set(file.params.filter((one) => has(one, "secure")).map(({ name }) => name));
  // A variable made of a secret is one.
  for (const { name, value } of file.variables) if ([...namesIn(value)].some((used) => secure.has(used))) secure.add(name);
  const leaks = (expr: Expr) =>
    [...namesIn(expr)].some((name) => secure.has(name)) ||
    inside(expr).some(({ expr: one }) => (one.kind === "call" && /^list/i.test(one.name)) || (one.kind === "member" && secretName.test(one.property)));
  return [
    ...file.params.flatMap((one) => {
      if (has(one, "secure")) return one.value === null ? [] : [say(one.at, `${one.name} is a secret with a default`)];
      return secretName.test(one.name) && one.type === "string" && !/Address of the secret/.test(descriptionOf(one))
        ? [say(one.at, `${one.name} looks like a secret: @secure()`)]
        : [];
    }),
    ...file.outputs.flatMap((one) => (one.value !== null && leaks(one.value) ? [say(one.at, `${one.name} gives a secret away`)] : [])),
  ];
}

function descriptionOf({ decorators }: Declared): string {
  const call = decorators.find((one) => one.kind === "call" && one.name === "description");
  const text = call?.kind === "call" ? call.args[0] : undefined;
  return text?.kind === "string" ? text.raw : "";
}

function literals(file: BicepFile, say: Say): string[] {
  return usesIn(file).flatMap(({ expr }) => {
    if (expr.kind === "object") {
      const keys = expr.properties.flatMap(({ key }) => (key === null ? [] : [key]));
      return keys.filter((key, place) => keys.indexOf(key) !== place).map((key) => say(expr.at, `${key} is there twice`));
    }
    if (expr.kind !== "string") return [];
    const [only] = expr.parts;
    return [
      ...(regions.test(expr.raw) ? [say(expr.at, `${expr.raw}: a region belongs into a parameter`)] : []),
      ...(cloudHosts.test(expr.raw) ? [say(expr.at, `${expr.raw}: ask environment() for a cloud's address`)] : []),
      ...(expr.parts.length === 1 && only !== undefined && /^\$\{\w+\}$/.test(expr.raw) && !isKey(file, expr)
        ? [say(expr.at, `${expr.raw} needs no quotes`)]
        : []),
    ];
  });
}

const isKey = (file: BicepFile, expr: Expr) =>
  usesIn(file).some(({ expr: one }) => one.kind === "object" && one.properties.some(({ keyParts }) => keyParts.length > 0 && one.at.line <= expr.at.line && expr.kind === "string" && keyParts[0] === expr.parts[0]));

function resources(file: BicepFile, say: Say): string[] {
  return file.resources.flatMap((one) => {
    const [type = "", version = ""] = one.target.split("@");
    const name = propertyOf(one.body, "name");
    const location = propertyOf(one.body, "location");
    const parent = propertyOf(one.body, "parent");
    const isChild = type.split("/").length > 2;
    const implied = new Set(declarationsOf(one).flatMap((expr) => [...withoutDependsOn(expr)]));
    const explicit = propertyOf(one.body, "dependsOn");
    return [
      ...(/^\d{4}-\d\d-\d\d(-preview)?$/.test(version) ? [] : [say(one.at, `${one.name} names no version of ${type}`)]),
      ...(name === undefined ? [say(one.at, `${one.name} has no name`)] : []),
      ...(location !== undefined && !isLocation(location) ? [say(one.at, `${one.name}: location is a parameter, or 'global'`)] : []),
      ...(isChild && parent === undefined ? [say(one.at, `${one.name} is part of another resource: parent`)] : []),
      ...(name?.kind === "string" && name.parts.length === 0 && parent === undefined && propertyOf(one.body, "scope") === undefined
        ? [say(one.at, `${one.name}: a name of its own belongs into a parameter`)]
        : []),
      ...(explicit?.kind === "array" ? explicit.items : []).flatMap((item) =>
        item.kind === "name" && implied.has(item.name) ? [say(item.at, `${one.name} waits for ${item.name} anyway`)] : [],
      ),
    ];
  });
}

const isLocation = (expr: Expr) => (expr.kind === "name" && expr.name === "location") || (expr.kind === "string" && expr.text === "global");

function withoutDependsOn(expr: Expr): Set<string> {
  const literal = expr.kind === "for" ? expr.body : expr;
  if (literal.kind !== "object") return namesIn(expr);
  return new Set(literal.properties.filter(({ key }) => key !== "dependsOn").flatMap(({ value }) => [...namesIn(value)]));
}

/** What is wrong between files: modules that aren't there, their parameters and outputs. */
export function lintModules(files: ReadonlyMap<string, BicepFile>): string[] {
  const used = new Set<string>();
  const problems = [...files.values()].flatMap((file) =>
    file.modules.flatMap((one) => {
      const say = (text: string) => `${file.path}:${one.at.line} ${one.name} ${text}`;
      const target = files.get(join(dirname(file.path), one.target));
      if (target === undefined) return [say(`names ${one.target}, which isn't there`)];
      used.add(target.path);
      const given = propertyOf(one.body, "params");
      const params = given?.kind === "object" ? given.properties : [];
      const outputs = new Set(target.outputs.map(({ name }) => name));
      return [
        ...params.filter(({ key }) => !target.params.some(({ name }) => name === key)).map(({ key }) => say(`has no parameter ${key ?? "?"}`)),
        ...target.params
          .filter((param) => param.value === null && !params.some(({ key }) => key === param.name))
          .map(({ name }) => say(`isn't given ${name}`)),
        ...params.flatMap(({ key, value }) => {
          const wanted = target.params.find(({ name }) => name === key)?.type;
          const found = simpleType(file, value);
          return wanted === undefined || found === "any" || wanted === found ? [] : [say(`takes ${key ?? "?"} as ${wanted}, and is given ${found}`)];
        }),
        ...usesIn(file).flatMap(({ expr }) =>
          expr.kind === "member" && expr.object.kind === "member" && expr.object.property === "outputs" &&
          expr.object.object.kind === "name" && expr.object.object.name === one.name && !outputs.has(expr.property)
            ? [say(`has no output ${expr.property}`)]
            : [],
        ),
      ];
    }),
  );
  const lonely = [...files.keys()].filter((path) => path.includes("/modules/") && !used.has(path));
  return [...problems, ...lonely.map((path) => `${path}:1 is used by nothing`)];
}

/** The simple type of an expression where it can be told without running anything, else "any". */
export function simpleType(file: BicepFile, expr: Expr): string {
  if (expr.kind === "string" || expr.kind === "array" || expr.kind === "object") return expr.kind;
  if (expr.kind === "number") return "int";
  if (expr.kind === "boolean") return "bool";
  if (expr.kind === "call") return functions[expr.name] ?? "any";
  if (expr.kind === "choice") {
    const [yes, no] = [simpleType(file, expr.yes), simpleType(file, expr.no)];
    return yes === no ? yes : "any";
  }
  if (expr.kind !== "name") return "any";
  const param = file.params.find(({ name }) => name === expr.name);
  if (param !== undefined) return param.type;
  const variable = file.variables.find(({ name }) => name === expr.name);
  return variable === undefined ? "any" : simpleType(file, variable.value);
}
