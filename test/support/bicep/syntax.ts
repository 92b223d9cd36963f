import { createRequire } from "node:module";
import { Language, type Node, Parser } from "web-tree-sitter";

/** A place in a file, lines from 1. */
export interface At {
  readonly line: number;
}

export interface Property {
  /** Null when the key is computed. */
  readonly key: string | null;
  readonly keyParts: readonly Expr[];
  readonly value: Expr;
  readonly at: At;
}

export type Expr = { readonly at: At } & (
  | { readonly kind: "string"; readonly text: string | null; readonly parts: readonly Expr[]; readonly raw: string }
  | { readonly kind: "number" | "boolean" | "null"; readonly raw: string }
  | { readonly kind: "object"; readonly properties: readonly Property[]; readonly resources: readonly Resource[] }
  | { readonly kind: "array"; readonly items: readonly Expr[] }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "member" | "nested"; readonly object: Expr; readonly property: string }
  | { readonly kind: "index"; readonly object: Expr; readonly index: Expr }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expr[] }
  | { readonly kind: "lambda"; readonly names: readonly string[]; readonly body: Expr }
  | { readonly kind: "for"; readonly names: readonly string[]; readonly over: Expr; readonly body: Expr }
  | { readonly kind: "choice"; readonly condition: Expr; readonly yes: Expr; readonly no: Expr }
  | { readonly kind: "operation"; readonly operands: readonly Expr[] }
);

interface Named {
  readonly name: string;
  readonly at: At;
}

export interface Declared extends Named {
  readonly decorators: readonly Expr[];
  readonly type: string;
  /** A parameter's default or an output's value. */
  readonly value: Expr | null;
}

export interface Variable extends Named {
  readonly value: Expr;
}

/** A resource or a module: `target` is "type@version" or a path. */
export interface Resource extends Named {
  readonly target: string;
  readonly existing: boolean;
  readonly condition: Expr | null;
  readonly body: Expr;
}

export interface BicepFile {
  readonly path: string;
  readonly errors: readonly string[];
  readonly metadata: readonly string[];
  readonly targetScope: string;
  readonly params: readonly Declared[];
  readonly variables: readonly Variable[];
  readonly resources: readonly Resource[];
  readonly modules: readonly Resource[];
  readonly outputs: readonly Declared[];
}

const resolve = createRequire(import.meta.url).resolve;

/** A parser for a language whose grammar a package of npm ships as WebAssembly. */
export async function parserFor(grammar: "bicep" | "powershell"): Promise<Parser> {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(resolve(`tree-sitter-${grammar}/tree-sitter-${grammar}.wasm`)));
  return parser;
}

/** What the grammar couldn't read, a line each. */
export function syntaxErrors(root: Node, path: string): string[] {
  const own = root.isError || root.isMissing ? [`${path}:${line(root)} can't be read: ${root.text.slice(0, 60)}`] : [];
  return [...own, ...kids(root, false).flatMap((child) => syntaxErrors(child, path))];
}

/** Reads a Bicep file's text. Throws nothing: what can't be read is in `errors`. */
export function readBicep(parser: Parser, path: string, text: string): BicepFile {
  const root = parser.parse(text)?.rootNode;
  if (root === undefined) return { ...nothing, path, errors: [`${path}:1 can't be read`] };
  const errors = syntaxErrors(root, path);
  if (errors.length > 0) return { ...nothing, path, errors };
  const file = {
    path,
    errors: crowded(root, path),
    metadata: [] as string[],
    targetScope: "resourceGroup",
    params: [] as Declared[],
    variables: [] as Variable[],
    resources: [] as Resource[],
    modules: [] as Resource[],
    outputs: [] as Declared[],
  };
  let decorators: Expr[] = [];
  for (const node of kids(root)) {
    const [first, second, third] = kids(node);
    if (node.type === "decorators") decorators = kids(node).map((one) => expression(kids(one)[0]!));
    else if (node.type === "metadata_declaration") file.metadata.push(first!.text);
    else if (node.type === "target_scope_assignment") file.targetScope = textOf(first!) ?? "";
    else if (node.type === "parameter_declaration" || node.type === "output_declaration") {
      const value = third === undefined ? null : expression(third);
      const declared = { name: first!.text, at: at(node), decorators, type: second!.text, value };
      (node.type === "parameter_declaration" ? file.params : file.outputs).push(declared);
    } else if (node.type === "variable_declaration") {
      file.variables.push({ name: first!.text, at: at(node), value: expression(second!) });
    } else if (node.type === "resource_declaration") file.resources.push(resource(node));
    else if (node.type === "module_declaration") file.modules.push(resource(node));
    else if (!/comment$/.test(node.type)) file.errors.push(`${path}:${line(node)} isn't known to this check: ${node.type}`);
    if (node.type !== "decorators" && !/comment$/.test(node.type)) decorators = [];
  }
  return file;
}

