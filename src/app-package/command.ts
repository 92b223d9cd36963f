import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Fault } from "../kernel/errors.ts";
import { buildAppPackage, programVersion } from "./build.ts";
import { readPackageSettings } from "./settings.ts";

/**
 * `steady package [--out FILE]`: writes the app package that an administrator of Teams uploads, filled in from the
 * environment. Gives what to tell whoever ran it: where it is, and what comes next. Throws a Fault "command" that names every missing or unusable setting.
 */
export function packageApp(environment: Readonly<Record<string, string | undefined>>, out: string | undefined): string {
  const read = readPackageSettings(environment);
  if (!read.ok) throw new Fault("command", read.problems.map((problem) => `\n- ${problem}`).join(""));
  const version = programVersion();
  const file = out ?? `dist/steady-${version}.zip`;
  write(file, buildAppPackage(read.settings, version));
  const { PUBLIC_HOST, ENTRA_CLIENT_ID, TEAMS_MANIFEST_ID } = read.settings;
  return `Wrote ${file}: version ${version}, for ${PUBLIC_HOST}.
  Upload it in the Teams admin centre (Teams apps, Manage apps). The id that the app gets there is TEAMS_APP_ID; in the
  manifest it has its own, ${TEAMS_MANIFEST_ID}.
  The tab signs people in once the Entra application ${ENTRA_CLIENT_ID} has the
  Application ID URI api://${PUBLIC_HOST}/${ENTRA_CLIENT_ID}.`;
}

function write(file: string, bytes: Uint8Array): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  } catch (cause) {
    throw new Fault("command", `${file} can't be written.`, { cause });
  }
}
