import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { outcomeOf } from "../support/audit.ts";
import { licenceProblems, mayBeUsed } from "../support/licences.ts";

const lock = readFileSync(join(import.meta.dirname, "../../package-lock.json"), "utf8");
const withPackage = (entry: object) => JSON.stringify({ packages: { ...JSON.parse(lock).packages, "node_modules/made-up": { version: "1.0.0", ...entry } } });

describe("the licences of production dependencies", () => {
  it("are all allowed", () => expect(licenceProblems(lock)).toEqual([]));

  it.each([
    [{ license: "GPL-3.0-only" }, "made-up@1.0.0 is under GPL-3.0-only, which isn't among the allowed licences."],
    [{ license: "(MIT AND GPL-3.0-only)" }, "made-up@1.0.0 is under (MIT AND GPL-3.0-only), which isn't among the allowed licences."],
    [{ license: "SEE LICENSE IN FILE" }, "made-up@1.0.0 is under SEE LICENSE IN FILE, which isn't among the allowed licences."],
    [{}, "made-up@1.0.0 names no licence."],
  ])("would notice %j", (entry, problem) => expect(licenceProblems(withPackage(entry))).toEqual([problem]));

  it("may be a choice with one way that is allowed", () => {
    expect(mayBeUsed("(MIT OR GPL-3.0-or-later)")).toBe(true);
    expect(mayBeUsed("GPL-3.0-or-later OR LGPL-2.1-only")).toBe(false);
  });

  it("don't concern what only developers use", () => expect(licenceProblems(withPackage({ license: "GPL-3.0-only", dev: true }))).toEqual([]));

  it("are looked at anew when a package that was looked at by hand has a new version", () => {
    const newer = lock.replace(/("node_modules\/jspath": \{\n\s+"version": ")0\.4\.0/, "$10.5.0");
    expect(licenceProblems(newer)).toEqual([
      "jspath@0.5.0 names no licence.",
      "jspath@0.4.0 isn't a production dependency any more: take its exception out.",
    ]);
  });
});

describe("the audit", () => {
  const report = (vulnerabilities: object) => JSON.stringify({ metadata: { vulnerabilities } });

  it("says that it wasn't tried where the registry refuses", () => {
    expect(outcomeOf('{"statusCode":405,"message":"405 Method Not Allowed"}')).toEqual({ exitCode: 0, text: expect.stringContaining("Not tried") });
  });

  it.each([
    ["nothing known", report({ high: 0, critical: 0, total: 0 }), 0, "No weakness"],
    ["something of little weight", report({ low: 2, high: 0, critical: 0, total: 2 }), 0, "2 known weaknesses"],
    ["something of weight", report({ high: 1, critical: 1, total: 3 }), 1, "2 of them high or critical"],
    ["no answer", "", 1, "The audit failed"],
    ["another refusal", '{"statusCode":500}', 1, "The audit failed"],
  ])("tells %s", (_, json, exitCode, text) => expect(outcomeOf(json)).toEqual({ exitCode, text: expect.stringContaining(text) }));
});
