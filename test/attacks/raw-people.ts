import type { Evidence } from "./evidence.ts";
import { once } from "./once.ts";
import { type Found, places } from "./raw-answers.ts";

/** People's ids in raw bytes, as text or as the 16 bytes of a uuid, in the order of the bytes. */
export function peopleInBytes(bytes: Buffer, { roster }: Pick<Evidence, "roster">): readonly Found<string>[] {
  return searchFor(roster)(bytes);
}

const searchFor = once((roster: Evidence["roster"]) => once((bytes: Buffer) => search(bytes, roster)));

function search(bytes: Buffer, roster: Evidence["roster"]): readonly Found<string>[] {
  const byText = new Map(roster.map(({ id }) => [id, id]));
  const byHex = new Map(roster.map(({ id }) => [id.replaceAll("-", ""), id]));
  // Ids made at about the same time begin alike, so that few searches find all.
  const beginnings = new Set(roster.map(({ id }) => id.slice(0, 8)));
  const found = [...beginnings].flatMap((beginning) => [
    ...places(bytes, Buffer.from(beginning)).map((at) => ({ at, what: byText.get(bytes.toString("latin1", at, at + 36)) })),
    ...places(bytes, Buffer.from(beginning, "hex")).map((at) => ({ at, what: byHex.get(bytes.toString("hex", at, at + 16)) })),
  ]);
  return found.flatMap(({ at, what }) => (what === undefined ? [] : [{ at, what }])).sort((a, b) => a.at - b.at);
}
