import { join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { z } from "zod";

const Values = z.record(z.string(), z.string());

/** The values of each of a library's open enumerations ("KnownThing"), by the name of the type ("Thing"). */
export async function knownValues(folder: string, file = "index.js"): Promise<Map<string, string[]>> {
  const exported = (await import(pathToFileURL(join(folder, file)).href)) as Record<string, unknown>;
  return new Map(
    Object.entries(exported).flatMap(([name, value]) => {
      const values = Values.safeParse(value).data;
      return name.startsWith("Known") && values !== undefined ? [[name.slice(5), Object.values(values)]] : [];
    }),
  );
}

/** For each interface of a file of types, each property's type as it is written. */
export function propertyTypes(text: string): Map<string, Map<string, string>> {
  const found = new Map<string, Map<string, string>>();
  ts.createSourceFile("types.d.ts", text, ts.ScriptTarget.Latest).forEachChild((node) => {
    if (!ts.isInterfaceDeclaration(node)) return;
    const properties = new Map<string, string>();
    for (const member of node.members) {
      if (!ts.isPropertySignature(member) || member.type === undefined || !(ts.isIdentifier(member.name) || ts.isStringLiteral(member.name))) continue;
      const inner = ts.isArrayTypeNode(member.type) ? member.type.elementType : member.type;
      if (ts.isTypeReferenceNode(inner) && ts.isIdentifier(inner.typeName)) properties.set(member.name.text, inner.typeName.text);
    }
    found.set(node.name.text, properties);
  });
  return found;
}
