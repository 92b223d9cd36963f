import { dayInWords, type LocalDate, Temporal } from "../../kernel/time.ts";
import type { RecentlyOut } from "./fairness.ts";

/** How many people are in which state at the time of a slot; each person is counted once. */
export interface Counts {
  /** Known to have nothing in their calendar then. */
  readonly free: number;
  readonly busy: number;
  /** Said that they don't work then. */
  readonly nonWorking: number;
  readonly away: number;
  /** Nobody knows, which isn't the same as free. */
  readonly unknown: number;
}

/** "3 November". */
export function shortDay(date: LocalDate): string {
  return dayInWords(date).split(" ").slice(1).join(" ");
}

/** "21 December to 1 January", "26 to 30 October" or "3 November"; the ends are ISO dates. */
export function rangeInWords({ from, to }: { readonly from: string; readonly to: string }): string {
  if (from === to) return shortDay(Temporal.PlainDate.from(to));
  const [first, last] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)];
  const start = from.slice(0, 7) === to.slice(0, 7) ? String(first.day) : shortDay(first);
  return `${start} to ${shortDay(last)}`;
}

/** "as planned", "2 days later than planned", "a week earlier than planned"; `days` from the planned one. */
export function distanceInWords(days: number): string {
  if (days === 0) return "as planned";
  const far = Math.abs(days);
  const span = far === 7 ? "a week" : far === 1 ? "1 day" : `${far} days`;
  return `${span} ${days > 0 ? "later" : "earlier"} than planned`;
}

/**
 * What the counts say, the empty ones left out: "31 of 70 busy", "12 don't work then". Where nothing is known of anybody,
 * as without calendars, there is nothing to say.
 */
export function countsInWords(counts: Counts): string[] {
  const { free, busy, nonWorking, away, unknown } = counts;
  const everyone = free + busy + nonWorking + away + unknown;
  return [
    ...(free > 0 && free === everyone ? [`all ${everyone} free`] : []),
    ...(busy > 0 ? [`${busy} of ${everyone} busy`] : []),
    ...(nonWorking > 0 ? [`${nonWorking} ${nonWorking === 1 ? "doesn't" : "don't"} work then`] : []),
    ...(away > 0 ? [`${away} away`] : []),
    ...(unknown > 0 && unknown < everyone ? [`${unknown} of ${everyone} not known`] : []),
  ];
}

/**
 * What a slot means for those whom recent meetings left out: "suits 6 whom the last meeting didn't suit". Who is left
 * out by their working times or calendar may come all the same, so this never says that they didn't; and nobody of
 * whom nothing is known is said to be able to come.
 */
export function fairnessInWords(groups: {
  readonly again: readonly RecentlyOut[];
  readonly able: readonly RecentlyOut[];
  readonly unknown: readonly RecentlyOut[];
}): string[] {
  const line = (effect: string, group: readonly RecentlyOut[], ending = "") =>
    group.length === 0 ? [] : [`${effect} ${group.length} whom ${meetingsOf(group)} didn't suit${ending}`];
  return [
    ...line("doesn't suit", groups.again, " either"),
    ...line("suits", groups.able),
    ...line("may suit", groups.unknown),
  ];
}

function meetingsOf(group: readonly RecentlyOut[]): string {
  if (group.every(({ missedLast }) => missedLast)) return "the last meeting";
  return `one of the last ${Math.max(...group.map(({ oldest }) => oldest))} meetings`;
}