const nothing = {
  metadata: [],
  targetScope: "resourceGroup",
  params: [],
  variables: [],
  resources: [],
  modules: [],
  outputs: [],
} as const;

const line = (node: Node) => node.startPosition.row + 1;
const at = (node: Node): At => ({ line: line(node) });

function kids(node: Node, namedOnly = true): Node[] {
  return namedOnly ? node.namedChildren.filter((child) => !/comment$/.test(child.type)) : node.children;
}

/**
 * The grammar lets two properties or items stand on one line with nothing between them, Bicep doesn't. It also reads
 * "[call().name]" as two items; a variable for the item makes it plain to both.
 */
function crowded(node: Node, path: string): string[] {
  const children = kids(node, false);
  const own = children.flatMap((child, place) => {
    const before = children[place - 1];
    const isPair = node.type === "array" ? child.isNamed && before?.isNamed : [before, child].every((one) => one?.type === "object_property");
    return isPair === true && before?.endPosition.row === child.startPosition.row ? [`${path}:${line(child)} needs a comma or a new line`] : [];
  });
  return [...own, ...children.flatMap((child) => crowded(child, path))];
}

function resource(node: Node): Resource {
  const [name, target, body] = kids(node);
  const condition = body!.type === "if_statement" ? expression(kids(body!)[0]!) : null;
  return {
    name: name!.text,
    at: at(node),
    target: textOf(target!) ?? "",
    existing: node.children.some((child) => child.type === "existing"),
    condition,
    body: expression(condition === null ? body! : kids(body!)[1]!),
  };
}

function textOf(node: Node): string | null {
  const parsed = expression(node);
  return parsed.kind === "string" ? parsed.text : null;
}

const escapes: Readonly<Record<string, string>> = { "\\'": "'", "\\\\": "\\", "\\n": "\n", "\\t": "\t", "\\$": "$" };

function expression(node: Node): Expr {
  const children = kids(node);
  const all = () => children.map(expression);
  const place = at(node);
  switch (node.type) {
    case "string": {
      const parts = children.filter((child) => child.type === "interpolation").map((child) => expression(kids(child)[0]!));
      const text = children.map((child) => escapes[child.text] ?? child.text).join("");
      return { kind: "string", at: place, text: parts.length === 0 ? text : null, parts, raw: text };
    }
    case "number":
    case "boolean":
    case "null":
      return { kind: node.type, at: place, raw: node.text };
    case "identifier":
    case "property_identifier":
      return { kind: "name", at: place, name: node.text };
    case "object":
      return object(node);
    case "array":
      return { kind: "array", at: place, items: all() };
    case "parenthesized_expression":
    case "nullable_type":
      return children[0] === undefined ? { kind: "null", at: place, raw: "" } : expression(children[0]);
    case "member_expression":
      // "x => x.name" comes as "(x => x).name".
      return intoLambda(expression(children[0]!), (inner) => ({ kind: "member", at: place, object: inner, property: children[1]!.text }));
    case "resource_expression":
      return { kind: "nested", at: place, object: expression(children[0]!), property: children[1]!.text };
    case "subscript_expression":
      return { kind: "index", at: place, object: expression(children[0]!), index: expression(children[1]!) };
    case "call_expression":
      return { kind: "call", at: place, name: children[0]!.text, args: kids(children[1]!).map(expression) };
    case "lambda_expression": {
      const names = children.slice(0, -1).flatMap((child) => child.text.match(/\w+/g) ?? []);
      return { kind: "lambda", at: place, names, body: expression(children.at(-1)!) };
    }
    case "for_statement": {
      const names = children[0]!.text.match(/\w+/g) ?? [];
      return { kind: "for", at: place, names, over: expression(children[1]!), body: expression(children[2]!) };
    }
    case "ternary_expression": {
      const [condition, yes, no] = all();
      return { kind: "choice", at: place, condition: condition!, yes: yes!, no: no! };
    }
    default:
      return { kind: "operation", at: place, operands: all() };
  }
}

function intoLambda(inner: Expr, wrap: (inner: Expr) => Expr): Expr {
  return inner.kind === "lambda" ? { ...inner, body: wrap(inner.body) } : wrap(inner);
}

function object(node: Node): Expr {
  const parts = kids(node).map((property) => ({ property, children: kids(property) }));
  const resources = parts.filter(({ children }) => children[0]?.type === "resource_declaration");
  const properties = parts.filter((part) => !resources.includes(part));
  return {
    kind: "object",
    at: at(node),
    resources: resources.map(({ children }) => resource(children[0]!)),
    properties: properties.map(({ property, children }) => {
      const key = expression(children[0]!);
      return {
        key: key.kind === "name" ? key.name : key.kind === "string" ? key.text : null,
        keyParts: key.kind === "string" ? key.parts : [],
        value: expression(children[1]!),
        at: at(property),
      };
    }),
  };
}
