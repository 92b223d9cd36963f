import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import type { Parser } from "web-tree-sitter";
import { checkTypes, Excerpt } from "../support/bicep/arm-types.ts";
import { bicepFiles } from "../support/bicep/files.ts";
import { checkReads } from "../support/bicep/reads.ts";
import { lint, lintModules } from "../support/bicep/rules.ts";
import { type BicepFile, parserFor, readBicep } from "../support/bicep/syntax.ts";

const excerpt = Excerpt.parse(JSON.parse(readFileSync(join(import.meta.dirname, "arm-types.json"), "utf8")));
const objectOf = (target: string) => excerpt.resources[target]?.object;
const lookup = (name: string) => excerpt.objects[name];

let files: Map<string, BicepFile>;
let parser: Parser;
beforeAll(async () => {
  files = await bicepFiles();
  parser = await parserFor("bicep");
});

describe("the Bicep files", () => {
  it("can be read, and pass the linter's rules", () => {
    expect(files.size).toBeGreaterThan(10);
    expect([...files.values()].flatMap(lint)).toEqual([]);
  });

  it("give every module what it takes, and use what it gives", () => {
    expect(lintModules(files)).toEqual([]);
  });

  it("set what Azure's types know, in values that they allow, and nothing that can't be set", () => {
    expect([...files.values()].flatMap((file) => checkTypes(file, objectOf, lookup))).toEqual([]);
  });

  it("read what resources have", () => {
    expect([...files.values()].flatMap((file) => checkReads(file, objectOf, lookup))).toEqual([]);
  });
});

const head = "metadata description = 'Sample.'\n\n@description('Where.')\nparam location string\n\n@description('Name.')\nparam name string\n\n";
const vault = (properties: string, more = "") =>
  `${head}resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {\n  name: name\n  location: location\n  tags: {}\n  properties: {\n    tenantId: tenant().tenantId\n    sku: { family: 'A', name: 'standard' }\n${properties}\n  }\n}\n${more}`;

const problemsOf = (text: string) => {
  const file = readBicep(parser, "sample.bicep", text);
  return [...lint(file), ...checkTypes(file, objectOf, lookup), ...checkReads(file, objectOf, lookup)];
};

describe("these checks", () => {
  it("find nothing wrong with what is right", () => {
    expect(problemsOf(vault("    enableSoftDelete: true"))).toEqual([]);
  });

  it.each([
    ["a bracket that isn't closed", vault("    enableSoftDelete: ("), "can't be read"],
    ["two properties on one line", vault("    enableSoftDelete: true enablePurgeProtection: true"), "needs a comma"],
    ["a name that isn't declared", vault("    enableSoftDelete: soft"), "soft isn't declared"],
    ["a function that nobody knows", vault("    enableSoftDelete: bool('true')"), "bool() isn't a function"],
    ["a parameter that isn't used", vault("", "@description('x')\nparam unused string\n"), "unused isn't used"],
    ["a parameter without a description", vault("", "param unused string\n"), "unused has no description"],
    ["a password that isn't secure", vault("", "@description('x')\nparam password string\n"), "looks like a secret"],
    ["a secret with a default", vault("", "@description('x')\n@secure()\nparam password string = 'a'\n"), "a secret with a default"],
    ["a secret that goes out", `${vault("")}@description('x')\n@secure()\nparam password string\nvar url = 'a\${password}'\n@description('x')\noutput url string = url\n`, "gives a secret away"],
    ["a connection string that goes out", `${vault("")}@description('x')\noutput text string = vault.properties.connectionString\n`, "gives a secret away"],
    ["a region in the code", vault("").replace("location: location", "location: 'uksouth'"), "belongs into a parameter"],
    ["a name in the code", vault("").replace("name: name", "name: 'our-vault'"), "a name of its own"],
    ["an address of one cloud", vault("", "var a = 'https://a.vault.azure.net'\n"), "ask environment()"],
    ["a resource without tags", vault("").replace("  tags: {}\n", ""), "has no tags"],
    ["a property with a slip of the pen", vault("    enableSoftDelet: true"), "properties.enableSoftDelet isn't known"],
    ["a property that is read only", vault("    hsmPoolResourceId: 'a'"), "can't be set"],
    ["a value that isn't allowed", vault("    createMode: 'remake'"), "should be one of recover, default"],
    ["text where a number belongs", vault("    softDeleteRetentionInDays: '7'"), "should be a number"],
    ["text of a parameter where true or false belongs", vault("    enableSoftDelete: name"), "should be true or false"],
    ["a property that is missing", vault("").replace("    tenantId: tenant().tenantId\n", ""), "properties.tenantId is missing"],
    ["a version that nobody knows", vault("").replace("2023-07-01", "2023-07-02"), "isn't among the known types"],
    ["a property that a resource hasn't got", `${vault("")}@description('x')\noutput uri string = vault.properties.vaultURL\n`, "vault has no properties.vaultURL"],
    ["waiting twice", `${vault("")}resource other 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {\n  parent: vault\n  name: 'a'\n  properties: {\n    value: 'a'\n  }\n  dependsOn: [vault]\n}\n`, "waits for vault anyway"],
  ])("notice %s", (_, text, expected) => {
    expect(problemsOf(text).join("\n")).toContain(expected);
  });

  it.each([
    ["a parameter that a module hasn't got", "    name: 'a'\n    more: 1\n", "has no parameter more"],
    ["a parameter that isn't given", "", "isn't given name"],
    ["a parameter of another type", "    name: 1\n", "takes name as string, and is given int"],
  ])("notice %s", (_, params, expected) => {
    const main = readBicep(parser, "infra/main.bicep", `module one 'modules/one.bicep' = {\n  name: 'one'\n  params: {\n${params}  }\n}\n@description('x')\noutput a string = one.outputs.b\n`);
    const one = readBicep(parser, "infra/modules/one.bicep", "param name string\noutput a string = name\n");
    const problems = lintModules(new Map([main, one].map((file) => [file.path, file])));
    expect(problems.join("\n")).toContain(expected);
    expect(problems.join("\n")).toContain("has no output b");
  });
});
