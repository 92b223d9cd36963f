import { listInWords } from "../../kernel/words.ts";
import { comparable } from "./group-keys.ts";
import type { Grouping } from "./model.ts";

const kinds: Readonly<Record<Grouping, string>> = { area: "areas", "job-role": "roles" };

/** Words that say nothing about a place or a job by themselves. */
const smallWords = new Set(
  ["and", "area", "areas", "at", "for", "in", "of", "on", "role", "roles", "the", "to", "under", "upon", "with"],
);

/**
 * The words that all members share, where nobody outside shares them as well: "North" for North East and North West,
 * if there's no other North. What everybody shares, such as "London", is left out. Null when there are none, or a
 * single member.
 */
export function sharedWords(members: readonly string[], everybody: readonly string[]): string | null {
  const [first, ...others] = members;
  if (first === undefined || others.length === 0) return null;
  const shared = wordsOf(first)
    .filter((word) => others.every((other) => hasWord(other, word)))
    .filter((word) => !everybody.every((name) => hasWord(name, word)));
  const inside = new Set(members);
  const namesOthers = everybody.some((name) => !inside.has(name) && shared.every((word) => hasWord(name, word)));
  return shared.length === 0 || namesOthers ? null : shared.join(" ");
}

function wordsOf(name: string): string[] {
  return name.split(/[^\p{L}\p{N}'’-]+/u).filter((word) => /^\p{L}/u.test(word) && !smallWords.has(comparable(word)));
}

function hasWord(name: string, word: string): boolean {
  return wordsOf(name).some((other) => comparable(other) === comparable(word));
}

/** A name for each run of members, no two alike: "North areas", "Barnet and Camden". */
export function groupNames(runs: readonly (readonly string[])[], by: Grouping): string[] {
  const everybody = runs.flat();
  const taken = new Set<string>();
  return runs.map((members) => {
    const words = sharedWords(members, everybody);
    const listed = listInWords(members);
    const wanted = words === null ? [listed] : [`${words} ${kinds[by]}`, listed];
    const name = wanted.find((one) => !taken.has(comparable(one))) ?? numbered(listed, taken);
    taken.add(comparable(name));
    return name;
  });
}

/** One area may be called "Barnet and Camden", and two others Barnet and Camden. */
function numbered(name: string, taken: ReadonlySet<string>): string {
  let number = 2;
  while (taken.has(comparable(`${name} (${number})`))) number += 1;
  return `${name} (${number})`;
}
