/** Draws that look like chance and come out the same every time for the same subject. */
export interface Luck {
  /** True in this share of cases. */
  chance(share: number): boolean;
  /** A number from `low` up to `high`. */
  between(low: number, high: number): number;
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  /** About `mean`, mostly within one `spread` of it and never more than three away. */
  around(mean: number, spread: number): number;
  /** One of them; the first where there is one alone. */
  pick<T>(items: readonly [T, ...T[]]): T;
}

/**
 * The luck of one subject, such as a team in a round. What one subject draws doesn't depend on what others drew, so
 * that a change of one story leaves the others as they were.
 */
export function luckOf(...subject: readonly (string | number)[]): Luck {
  let state = seedOf(subject.join("\n"));
  // Mulberry32, by Tommy Ettinger: small, fast and even enough for made-up figures.
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number) => low + (high - low) * next();
  return {
    chance: (share) => next() < share,
    between,
    whole: (low, high) => Math.floor(between(low, high + 1)),
    // The sum of three even draws has a hump in the middle, and a standard deviation of half its reach over three.
    around: (mean, spread) => mean + spread * (next() + next() + next() - 1.5) * 2,
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
  };
}

/** FNV-1a, 32 bits. */
function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash;
}
