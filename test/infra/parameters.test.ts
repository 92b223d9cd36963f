import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { bicepFiles } from "../support/bicep/files.ts";
import type { BicepFile } from "../support/bicep/syntax.ts";
import { propertyOf, usesIn } from "../support/bicep/walk.ts";

const root = join(import.meta.dirname, "../..");
const text = (path: string) => readFileSync(join(root, path), "utf8");
const json = (path: string) => JSON.parse(text(path));

let files: Map<string, BicepFile>;
let main: BicepFile;
beforeAll(async () => {
  files = await bicepFiles();
  main = files.get("infra/main.bicep")!;
});

describe("the parameters", () => {
  it("are given by name, and those without a default all of them", () => {
    const given = Object.keys(json("infra/main.parameters.json").parameters);
    expect(given.filter((name) => !main.params.some((param) => param.name === name))).toEqual([]);
    expect(main.params.filter(({ name, value }) => value === null && !given.includes(name)).map(({ name }) => name)).toEqual([]);
  });

  it("take the database's password from the vault that keeps it, or make one", () => {
    const { databasePassword } = json("infra/main.parameters.json").parameters;
    const secret = files.get("infra/modules/secrets.bicep")!.resources.find(({ name }) => name === "password")!;
    const name = propertyOf(secret.body, "name");
    expect(databasePassword.value).toBe(`$(secretOrRandomPassword \${AZURE_KEY_VAULT_NAME} ${name?.kind === "string" ? name.text : "?"})`);
    expect(main.outputs.map((output) => output.name)).toContain("AZURE_KEY_VAULT_NAME");
  });

  it.each(["small", "large"])("of the size %s are all there, of the modules' types and within their bounds", (size) => {
    const sizes = json(`infra/sizes/${size}.json`);
    const problems = main.modules.flatMap((module) => {
      const params = propertyOf(module.body, "params");
      const target = files.get(join("infra", module.target))!;
      return (params?.kind === "object" ? params.properties : []).flatMap(({ key, value }) => {
        const path = sizingPath(value);
        if (path === null) return [];
        const found = path.reduce<any>((inner, part) => inner?.[part], sizes);
        const param = target.params.find(({ name }) => name === key)!;
        const type = { string: "string", number: "int" }[typeof found as "string"];
        return type === param.type && isWithin(found, param.decorators) ? [] : [`${module.name}.${key}: ${found}`];
      });
    });
    expect(problems).toEqual([]);
    const read = usesIn(main).flatMap(({ expr }) => (sizingPath(expr)?.length === 2 ? [sizingPath(expr)!.join(".")] : []));
    const there = Object.entries(sizes).flatMap(([key, value]) => (typeof value === "object" ? Object.keys(value as object).map((inner) => `${key}.${inner}`) : []));
    expect(there.filter((path) => !read.includes(path))).toEqual([]);
  });

  it("keep logs and backups for less time than lies between two surveys", () => {
    const days = 12 * 7;
    for (const size of ["small", "large"]) {
      const { logs, database } = json(`infra/sizes/${size}.json`);
      expect(logs.days).toBeLessThan(days);
      expect(database.backupDays).toBeLessThan(days);
    }
  });

  it("leave room for every replica's connections to the database", () => {
    // learn.microsoft.com, "Limits in Azure Database for PostgreSQL flexible server": connections for users.
    const connections = { Standard_B2s: 414, Standard_D4ds_v5: 1703 };
    const eachReplica = 10 + 4 + 1;
    for (const size of ["small", "large"]) {
      const { app, database } = json(`infra/sizes/${size}.json`);
      // Two revisions run side by side while one takes over.
      expect(2 * app.maxReplicas * eachReplica).toBeLessThan(connections[database.sku as keyof typeof connections]);
    }
  });
});

function sizingPath(expr: { kind: string }): string[] | null {
  const path: string[] = [];
  let inner: any = expr;
  for (; inner.kind === "member"; inner = inner.object) path.unshift(inner.property);
  return inner.kind === "name" && inner.name === "sizing" && path.length > 0 ? path : null;
}

function isWithin(value: unknown, decorators: readonly any[]): boolean {
  return decorators.every(({ name, args }) => {
    if (name === "minValue") return Number(value) >= Number(args[0].raw);
    if (name === "maxValue") return Number(value) <= Number(args[0].raw);
    if (name === "allowed") return args[0].items.some((item: any) => item.text === value);
    return true;
  });
}

describe("azure.yaml", () => {
  it("names what azd is to deploy", () => {
    const { name, infra, services } = parse(text("azure.yaml"));
    expect(name).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
    expect(services).toBeUndefined();
    expect(files.has(join(infra.path, `${infra.module}.bicep`))).toBe(true);
  });
});

describe("the collector's configuration", () => {
  it("uses what it defines, and defines what it uses", () => {
    const { service, ...parts } = parse(text("infra/collector.yaml"));
    for (const part of ["receivers", "processors", "exporters"]) {
      const used = Object.values<any>(service.pipelines).flatMap((pipeline) => pipeline[part]);
      expect([...new Set(used)].sort()).toEqual(Object.keys(parts[part]).sort());
    }
  });
});
