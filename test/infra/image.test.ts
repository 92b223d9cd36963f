import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { validate } from "dockerfile-utils";
import { imageSettings } from "../support/built-server.ts";
import { readDockerfile } from "../support/dockerfile.ts";

const root = join(import.meta.dirname, "../..");
const text = readFileSync(join(root, "Dockerfile"), "utf8");
const stages = readDockerfile(text);
const instructions = stages.flatMap((stage) => stage.instructions);
const argumentsOf = (keyword: string) => instructions.filter((one) => one.keyword === keyword).map((one) => one.text);
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

describe("the Dockerfile", () => {
  it("has nothing that a linter objects to", () => expect(validate(text)).toEqual([]));

  it("stands on the exact Node that everything here is tested on, in every stage", () => {
    expect(stages).toHaveLength(3);
    for (const { from } of stages) expect(from).toBe(`node:${manifest.devDependencies.node}-bookworm-slim`);
  });

  it("runs as nobody in particular, and Node itself is the process that gets the signals", () => {
    const last = stages.at(-1)!.instructions.map(({ keyword }) => keyword);
    expect(argumentsOf("USER")).toEqual(["node"]);
    expect(last.indexOf("USER")).toBeGreaterThan(last.lastIndexOf("COPY"));
    expect(argumentsOf("CMD")).toEqual([`[${manifest.scripts.start.split(" ").map((word: string) => `"${word}"`).join(", ")}]`]);
  });

  it("has the memory settings that everything here is measured with", () => {
    for (const [name, value] of Object.entries(imageSettings)) expect(argumentsOf("ENV").join(" ").split(" ")).toContain(`${name}=${value}`);
  });

  it("fetches nothing by address, and holds no secret", () => {
    expect(instructions.filter(({ keyword }) => keyword === "ADD" || keyword === "ARG")).toEqual([]);
    expect(text).not.toMatch(/curl|wget|apt-get/);
    expect(argumentsOf("ENV").join(" ")).not.toMatch(/SECRET|PASSWORD|KEY|TOKEN/i);
  });

  it("brings production dependencies only, and settings that switch local mode off", () => {
    expect(argumentsOf("RUN")).toContain("npm ci --omit=dev --ignore-scripts --no-audit --no-fund && rm -rf node_modules/@fluentui");
    expect(argumentsOf("ENV").join(" ")).toMatch(/NODE_ENV=production\s+STEADY_MODE=live/);
  });

  it("is made of files that are let in, and of nothing else", () => {
    const allowed = readFileSync(join(root, ".dockerignore"), "utf8").split("\n").filter((line) => line.startsWith("!")).map((line) => line.slice(1));
    const copied = instructions.filter(({ keyword, text: words }) => keyword === "COPY" && !words.startsWith("--from")).flatMap(({ text: words }) => words.split(" ").slice(0, -1));
    expect([...new Set(copied)].sort()).toEqual([...allowed].sort());
  });
});
