import { Temporal, timeInWords } from "../../kernel/time.ts";
import { listInWords } from "../../kernel/words.ts";
import type { NonWorking, NonWorkingTime } from "./non-working-times.ts";
import { minutesOf } from "./settings.ts";

export { NonWorking, NonWorkingTime } from "./non-working-times.ts";

/** True when no day from Monday to Friday is left on which somebody works at all. */
export function leavesNoDay(times: NonWorking): boolean {
  const tidy = tidied(times);
  const workweek = [1, 2, 3, 4, 5];
  return workweek.every((day) => tidy.some(({ weekday, from, to }) => weekday === day && from === null && to === null));
}

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
const endOfDay = 24 * 60;

/** The same times by day and hour, each once: what overlaps or touches becomes one. */
export function tidied(times: NonWorking): NonWorkingTime[] {
  return weekdays.flatMap((_, index) => {
    const spans = times
      .filter(({ weekday }) => weekday === index + 1)
      .map(({ from, to }) => ({ start: minutesOf(from ?? "00:00"), end: to === null ? endOfDay : minutesOf(to) }))
      .sort((a, b) => a.start - b.start);
    const joined: { start: number; end: number }[] = [];
    for (const span of spans) {
      const last = joined.at(-1);
      if (last === undefined || span.start > last.end) joined.push(span);
      else last.end = Math.max(last.end, span.end);
    }
    return joined.map(({ start, end }) => ({
      weekday: index + 1,
      from: start === 0 ? null : clock(start),
      to: end === endOfDay ? null : clock(end),
    }));
  });
}

/**
 * "Mondays and Thursdays", "Mondays all day and Thursday afternoons", "weekdays before 10am", or "none". What it gives
 * for tidied times reads back as the same.
 */
export function nonWorkingInWords(times: NonWorking): string {
  const tidy = tidied(times);
  const areDays = tidy.every(({ from, to }) => from === null && to === null);
  const [first] = tidy;
  const [from, to] = [first?.from ?? null, first?.to ?? null];
  const isWorkweek = tidy.length === 5 && tidy.every((time, index) => time.weekday === index + 1);
  if (isWorkweek && tidy.every((time) => time.from === from && time.to === to))
    return dayAndPart("weekday", from, to);
  const parts = tidy.map((time) => {
    const name = weekdays[time.weekday - 1] ?? "";
    return areDays ? `${name}s` : dayAndPart(name, time.from, time.to);
  });
  return parts.length === 0 ? "none" : listInWords(parts);
}

function dayAndPart(day: string, from: string | null, to: string | null): string {
  if (from === null && to === "12:00") return `${day} mornings`;
  if (from === "12:00" && to === null) return `${day} afternoons`;
  if (from === null) return to === null ? `${day}s all day` : `${day}s before ${spoken(to)}`;
  return to === null ? `${day}s after ${spoken(from)}` : `${day}s from ${spoken(from)} to ${spoken(to)}`;
}

function spoken(time: string): string {
  return timeInWords(Temporal.PlainTime.from(time));
}

function clock(minutes: number): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
