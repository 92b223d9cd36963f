import { stat } from "node:fs/promises";
import type { PulseKeys } from "../../features/pulse/ports.ts";
import { Fault } from "../../kernel/errors.ts";
import { asId, newId, type WaveId } from "../../kernel/ids.ts";
import { failed, fine, type Verdict, warning } from "../model.ts";

/** Where the keys to pulse answers are kept. */
export interface KeyPlace {
  /** Null for a Key Vault. */
  readonly folder: string | null;
  /** Makes the folder when it isn't there. Throws a Fault "configuration" when others may look into it. */
  open(): PulseKeys;
}

const vaultAdvice =
  "Let the server's identity get, set, delete and purge secrets of the vault, let its network reach it, and leave purge protection off.";
const folderAdvice = "Give the server's account alone the folder to read and write (chmod 700).";

/**
 * Whether keys can be kept, read and purged where PULSE_KEYS says: does all three with a key that is nobody's, under an
 * id that is no survey's; and whether the keys of open surveys are there.
 * @param surveys the ids of those that are open; none when the store can't be looked at
 */
export async function checkKeys(place: KeyPlace, surveys: readonly string[]): Promise<Verdict> {
  const { folder } = place;
  if (folder !== null && !(await isFolder(folder))) return noFolder(folder, surveys.length > 0);
  const name = folder === null ? "the Key Vault" : `the folder ${folder}`;
  const advice = folder === null ? vaultAdvice : folderAdvice;
  try {
    const keys = place.open();
    if (!(await canKeepAndPurge(keys))) return failed(`What is kept in ${name} can't be read, or not be purged.`, advice);
    for (const survey of surveys) {
      if ((await keys.read(asId<WaveId>(survey))) === null) return keyMissing(name);
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return failed(error.message, advice);
  }
  return fine(`Keys can be kept, read and purged in ${name}${surveys.length > 0 ? ", and the open survey's is there" : ""}.`);
}

async function canKeepAndPurge(keys: PulseKeys): Promise<boolean> {
  const id = newId<WaveId>();
  const written = "not a key";
  let read: string | null = null;
  await keys.keep(id, written);
  try {
    read = await keys.read(id);
  } finally {
    await keys.purge(id);
  }
  return read === written && (await keys.read(id)) === null;
}

const keyMissing = (name: string) =>
  failed(
    `The key of the survey that is open isn't in ${name}: its answers can't be counted without it.`,
    "Point PULSE_KEYS to where the keys were when the survey opened, or restore them from there.",
  );

function noFolder(folder: string, isSurveyOpen: boolean): Verdict {
  if (isSurveyOpen) return keyMissing(`the folder ${folder}, which isn't there`);
  return warning(
    `The folder ${folder} isn't there.`,
    "The server makes it when it starts; if keys should be there, correct PULSE_KEYS or mount it.",
  );
}

const isFolder = (path: string) =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
