import { leavesNoDay, type NonWorking, type NonWorkingTime, tidied } from "./non-working.ts";
import { type DayPart, type Token, tokensOf } from "./non-working-tokens.ts";

export type ReadNonWorking =
  | { readonly ok: true; readonly times: NonWorking }
  | { readonly ok: false; readonly message: string };

interface WrittenDay {
  readonly weekday: number;
  readonly isPlural: boolean;
}
type Item =
  | { readonly kind: "days"; readonly days: readonly WrittenDay[] }
  | { readonly kind: "part"; readonly part: DayPart }
  | { readonly kind: "and" | "on" };

const hint =
  "Write the days and times when you don't work, such as “Mondays and Thursday afternoons” " +
  "or “Fridays before 10am”, or “none”.";
const none = /^(none|no|nothing|never|no (days|times))$/;
const longest = 200;
const wholeDay: DayPart = { from: null, to: null };
const workweek = [1, 2, 3, 4, 5];
const everyDay: readonly WrittenDay[] = workweek.map((weekday) => ({ weekday, isPlural: true }));

/**
 * Reads when somebody doesn't work, as they would write it: "Mondays", "Mon, Tue and Thurs mornings", "before 10 on
 * Fridays", "Mondays and Thursdays after 3pm", "Monday to Wednesday", "afternoons", "none". A part of the day also
 * holds for the days just before it that are written the same way, so "Monday and Thursday afternoons" are two
 * afternoons, "Mondays and Thursday afternoons" a day and an afternoon: say back what was understood
 * (`nonWorkingInWords`). A part without a day holds from Monday to Friday. Not ok with words to show.
 */
export function parseNonWorking(text: string): ReadNonWorking {
  const plain = text.trim().toLowerCase().replace(/[.!]+$/, "");
  if (plain.length > longest) return { ok: false, message: `That's too long for me. ${hint}` };
  if (plain === "") return { ok: false, message: hint };
  if (none.test(plain)) return { ok: true, times: [] };
  const tokens = tokensOf(plain);
  const items = tokens === null ? null : itemsOf(tokens);
  const times = items === null ? [] : timesOf(items);
  if (times.length === 0) return { ok: false, message: `I can't read that. ${hint}` };
  const tidy = tidied(times);
  if (leavesNoDay(tidy)) return { ok: false, message: `That leaves no day from Monday to Friday. ${hint}` };
  return { ok: true, times: tidy };
}

/** Joins tokens to days and parts of the day; null when they make no sense side by side. */
function itemsOf(tokens: readonly Token[]): Item[] | null {
  const items: Item[] = [];
  for (let at = 0; at < tokens.length; ) {
    const [first, second, third, fourth] = tokens.slice(at, at + 4);
    if (first === undefined) break;
    const isRange = second?.kind === "time" && isUntil(third) && fourth?.kind === "time";
    // "from Monday to Wednesday", "from 10 to 12": what follows says it all.
    if (first.kind === "edge" && first.edge === "from" && (second?.kind === "day" || isRange)) {
      at += 1;
    } else if (first.kind === "day" && second?.kind === "to" && third?.kind === "day") {
      if (third.weekday <= first.weekday) return null;
      const length = third.weekday - first.weekday + 1;
      const days = Array.from({ length }, (_, nth) => ({ ...third, weekday: first.weekday + nth }));
      items.push({ kind: "days", days });
      at += 3;
    } else if (first.kind === "time" && isUntil(second) && third?.kind === "time") {
      if (first.time >= third.time) return null;
      items.push({ kind: "part", part: { from: first.time, to: third.time } });
      at += 3;
    } else if (first.kind === "edge" && second?.kind === "time") {
      if (first.edge === "to" && second.time === "00:00") return null;
      items.push({ kind: "part", part: { from: null, to: null, [first.edge]: second.time } });
      at += 2;
    } else {
      const item = itemOf(first);
      if (item === null) return null;
      items.push(item);
      at += 1;
    }
  }
  return items;
}

function isUntil(token: Token | undefined): boolean {
  return token?.kind === "to" || (token?.kind === "edge" && token.edge === "to");
}

function itemOf(token: Token): Item | null {
  switch (token.kind) {
    case "day":
      return { kind: "days", days: [token] };
    case "days":
      return { kind: "days", days: token.weekdays.map((weekday) => ({ weekday, isPlural: true })) };
    case "part":
      return { kind: "part", part: token };
    case "and":
    case "on":
      return { kind: token.kind };
    // A time or a word of comparison alone says nothing.
    case "edge":
    case "time":
    case "to":
      return null;
  }
}

/**
 * "mornings on Mondays and Fridays", "Mondays and Fridays before 10 and after 3", "Mondays", "mornings", where d stands
 * for days, p for a part, a for and, o for on. A part before "on" belongs to what follows; a day with a part of its own
 * doesn't take one from an "on" before it.
 */
const clause = /p(?:a*p)*o+d(?:[ao]*d(?!p))*|d(?:[ao]*d)*a*p(?:a*p)*(?!o)|d(?:[ao]*d)*|p(?:a*p)*/g;
const letters = { days: "d", part: "p", and: "a", on: "o" } as const;

/** Gives every part its days and every day its part, as described at `parseNonWorking`. */
function timesOf(items: readonly Item[]): NonWorkingTime[] {
  const times: NonWorkingTime[] = [];
  let before: readonly WrittenDay[] = [];
  for (const match of items.map(({ kind }) => letters[kind]).join("").matchAll(clause)) {
    const within = items.slice(match.index, match.index + match[0].length);
    const days = within.flatMap((item) => (item.kind === "days" ? item.days : []));
    const parts = within.flatMap((item) => (item.kind === "part" ? [item.part] : []));
    const apart = match[0].startsWith("p") || parts.length === 0 ? 0 : writtenOtherwise(days);
    times.push(...timesOn(days.slice(0, apart), [wholeDay]));
    before = days.length > 0 ? days.slice(apart) : before;
    times.push(...timesOn(before.length > 0 ? before : everyDay, parts.length > 0 ? parts : [wholeDay]));
  }
  return times;
}

/** How many days stand before those that are written like the last one, singular or plural. */
function writtenOtherwise(days: readonly WrittenDay[]): number {
  return days.findLastIndex((day) => day.isPlural !== days.at(-1)?.isPlural) + 1;
}

function timesOn(days: readonly WrittenDay[], parts: readonly DayPart[]): NonWorkingTime[] {
  return days.flatMap(({ weekday }) => parts.map(({ from, to }) => ({ weekday, from, to })));
}
