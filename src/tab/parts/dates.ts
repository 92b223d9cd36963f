/** Dates and times in the product's words, in the network's zone (the zone is England's unless one is given). */
const home = "Europe/London";

/** A date ("2026-12-09") or a moment as "Wednesday 9 December", with the year when it isn't this one. */
export function day(text: string, { zone = home, today = new Date() }: { zone?: string; today?: Date } = {}): string {
  const isDate = text.length === 10;
  const moment = new Date(isDate ? `${text}T12:00:00Z` : text);
  const timeZone = isDate ? "UTC" : zone;
  const year = (date: Date) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, year: "numeric" }).format(date);
  const ofAnotherYear = year(moment) !== year(today);
  const format = new Intl.DateTimeFormat("en-GB", { timeZone, weekday: "long", day: "numeric", month: "long" });
  return `${format.format(moment).replace(",", "")}${ofAnotherYear ? ` ${year(moment)}` : ""}`;
}

/** A date as "9 Dec", or "9 Dec 25" for another year than this one: for the axes of charts and narrow columns. */
export function shortDay(text: string, { zone = home, today = new Date() }: { zone?: string; today?: Date } = {}): string {
  const moment = new Date(text.length === 10 ? `${text}T12:00:00Z` : text);
  const parts = { timeZone: text.length === 10 ? "UTC" : zone, day: "numeric", month: "short" } as const;
  const isThisYear = moment.getUTCFullYear() === today.getUTCFullYear();
  return new Intl.DateTimeFormat("en-GB", isThisYear ? parts : { ...parts, year: "2-digit" }).format(moment);
}

/** A moment's time of day as "10am" or "11.30am". */
export function timeOfDay(text: string, zone = home): string {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "numeric", minute: "2-digit", hour12: true });
  const parts = Object.fromEntries(format.formatToParts(new Date(text)).map(({ type, value }) => [type, value]));
  const minutes = parts["minute"] === "00" ? "" : `.${parts["minute"] ?? ""}`;
  // Noon and midnight come as 0 in some browsers' en-GB.
  const hour = parts["hour"] === "0" ? "12" : (parts["hour"] ?? "");
  return `${hour}${minutes}${(parts["dayPeriod"] ?? "").toLowerCase().replaceAll(/[\s.]/g, "")}`;
}

/** "Wednesday 9 December, 10am to 11.30am". */
export function span(from: string, to: string, zone = home): string {
  return `${day(from, { zone })}, ${timeOfDay(from, zone)} to ${timeOfDay(to, zone)}`;
}

/** "Wednesday 9 December, 10am". */
export function moment(text: string, zone = home): string {
  return `${day(text, { zone })}, ${timeOfDay(text, zone)}`;
}

/** "Wednesday 9 December, 10am to 11.30am"; the times of another zone than England's name it. */
export function timesOf({ startsAt, endsAt }: { readonly startsAt: string; readonly endsAt: string }, zone: string): string {
  return `${span(startsAt, endsAt, zone)}${zone === "Europe/London" ? "" : ` (${zone} time)`}`;
}
