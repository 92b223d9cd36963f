const dayMs = 86_400_000;
const timeFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const secondsFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = { weekday: "long", day: "numeric", month: "long" } as const;
const dayFormat = new Intl.DateTimeFormat("en-GB", day);
const yearFormat = new Intl.DateTimeFormat("en-GB", { ...day, year: "numeric" });

const shortFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/** "09:30" in the zone of this browser. */
export const clockTime = (iso: string): string => timeFormat.format(new Date(iso));

/** "09:30:05" in the zone of this browser. */
export const exactTime = (iso: string): string => secondsFormat.format(new Date(iso));

/** "Today", "Yesterday" or "Monday 9 November", seen from the moment `now` (ISO). */
export function dayName(iso: string, now: string): string {
  const date = new Date(iso);
  const today = new Date(now);
  const days = Math.round((midnight(today) - midnight(date)) / dayMs);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return (date.getFullYear() === today.getFullYear() ? dayFormat : yearFormat).format(date);
}

/** "9 Nov" in the zone of this browser. */
export const shortDay = (iso: string): string => shortFormat.format(new Date(iso));

/** "3 people", "1 person". */
export const counted = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** Up to two capitals: of the first and the last word of a name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words.at(0) ?? "";
  const last = words.length > 1 ? (words.at(-1) ?? "") : "";
  return [first, last].map((word) => [...word].at(0)?.toLocaleUpperCase("en-GB") ?? "").join("");
}

/** With its first letter as a capital. */
export const capitalised = (text: string): string => text.charAt(0).toLocaleUpperCase("en-GB") + text.slice(1);

/** Letters with strokes and the like, which Unicode doesn't take apart. */
const plain: Readonly<Record<string, string>> = { ł: "l", ø: "o", đ: "d", ħ: "h", ı: "i", ß: "ss", æ: "ae", œ: "oe" };

/** Text with case and accents taken away, so that "jose" finds "José" and "lukasz" finds "Łukasz". */
export const folded = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLocaleLowerCase("en-GB")
    .replace(/[łøđħıßæœ]/gu, (letter) => plain[letter] ?? letter);

/** One of eight colours for a name, always the same one. */
export const hueOf = (key: string): number =>
  [...key].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 997, 7) % 8;
