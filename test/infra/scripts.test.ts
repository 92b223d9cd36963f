import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { parserFor, syntaxErrors } from "../support/bicep/syntax.ts";

const folder = join(import.meta.dirname, "../../infra/scripts");
const scripts = readdirSync(folder);
const text = (name: string) => readFileSync(join(folder, name), "utf8");

describe("the deployer's scripts", () => {
  it.each(scripts.filter((name) => name.endsWith(".sh")))("%s can be read by bash, and stops at the first thing that fails", (name) => {
    execFileSync("bash", ["-n", join(folder, name)]);
    expect(text(name)).toMatch(/^#!\/usr\/bin\/env bash\n(#.*\n)*set -euo pipefail\n/);
  });

  it.each(scripts.filter((name) => name.endsWith(".ps1")))("%s can be read as PowerShell, and stops at the first thing that fails", async (name) => {
    const parser = await parserFor("powershell");
    expect(syntaxErrors(parser.parse(text(name))!.rootNode, name)).toEqual([]);
    expect(syntaxErrors(parser.parse(text(name).replace("if (-not $known) {", "if (-not $known {"))!.rootNode, name)).not.toEqual([]);
    expect(text(name)).toContain("$ErrorActionPreference = 'Stop'");
  });

  it("use outputs that the deployment has", () => {
    const main = readFileSync(join(folder, "../main.bicep"), "utf8");
    const asked = scripts.flatMap((name) => [...text(name).matchAll(/azd env get-value (\w+)/g)].map(([, output]) => output));
    expect(asked.length).toBeGreaterThan(3);
    for (const name of asked) expect(main).toContain(`output ${name} `);
  });

  it("set what the parameters read", () => {
    const parameters = readFileSync(join(folder, "../main.parameters.json"), "utf8");
    const set = scripts.flatMap((name) => [...text(name).matchAll(/^azd env set (\w+)/gm)].map(([, variable]) => variable));
    expect(set).toEqual(["STEADY_IMAGE", "STEADY_COLLECTOR_IMAGE", "ENTRA_CLIENT_ID"]);
    for (const name of set) expect(parameters).toContain(`\${${name}}`);
  });

  it("open no mailbox in Entra, where it would be every mailbox", () => {
    const [, granted = ""] = /permissions=\(\n([\s\S]*?)\n\)/.exec(text("grant-graph-permissions.sh")) ?? [];
    const names = [...granted.matchAll(/^ {2}"([\w.]+)"$/gm)].map(([, name]) => name);
    expect(names).toEqual(["TeamsAppInstallation.ReadWriteSelfForUser.All", "User.Read.All"]);
    expect(text("confine-calendars.ps1")).toContain("-CustomResourceScope $Scope");
  });
});
