/** Items in portions of at most `size`, in their order; none for none. What is done portion by portion lets others in between. */
export function chunksOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

/** Ends this turn of the process, so that whoever waits meanwhile is served before what follows. */
export function letOthersIn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
