import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import type { ArmObject, ArmProperty, ArmType } from "./arm-types.ts";
import { knownValues } from "./extract-values.ts";

interface Member {
  readonly type: ts.TypeNode;
  readonly required: boolean;
}

/** The objects of a library that writes them by functions: what goes over the wire is what a function gives. */
export async function serializerObjects(folder: string, prefix: string): Promise<(name: string) => ArmObject | undefined> {
  const code = ts.createSourceFile("models.js", readFileSync(join(folder, "models.js"), "utf8"), ts.ScriptTarget.Latest);
  const types = ts.createSourceFile("models.d.ts", readFileSync(join(folder, "models.d.ts"), "utf8"), ts.ScriptTarget.Latest);
  const values = await knownValues(folder, "models.js");
  const written = new Map<string, ts.ObjectLiteralExpression>();
  code.forEachChild((node) => {
    const last = ts.isFunctionDeclaration(node) ? node.body?.statements.at(-1) : undefined;
    if (!ts.isFunctionDeclaration(node) || node.name === undefined || last === undefined || !ts.isReturnStatement(last)) return;
    if (last.expression !== undefined && ts.isObjectLiteralExpression(last.expression)) written.set(node.name.text, last.expression);
  });
  const members = new Map<string, Map<string, Member>>();
  types.forEachChild((node) => {
    if (!ts.isInterfaceDeclaration(node)) return;
    const own = node.members.flatMap((member) =>
      ts.isPropertySignature(member) && member.type !== undefined && ts.isIdentifier(member.name)
        ? [[member.name.text, { type: member.type, required: member.questionToken === undefined }] as const]
        : [],
    );
    members.set(node.name.text, new Map(own));
  });

  function typeOf(node: ts.TypeNode): ArmType {
    if (ts.isArrayTypeNode(node)) return { is: "array", of: typeOf(node.elementType) };
    if (node.kind === ts.SyntaxKind.NumberKeyword) return { is: "number" };
    if (node.kind === ts.SyntaxKind.BooleanKeyword) return { is: "boolean" };
    if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) {
      const { text } = node.typeName;
      if (text === "Record") return { is: "map", of: node.typeArguments?.[1] === undefined ? { is: "any" } : typeOf(node.typeArguments[1]) };
      if (members.has(text)) return { is: "object", name: `${prefix}.${text}` };
      const known = values.get(text);
      return text === "AlertSeverity" ? { is: "number" } : known === undefined ? { is: "string" } : { is: "string", values: known };
    }
    return node.kind === ts.SyntaxKind.StringKeyword ? { is: "string" } : { is: "any" };
  }

  /** The function that a property is written by, when it is given the whole object: its properties lie one level deeper. */
  function flattened(value: ts.Expression): string | undefined {
    const call = ts.isConditionalExpression(value) ? value.whenFalse : value;
    const [argument] = ts.isCallExpression(call) ? call.arguments : [];
    if (!ts.isCallExpression(call) || argument === undefined || !ts.isIdentifier(argument) || !ts.isIdentifier(call.expression)) return undefined;
    return call.expression.text;
  }

  return (name) => {
    const [className = "", by] = name.slice(prefix.length + 1).split("#");
    const text = written.get(by ?? `${className.charAt(0).toLowerCase()}${className.slice(1)}Serializer`);
    const own = members.get(className);
    if (text === undefined || own === undefined) return undefined;
    const properties: Record<string, ArmProperty> = {};
    for (const property of text.properties) {
      if (!ts.isPropertyAssignment(property) || !(ts.isIdentifier(property.name) || ts.isStringLiteral(property.name))) continue;
      const key = property.name.text;
      const inner = flattened(property.initializer);
      const client = /item\["(\w+)"\]/.exec(property.initializer.getText(code))?.[1] ?? key;
      const member = own.get(client);
      if (inner !== undefined) properties[key] = { type: { is: "object", name: `${prefix}.${className}#${inner}` }, required: true };
      else properties[key] = { type: member === undefined ? { is: "any" } : typeOf(member.type), ...(member?.required === true && { required: true }) };
    }
    return { properties };
  };
}
