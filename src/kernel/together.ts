import { Fault } from "./errors.ts";

interface Waiting<T, R> {
  readonly item: T;
  resolve(result: R): void;
  reject(error: unknown): void;
}

/**
 * Does for many at once what each asks for alone. Whoever asks while others are being served waits until they are, and is
 * served with all those who came meanwhile; nobody waits for more to come. When a group fails, each of it is tried
 * alone, so that one bad item fails nobody but itself.
 * @param lineOf what they have in common: only those of one line are served together, and lines don't wait for each other
 * @param serve gives one result for each item, in their order; run again for items of a group that failed
 * @param most the largest group
 */
export function together<T, R>(
  lineOf: (item: T) => string,
  serve: (items: readonly [T, ...T[]]) => Promise<readonly R[]>,
  most = 100,
): (item: T) => Promise<R> {
  const lines = new Map<string, Waiting<T, R>[]>();

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

  async function serveLine(name: string, line: Waiting<T, R>[]): Promise<void> {
    while (line.length > 0) {
      // Those whose turn comes in the same moment, such as all who were served together before, form one group: as long
      // as more of them come with each turn of the event loop, they are waited for.
      for (let before = 0; before < line.length && line.length < most; ) {
        before = line.length;
        await new Promise((resolve) => setImmediate(resolve));
      }
      await serveGroup(line.splice(0, most));
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
