import { type LocalDate, Temporal } from "../../kernel/time.ts";
import type { PulseSettings } from "./settings.ts";

type Lines = Pick<PulseSettings, "supportLines">;

/** Said wherever support lines are: nobody reads what comes in so as to help. */
export const notMonitored = "This is not monitored.";

/**
 * Where anybody can turn, a line for each: all of them, every time, whatever was answered. "Samaritans: call 116 123
 * (last checked 3 March 2026)"; the date is left out where nobody has checked the line.
 */
export function supportLines(settings: Lines): string[] {
  return settings.supportLines.map(({ name, contact, lastChecked }) => {
    const checked = lastChecked === null ? "" : ` (last checked ${dateInWords(Temporal.PlainDate.from(lastChecked))})`;
    return `${name}: ${contact}${checked}`;
  });
}

/** After how long a line is to be checked again. */
const checkedEvery = { months: 12 };

/** The names of the lines that nobody has checked, or not for more than 12 months. */
export function linesToCheck(settings: Lines, today: LocalDate): string[] {
  const isOld = (day: string) => Temporal.PlainDate.compare(Temporal.PlainDate.from(day).add(checkedEvery), today) < 0;
  return settings.supportLines
    .filter(({ lastChecked }) => lastChecked === null || isOld(lastChecked))
    .map(({ name }) => name);
}

/** "3 March 2026". */
function dateInWords(date: LocalDate): string {
  return `${date.day} ${date.toLocaleString("en-GB", { month: "long" })} ${date.year}`;
}
