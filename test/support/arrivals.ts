import type { StandIns } from "../../src/local/stand-ins.ts";

/** Resolves in the very moment in which so many more cards have arrived. */
export function arrivals({ connector }: StandIns, cards: number): Promise<void> {
  return new Promise((resolve) => {
    let left = cards;
    const stop = connector.onChange(({ what }) => {
      if (what !== "message") return;
      left -= 1;
      if (left > 0) return;
      stop();
      resolve();
    });
  });
}
