import type { BicepFile, Expr, Resource } from "./syntax.ts";

/** A use of a name or a function, with the names of lambdas and loops around it. */
export interface Use {
  readonly expr: Expr;
  readonly bound: ReadonlySet<string>;
}

/** Every expression inside one, itself included, outermost first. */
export function inside(expr: Expr, bound: ReadonlySet<string> = new Set()): Use[] {
  return [{ expr, bound }, ...partsOf(expr).flatMap(([part, names]) => inside(part, new Set([...bound, ...names])))];
}

type Part = readonly [part: Expr, names: readonly string[]];

function partsOf(expr: Expr): Part[] {
  const plain = (parts: readonly Expr[]): Part[] => parts.map((part) => [part, []]);
  switch (expr.kind) {
    case "string":
      return plain(expr.parts);
    case "object":
      return [
        ...expr.properties.flatMap((property) => plain([...property.keyParts, property.value])),
        ...expr.resources.flatMap((inner) => plain([inner.body])),
      ];
    case "array":
      return plain(expr.items);
    case "member":
    case "nested":
      return plain([expr.object]);
    case "index":
      return plain([expr.object, expr.index]);
    case "call":
      return plain(expr.args);
    case "lambda":
      return [[expr.body, expr.names]];
    case "for":
      return [
        [expr.over, []],
        [expr.body, expr.names],
      ];
    case "choice":
      return plain([expr.condition, expr.yes, expr.no]);
    case "operation":
      return plain(expr.operands);
    case "name":
    case "number":
    case "boolean":
    case "null":
      return [];
  }
}

export const declarationsOf = (one: Resource): Expr[] => (one.condition === null ? [one.body] : [one.condition, one.body]);

/** Every expression that a file's value depends on, decorators aside. */
export function usesIn(file: BicepFile): Use[] {
  const roots = [
    ...[...file.params, ...file.outputs].flatMap(({ value }) => (value === null ? [] : [value])),
    ...file.variables.map(({ value }) => value),
    ...[...file.resources, ...file.modules].flatMap(declarationsOf),
  ];
  return roots.flatMap((root) => inside(root));
}

/** The value of a property of an object, through a loop; undefined when there is none. */
export function propertyOf(expr: Expr, key: string): Expr | undefined {
  const literal = expr.kind === "for" ? expr.body : expr;
  return literal.kind === "object" ? literal.properties.find((property) => property.key === key)?.value : undefined;
}

/** The names that an expression uses, those of its own lambdas and loops aside. */
export function namesIn(expr: Expr): Set<string> {
  return new Set(inside(expr).flatMap(({ expr: one, bound }) => (one.kind === "name" && !bound.has(one.name) ? [one.name] : [])));
}
