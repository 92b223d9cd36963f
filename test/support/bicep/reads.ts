import type { Lookup } from "./arm-types.ts";
import type { BicepFile, Expr } from "./syntax.ts";
import { usesIn } from "./walk.ts";

/** What a file reads of its resources and they haven't got, a line each. */
export function checkReads(file: BicepFile, objectOf: (target: string) => string | undefined, lookup: Lookup): string[] {
  const targets = new Map(file.resources.map(({ name, target }) => [name, objectOf(target)]));
  return usesIn(file).flatMap(({ expr, bound }) => {
    const path = pathOf(expr);
    const [name = "", ...rest] = path ?? [];
    const target = targets.get(name);
    if (path === null || target === undefined || bound.has(name)) return [];
    return has(rest, target, lookup) ? [] : [`${file.path}:${expr.at.line} ${name} has no ${rest.join(".")}`];
  });
}

/** ["vault", "properties", "uri"] for vault.properties.uri; null for anything else. */
function pathOf(expr: Expr): string[] | null {
  if (expr.kind === "name") return [expr.name];
  if (expr.kind !== "member") return null;
  const before = pathOf(expr.object);
  return before === null ? null : [...before, expr.property];
}

/** Every resource has these, whatever the libraries say. */
const common = ["id", "name", "type", "apiVersion"];

function has([head, ...rest]: readonly string[], object: string, lookup: Lookup): boolean {
  if (head === undefined || (common.includes(head) && rest.length === 0)) return true;
  const type = lookup(object)?.properties[head]?.type;
  if (type === undefined) return false;
  return rest.length === 0 || type.is === "any" || type.is === "map" || (type.is === "object" && has(rest, type.name, lookup));
}
