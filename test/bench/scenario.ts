/** What a figure must be; in the figure's own unit. */
export interface Target {
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** One measured figure: the median of its runs, and each of them. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  /** "requests/s", "ms", "MB", "%"; "×" for a ratio. */
  readonly unit: string;
  /** Every run's value, in the order of the runs. */
  readonly runs?: readonly number[];
  readonly target?: Target;
}

export interface RunOptions {
  /** A small form that takes seconds: it shows that the scenario works, and its targets are not looked at. */
  readonly isShort: boolean;
  /** Says how far it has come, on a line of its own. */
  readonly note: (text: string) => void;
}

export interface Scenario {
  /** As it is called by on the command line. */
  readonly name: string;
  /** What is measured against what, in a sentence. */
  readonly about: string;
  /** Measures, and throws when what it measured isn't right: a card twice, a lost answer. */
  run(options: RunOptions): Promise<readonly Figure[]>;
}

/** The middle of some numbers: of an even count, the mean of the two in the middle. Throws for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  if (low === undefined || high === undefined) throw new Error("There is no median of nothing.");
  return (low + high) / 2;
}

/** The value below which this share (0 to 1) of them lie, by the nearest rank. Throws for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (found === undefined) throw new Error("There is no percentile of nothing.");
  return found;
}

/** A figure of several runs: their median. */
export function figure(name: string, unit: string, runs: readonly number[], target?: Target): Figure {
  return { name, unit, value: median(runs), ...(runs.length > 1 ? { runs } : {}), ...(target === undefined ? {} : { target }) };
}

export function isMet({ value, target }: Figure): boolean {
  const { atLeast = -Infinity, atMost = Infinity } = target ?? {};
  return value >= atLeast && value <= atMost;
}
