import { type RawBuilder, sql } from "kysely";
import { type Instant, type LocalDate, Temporal } from "../../kernel/time.ts";

/** The moment that a timestamptz column holds; the store keeps milliseconds of what the product writes. */
export function instantOf(date: Date): Instant {
  return Temporal.Instant.fromEpochMilliseconds(date.getTime());
}

/** What to write into a timestamptz column. */
export function dateOf(instant: Instant): Date {
  return new Date(instant.epochMilliseconds);
}

/** The days that were read last. A store holds few different ones, and reading one took a tenth of the time of reading an answer. */
const days = new Map<string, LocalDate>();
const mostDays = 5_000;

/** The calendar day that a date column holds ("YYYY-MM-DD"); write one with its own `toString()`. */
export function localDateOf(day: string): LocalDate {
  const known = days.get(day);
  if (known !== undefined) return known;
  const read = Temporal.PlainDate.from(day);
  if (days.size >= mostDays) days.clear();
  days.set(day, read);
  return read;
}

/** What to write into a jsonb column. Given an array itself, one driver writes an SQL array and the other JSON. */
export function jsonOf(value: object): string {
  return JSON.stringify(value);
}

/** Any of these ids, as one parameter: a list of parameters has a limit, and is planned anew for each length. */
export function anyOf<T extends string>(ids: readonly T[]): RawBuilder<T> {
  return sql<T>`any(${[...ids]}::uuid[])`;
}
