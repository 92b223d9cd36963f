import { setTimeout as pause } from "node:timers/promises";
import { Fault } from "./errors.ts";

interface Waiting<T, R> {
  readonly item: T;
  resolve(result: R): void;
  reject(error: unknown): void;
}

/** Time for waiting, in milliseconds: this machine's own unless a test moves it. */
export interface Waits {
  now(): number;
  pause(milliseconds: number): Promise<unknown>;
}

const machineWaits: Waits = { now: () => performance.now(), pause: (milliseconds) => pause(milliseconds) };

export interface GroupOptions {
  /** The largest group; 100 when left out. */
  readonly most?: number;
  /**
   * True where a group costs much more than one more in it. Then a group waits for as many as were there when the last one
   * ended, if that was just now: until they have come again, or nobody has for 5 ms, or 50 ms are over. Left out, nobody
   * waits for more to come, and those who keep coming settle into two groups that take turns, each half the size.
   */
  readonly regathers?: boolean;
  readonly waits?: Waits;
}

const regatherWithin = 50;
const regatherGap = 5;

/**
 * Does for many at once what each asks for alone. Whoever asks while others are being served waits until they are, and is
 * served with all those who came meanwhile. When a group fails, each of it is tried alone, so that one bad item fails
 * nobody but itself.
 * @param lineOf what they have in common: only those of one line are served together, and lines don't wait for each other
 * @param serve gives one result for each item, in their order; run again for items of a group that failed
 */
export function together<T, R>(
  lineOf: (item: T) => string,
  serve: (items: readonly [T, ...T[]]) => Promise<readonly R[]>,
  { most = 100, regathers = false, waits = machineWaits }: GroupOptions = {},
): (item: T) => Promise<R> {
  const lines = new Map<string, Waiting<T, R>[]>();
  /** Called when somebody joins a line that waits for more. */
  const joined = new Map<string, () => void>();
  /** How many were there when the last group of a line ended, and when that was. */
  const lastEnds = new Map<string, { readonly present: number; readonly at: number }>();

  async function serveGroup(group: readonly Waiting<T, R>[]): Promise<void> {
    const [first, ...others] = group.map(({ item }) => item);
    if (first === undefined) return;
    try {
      const results = await serve([first, ...others]);
      if (results.length !== group.length) throw new Fault("unexpected-answer", `There are ${results.length} results for ${group.length}.`);
      results.forEach((result, index) => group[index]?.resolve(result));
    } catch (error) {
      if (others.length > 0) await Promise.all(group.map((one) => serveGroup([one])));
      else group[0]?.reject(error);
    }
  }

  /** Waits as long as more come with each turn of the event loop, as those do whose requests were read at once. */
  async function gather(line: readonly unknown[]): Promise<void> {
    for (let before = 0; before < line.length && line.length < most; ) {
      before = line.length;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Resolved once there are as many, or time has passed. */
  async function more(name: string, line: readonly unknown[], expected: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers();
    joined.set(name, () => (line.length >= expected ? resolve(null) : undefined));
    await Promise.race([promise, waits.pause(regatherGap)]);
    joined.delete(name);
  }

  async function regather(name: string, line: readonly unknown[]): Promise<void> {
    const last = lastEnds.get(name);
    if (last === undefined) return;
    const expected = Math.min(last.present, most);
    for (let before = 0; before < line.length && line.length < expected && waits.now() < last.at + regatherWithin; ) {
      before = line.length;
      await more(name, line, expected);
      await gather(line);
    }
  }

  async function serveLine(name: string, line: Waiting<T, R>[]): Promise<void> {
    while (line.length > 0) {
      await gather(line);
      if (regathers) await regather(name, line);
      const group = line.splice(0, most);
      await serveGroup(group);
      if (regathers) lastEnds.set(name, { present: group.length + line.length, at: waits.now() });
    }
    lines.delete(name);
  }

  return (item) =>
    new Promise((resolve, reject) => {
      const name = lineOf(item);
      const waiting = { item, resolve, reject };
      const line = lines.get(name);
      if (line !== undefined) {
        line.push(waiting);
        joined.get(name)?.();
        return;
      }
      const begun = [waiting];
      lines.set(name, begun);
      void serveLine(name, begun);
    });
}

/**
 * What comes of all of these. Unlike Promise.all it waits for every one of them also when one fails: what is done within a
 * transaction must have ended when the transaction does.
 */
export async function allOf<T extends readonly unknown[] | []>(work: T): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
