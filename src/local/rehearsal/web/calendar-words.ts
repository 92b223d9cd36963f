import type { Attendee, CalendarEvent } from "./api.ts";

/** The zone of the network, in which Outlook would show its meetings to everybody. */
const timeZone = "Europe/London";
const dayMs = 86_400_000;
const day = { timeZone, weekday: "long", day: "numeric", month: "long" } as const;
const dayFormat = new Intl.DateTimeFormat("en-GB", day);
const yearFormat = new Intl.DateTimeFormat("en-GB", { ...day, year: "numeric" });
const timeFormat = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
const dateFormat = new Intl.DateTimeFormat("en-GB", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });

/** "2026-11-09" in London. */
export function londonDate(iso: string): string {
  return dateFormat.format(new Date(iso)).split("/").reverse().join("-");
}

const near: Readonly<Record<number, string>> = { [-1]: "Yesterday, ", 0: "Today, ", 1: "Tomorrow, " };

/** "Monday 9 November" or "Tomorrow, Tuesday 10 November" in London, seen from the moment `now` (ISO). */
export function londonDay(iso: string, now: string): string {
  const [date, today] = [londonDate(iso), londonDate(now)];
  const days = Math.round((Date.parse(date) - Date.parse(today)) / dayMs);
  const format = date.slice(0, 4) === today.slice(0, 4) ? dayFormat : yearFormat;
  // With a year en-GB writes a comma after the weekday, without one it doesn't.
  return `${near[days] ?? ""}${format.format(new Date(iso)).replace(",", "")}`;
}

/** "09:30" in London. */
export const londonTime = (iso: string): string => timeFormat.format(new Date(iso));

export const answerWords: Readonly<Record<CalendarEvent["answer"], string>> = {
  accepted: "Accepted",
  tentative: "Tentative",
  declined: "Declined",
  none: "No answer yet",
};

const answers = ["accepted", "tentative", "declined", "none"] as const;

/** "12 accepted, 3 tentative, 1 declined, 54 without an answer"; what nobody gave is left out. */
export function countedAnswers(attendees: readonly Attendee[]): string {
  return answers
    .map((answer) => ({ answer, n: attendees.filter((attendee) => attendee.answer === answer).length }))
    .filter(({ n }) => n > 0)
    .map(({ answer, n }) => `${n} ${answer === "none" ? "without an answer" : answer}`)
    .join(", ");
}
