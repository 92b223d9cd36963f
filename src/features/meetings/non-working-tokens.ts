/** A part of a day; `from` and `to` as in `NonWorkingTime`. */
export interface DayPart {
  readonly from: string | null;
  readonly to: string | null;
}

/** What a word or figure about working times means. */
export type Token =
  | { readonly kind: "day"; readonly weekday: number; readonly isPlural: boolean }
  | { readonly kind: "days"; readonly weekdays: readonly number[] }
  | { readonly kind: "and" | "to" | "on" }
  | ({ readonly kind: "part" } & DayPart)
  | { readonly kind: "edge"; readonly edge: "from" | "to" }
  | { readonly kind: "time"; readonly time: string };

const days = "monday tuesday wednesday thursday friday saturday sunday".split(" ");
const piece = /(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?(?![\da-z])|[a-z']+|[,;&+/-]|\S/g;
/** How a whole sentence begins. Elsewhere "not" and "work" turn the meaning round, and so aren't understood. */
const opening =
  /^((i|i'm|im|i am)\s+)?(don't|dont|do not|can't|cannot|not|never|no|off)\s+((work|working|do|make|available)\s+)?/;
/** Words that change nothing between days and times. */
const filler = new Set("every each the my in of off at is are day days time times o'clock".split(" "));

const parts: ReadonlyMap<string, DayPart> = new Map([
  ["morning", { from: null, to: "12:00" }],
  ["am", { from: null, to: "12:00" }],
  ["afternoon", { from: "12:00", to: null }],
  ["pm", { from: "12:00", to: null }],
  ["evening", { from: "17:00", to: null }],
  ["allday", { from: null, to: null }],
]);
const words: ReadonlyMap<string, Token> = new Map<string, Token>([
  ["weekday", { kind: "days", weekdays: [1, 2, 3, 4, 5] }],
  ["weekend", { kind: "days", weekdays: [6, 7] }],
  ["and", { kind: "and" }],
  ["or", { kind: "and" }],
  ["also", { kind: "and" }],
  ["to", { kind: "to" }],
  ["on", { kind: "on" }],
  ["before", { kind: "edge", edge: "to" }],
  ["until", { kind: "edge", edge: "to" }],
  ["till", { kind: "edge", edge: "to" }],
  ["after", { kind: "edge", edge: "from" }],
  ["from", { kind: "edge", edge: "from" }],
  ["noon", { kind: "time", time: "12:00" }],
  ["midday", { kind: "time", time: "12:00" }],
]);

/** Takes the text apart; null when a word in it means nothing here. */
export function tokensOf(text: string): Token[] | null {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/[‘’]/g, "'")
    .replace(/[–—]/g, "-")
    .replace(/\b([ap])\.m\.?(?![a-z])/g, "$1m")
    .replace(/\b(all|the whole|whole|full) day\b/g, "allday")
    .replace(/\b(every|each) (week|working) ?day\b|\b(every day|daily)\b/g, "weekday")
    .replace(/[.!?]+\s*$/, "")
    .replace(opening, "");
  const tokens: Token[] = [];
  for (const [found, hour, minute, half] of plain.matchAll(piece)) {
    if (filler.has(found)) continue;
    const token = hour === undefined ? wordToken(found) : timeToken(hour, minute, half);
    if (token === null) return null;
    tokens.push(token);
  }
  return tokens;
}

function wordToken(word: string): Token | null {
  if (word === "-") return { kind: "to" };
  if (/^[,;&+/]$/.test(word)) return { kind: "and" };
  const single = word.replace(/'?s$/, "");
  const part = parts.get(word) ?? parts.get(single);
  if (part !== undefined) return { kind: "part", ...part };
  return words.get(word) ?? words.get(single) ?? dayToken(word, single);
}

/** A day's name, or three or more of its first letters; "tues", "weds" and "thurs" are short forms, not plurals. */
function dayToken(word: string, single: string): Token | null {
  if (single.length < 3) return null;
  if (word === "weds") return { kind: "day", weekday: 3, isPlural: false };
  const whole = days.findIndex((day) => day.startsWith(word));
  if (whole !== -1) return { kind: "day", weekday: whole + 1, isPlural: false };
  const index = days.findIndex((day) => day.startsWith(single));
  return index === -1 ? null : { kind: "day", weekday: index + 1, isPlural: true };
}

/** Meetings are in office hours: 1 to 6 without "am" or "pm" are in the afternoon, unless written with a nought. */
function timeToken(hour: string, minute: string | undefined, half: string | undefined): Token | null {
  const given = Number(hour);
  if (half !== undefined && (given < 1 || given > 12)) return null;
  const isAfternoon = half === "pm" || (half === undefined && /^[1-6]$/.test(hour));
  const hours = half === undefined ? given + (isAfternoon ? 12 : 0) : (given % 12) + (isAfternoon ? 12 : 0);
  if (hours > 23 || Number(minute ?? 0) > 59) return null;
  return { kind: "time", time: `${String(hours).padStart(2, "0")}:${minute ?? "00"}` };
}
