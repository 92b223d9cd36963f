import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import type { ArmObject, ArmProperty, ArmType } from "./arm-types.ts";
import { knownValues, propertyTypes } from "./extract-values.ts";

// The libraries' own description of what goes over the wire, as AutoRest writes it.
interface Mapper {
  readonly serializedName?: string | undefined;
  readonly required?: boolean | undefined;
  readonly readOnly?: boolean | undefined;
  readonly type: {
    readonly name: string;
    readonly className?: string | undefined;
    readonly allowedValues?: readonly unknown[] | undefined;
    readonly element?: Mapper | undefined;
    readonly value?: Mapper | undefined;
    readonly modelProperties?: Readonly<Record<string, Mapper>> | undefined;
    readonly polymorphicDiscriminator?: { readonly serializedName: string } | undefined;
  };
}

const Mapper: z.ZodType<Mapper> = z.lazy(() =>
  z.object({
    serializedName: z.string().optional(),
    required: z.boolean().optional(),
    readOnly: z.boolean().optional(),
    type: z.object({
      name: z.string(),
      className: z.string().optional(),
      allowedValues: z.array(z.unknown()).optional(),
      element: Mapper.optional(),
      value: Mapper.optional(),
      modelProperties: z.record(z.string(), Mapper).optional(),
      polymorphicDiscriminator: z.object({ serializedName: z.string() }).optional(),
    }),
  }),
);

const simple: Readonly<Record<string, ArmType["is"]>> = { Boolean: "boolean", Number: "number", Object: "any", any: "any" };

/** The objects of a library that describes them in mappers. */
export async function mapperObjects(folder: string, prefix: string): Promise<(name: string) => ArmObject | undefined> {
  const mappers = (await import(pathToFileURL(join(folder, "mappers.js")).href)) as Record<string, unknown>;
  const values = await knownValues(folder);
  const types = propertyTypes(readFileSync(join(folder, "index.d.ts"), "utf8"));
  const cases = z.record(z.string(), Mapper).catch({}).parse(mappers["discriminators"]);

  function typeOf(mapper: Mapper, client: readonly [className: string, property: string]): ArmType {
    const { name, className, allowedValues, element, value } = mapper.type;
    if (name === "Composite") return { is: "object", name: `${prefix}.${className ?? ""}` };
    if (name === "Sequence" && element !== undefined) return { is: "array", of: typeOf(element, client) };
    if (name === "Dictionary" && value !== undefined) return { is: "map", of: typeOf(value, client) };
    const is = simple[name];
    if (is === "boolean" || is === "number" || is === "any") return { is };
    const known = allowedValues?.map(String) ?? values.get(types.get(client[0])?.get(client[1]) ?? "");
    return known === undefined ? { is: "string" } : { is: "string", values: [...known] };
  }

  /** One level of an object: the libraries flatten "properties.name", which is put back here. */
  function level(className: string, all: Readonly<Record<string, Mapper>>, path: string): Record<string, ArmProperty> {
    const found: Record<string, ArmProperty> = {};
    for (const [client, mapper] of Object.entries(all)) {
      const full = (mapper.serializedName ?? client).replaceAll("\\.", "\0");
      if (path !== "" && !full.startsWith(`${path}.`)) continue;
      const [head = "", ...rest] = full.slice(path === "" ? 0 : path.length + 1).split(".");
      const key = head.replaceAll("\0", ".");
      const required = mapper.required === true || found[key]?.required === true;
      const below = [path, head].filter((part) => part !== "").join(".");
      found[key] =
        rest.length === 0
          ? { type: typeOf(mapper, [className, client]), ...(required && { required }), ...(mapper.readOnly === true && { readOnly: true }) }
          : { type: { is: "object", name: `${prefix}.${className}#${below}` }, ...(required && { required }) };
    }
    return found;
  }

  return (name) => {
    const [className = "", path = ""] = name.slice(prefix.length + 1).split("#");
    const mapper = Mapper.safeParse(mappers[className]).data;
    const all = mapper?.type.modelProperties;
    if (mapper === undefined || all === undefined) return undefined;
    const discriminator = path === "" ? mapper.type.polymorphicDiscriminator?.serializedName : undefined;
    const forms = Object.entries(cases).filter(([key]) => key.startsWith(`${className}.`));
    return {
      properties: level(className, all, path),
      ...(discriminator !== undefined &&
        forms.length > 0 && {
          discriminator: discriminator.replaceAll("\\.", "."),
          cases: Object.fromEntries(forms.map(([key, form]) => [key.slice(className.length + 1), `${prefix}.${form.type.className ?? ""}`])),
        }),
    };
  };
}
