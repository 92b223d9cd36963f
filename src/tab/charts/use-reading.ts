import type { KeyboardEvent, PointerEvent } from "react";

export interface ReadingInput {
  /** Days that have values, oldest first. */
  readonly days: readonly string[];
  /** The one that is read. */
  readonly day: string;
  readonly choose: (day: string) => void;
  /** Where a day stands, in percent from the left. */
  readonly x: (day: string) => number;
}

/** What a drawing needs to be a slider over its days, by pointer and by keyboard. */
export interface Reading {
  readonly now: number;
  readonly last: number;
  readonly day: string;
  readonly onPoint: (event: PointerEvent<HTMLElement>) => void;
  readonly onKey: (event: KeyboardEvent<HTMLElement>) => void;
}

/** Reads a drawing day by day. */
export function useReading({ days, day, choose, x }: ReadingInput): Reading {
  const now = Math.max(0, days.indexOf(day));
  const last = Math.max(0, days.length - 1);
  const goTo = (index: number) => {
    const next = days[Math.min(last, Math.max(0, index))];
    if (next !== undefined) choose(next);
  };
  return {
    now,
    last,
    day,
    onPoint({ currentTarget, clientX }) {
      const { left, width } = currentTarget.getBoundingClientRect();
      if (width <= 0) return;
      const at = (100 * (clientX - left)) / width;
      goTo(nearest(days.map(x), at));
    },
    onKey(event) {
      const to = { ArrowLeft: now - 1, ArrowDown: now - 1, ArrowRight: now + 1, ArrowUp: now + 1, Home: 0, End: last }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      goTo(to);
    },
  };
}

/** Which of some places is nearest to a place. */
export function nearest(places: readonly number[], at: number): number {
  return places.reduce((best, place, index) => (Math.abs(place - at) < Math.abs((places[best] ?? 0) - at) ? index : best), 0);
}
