/** The nearest multiple of 5: the only form in which numbers of people are published. */
export function round5(people: number): number {
  return 5 * Math.round(people / 5);
}

/**
 * The response rate as anybody may see it, in percent to the nearest 5. It is made of rounded numbers, so that watching
 * it while a wave is open tells at most that about five more have sent.
 * @returns null when so few were asked that their number rounds to none
 */
export function responseRate(sent: number, asked: number): number | null {
  const all = round5(asked);
  return all === 0 ? null : Math.min(100, round5((100 * round5(sent)) / all));
}

/** How many of `whole` are `part`, in whole percent; `whole` is above 0. */
export function percentOf(part: number, whole: number): number {
  return Math.round((100 * part) / whole);
}

/** The mean of some numbers, at least one, which is the same to the last bit in whatever order they come. */
export function mean(values: readonly number[]): number {
  const sum = values.toSorted((a, b) => a - b).reduce((total, value) => total + value, 0);
  return sum / values.length;
}
