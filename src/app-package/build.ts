import { readFileSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import { z } from "zod";
import { programRoot } from "../adapters/program-root.ts";
import { Fault } from "../kernel/errors.ts";
import { filesOf, filledManifest } from "./manifest.ts";
import { languageCheck, manifestCheck } from "./schema.ts";
import type { PackageSettings } from "./settings.ts";

/** `appPackage/`: the manifest's template, the icons, and the texts of other languages. */
export const appPackageFolder = join(programRoot, "appPackage");

const Program = z.object({ version: z.string() });

// A zip holds local times without a zone, so this is the same everywhere; the format knows none before it.
const always = new Date("1980-01-01T00:00:00");

function fileIn(folder: string, name: string): Uint8Array {
  try {
    return readFileSync(join(folder, name));
  } catch (cause) {
    throw new Fault("command", `appPackage/${name} can't be read.`, { cause });
  }
}

const jsonIn = (folder: string, name: string): unknown => JSON.parse(new TextDecoder().decode(fileIn(folder, name)));

function refuse(file: string, problems: readonly string[]): void {
  if (problems.length === 0) return;
  const lines = problems.map((problem) => `\n- ${problem}`).join("");
  throw new Fault("command", `appPackage/${file} isn't what Teams accepts (schema 1.29):${lines}`);
}

/**
 * The app package as Teams takes it: a zip of the filled-in manifest, the icons and the language files, always the same
 * bytes for the same input. Throws a Fault "command" that lists what the schema refuses.
 */
export function buildAppPackage(settings: PackageSettings, version: string, folder = appPackageFolder): Uint8Array {
  const manifest = filledManifest(jsonIn(folder, "manifest.json"), { ...settings, VERSION: version });
  refuse("manifest.json", manifestCheck()(manifest));
  const { icons, languages } = filesOf(manifest);
  for (const name of languages) refuse(name, languageCheck()(jsonIn(folder, name)));
  const files = [...icons, ...languages].map((name) => [name, fileIn(folder, name)] as const);
  const text = new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`);
  return zipSync(Object.fromEntries([["manifest.json", text], ...files]), { level: 9, mtime: always });
}

/** The version of the program, which is the manifest's too. */
export function programVersion(): string {
  return Program.parse(JSON.parse(readFileSync(join(programRoot, "package.json"), "utf8"))).version;
}
