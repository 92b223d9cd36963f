// The licences of everything that is shipped: npm run licences
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const root = join(import.meta.dirname, "../..");

/** Licences that let us ship the product as we like, with a notice at most. */
const allowed = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  // Creative Commons, of data: the names of holidays.
  "CC-BY-3.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  // What Python is under; permissive.
  "PSF-2.0",
  "Unlicense",
  "Zlib",
]);

/** Packages that don't name their licence as they should, with where it stands. Exactly these versions were looked at. */
const exceptions: Readonly<Record<string, string>> = {
  "escape-regexp-component@1.0.2": "MIT by its Readme.md",
  "jspath@0.4.0": "MIT by its LICENSE file",
};

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string().optional(), license: z.string().optional(), dev: z.boolean().optional(), devOptional: z.boolean().optional(), name: z.string().optional() }),
  ),
});

/**
 * True when an expression of SPDX leaves at least one way of using the package that is allowed: "(MIT OR GPL-3.0)" does,
 * "(MIT AND GPL-3.0)" doesn't. Words that aren't licences count as not allowed.
 */
export function mayBeUsed(expression: string): boolean {
  const text = expression.trim();
  const bare = text.startsWith("(") && text.endsWith(")") ? text.slice(1, -1) : text;
  const ways = bare.split(/ OR /i).map((way) => way.split(/ AND /i).map((one) => one.trim()));
  return ways.some((way) => way.every((one) => allowed.has(one)));
}

/** What is wrong with the licences of production dependencies, a line each, out of a lock file's text. */
export function licenceProblems(lock: string, licenceOf: (path: string) => string | undefined = installedLicence): string[] {
  const entries = Object.entries(Lock.parse(JSON.parse(lock)).packages).filter(([path, one]) => path !== "" && one.dev !== true && one.devOptional !== true);
  const used = new Set<string>();
  const problems = entries.flatMap(([path, one]) => {
    const name = `${one.name ?? path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length)}@${one.version ?? "?"}`;
    if (exceptions[name] !== undefined) {
      used.add(name);
      return [];
    }
    const licence = one.license ?? licenceOf(path);
    if (licence === undefined) return [`${name} names no licence.`];
    return mayBeUsed(licence) ? [] : [`${name} is under ${licence}, which isn't among the allowed licences.`];
  });
  const stale = Object.keys(exceptions).filter((name) => !used.has(name));
  return [...problems, ...stale.map((name) => `${name} isn't a production dependency any more: take its exception out.`)];
}

const Manifest = z.object({ license: z.string().optional(), licenses: z.array(z.object({ type: z.string() })).optional() });

function installedLicence(path: string): string | undefined {
  const file = join(root, path, "package.json");
  if (!existsSync(file)) return undefined;
  const { license, licenses } = Manifest.parse(JSON.parse(readFileSync(file, "utf8")));
  return license ?? licenses?.map(({ type }) => type).join(" OR ");
}

if (import.meta.main) {
  const problems = licenceProblems(readFileSync(join(root, "package-lock.json"), "utf8"));
  console.log(problems.length === 0 ? "The licences of all production dependencies are allowed." : problems.join("\n"));
  process.exitCode = problems.length === 0 ? 0 : 1;
}
