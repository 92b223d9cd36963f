import { readlinkSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

type Env = Readonly<Record<string, string | undefined>>;

/** True for what names a Key Vault, or means to: everything else is a folder. */
export const isAddress = (text: string): boolean => /^[a-z][a-z0-9+.-]+:\/\//i.test(text) || /\.vault\.[a-z.]+\/?$/i.test(text);

/** The folder of the keys to pulse answers: what PULSE_KEYS says, or ".pulse-keys" beside the data. */
export function keyFolder(given: string | undefined, dataDir: string): string {
  return given === undefined ? join(dirname(resolve(dataDir)), ".pulse-keys") : resolve(given);
}

/**
 * What is wrong with PULSE_KEYS, a sentence each. A copy of the data must never hold the keys to what is sealed in it.
 * @param dataDir null when the data isn't in a folder
 */
export function keyRefusals({ PULSE_KEYS: given }: Env, mode: "local" | "live", dataDir: string | null): string[] {
  if (given !== undefined && isAddress(given)) {
    if (mode === "local") return ["PULSE_KEYS is an address: local mode keeps its keys in a folder, so name one or leave it out."];
    if (/^https:\/\//i.test(given) && URL.canParse(given)) return [];
    return ["PULSE_KEYS isn't a Key Vault's address: write it in full, such as https://steady.vault.azure.net."];
  }
  // In live mode it is missing, which is said with everything else that is.
  if (dataDir === null || (mode === "live" && given === undefined)) return [];
  if (!isInside(realPath(keyFolder(given, dataDir)), realPath(resolve(dataDir)))) return [];
  return ["PULSE_KEYS lies inside DATA_DIR: name a folder elsewhere, so that no copy of the data holds the keys to it."];
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || !(way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way));
}

/** Where a path leads, every link followed, also while the end of it isn't there yet. */
function realPath(path: string, linksLeft = 40): string {
  try {
    return realpathSync.native(path);
  } catch {
    if (dirname(path) === path) return path;
  }
  const parent = realPath(dirname(path), linksLeft);
  const whole = join(parent, basename(path));
  const target = linksLeft > 0 ? linkAt(whole) : null;
  return target === null ? whole : realPath(resolve(parent, target), linksLeft - 1);
}

function linkAt(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}
