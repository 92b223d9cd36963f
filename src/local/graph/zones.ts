import { z } from "zod";
import { Temporal } from "../../kernel/time.ts";
import { refusal, type Refusal } from "./refusals.ts";

/** Graph's dateTimeTimeZone: a time without offset, and the zone in which it is meant. */
export const LocalTime = z.strictObject({ dateTime: z.string(), timeZone: z.string().default("UTC") });

/** Windows' names of zones that Britain's neighbours use, as the Unicode project's windowsZones.xml translates them. */
const windowsNames: Readonly<Record<string, string>> = {
  UTC: "UTC",
  "GMT Standard Time": "Europe/London",
  "Greenwich Standard Time": "Atlantic/Reykjavik",
  "W. Europe Standard Time": "Europe/Berlin",
  "Romance Standard Time": "Europe/Paris",
  "Central Europe Standard Time": "Europe/Budapest",
  "Central European Standard Time": "Europe/Warsaw",
  "FLE Standard Time": "Europe/Kiev",
  "GTB Standard Time": "Europe/Bucharest",
  "Eastern Standard Time": "America/New_York",
  "Pacific Standard Time": "America/Los_Angeles",
  "India Standard Time": "Asia/Kolkata",
  "Nepal Standard Time": "Asia/Kathmandu",
};

/** The IANA name of a zone that is given by either kind of name; null for none that is known. */
export function zoneOf(name: string): string | null {
  const zone = windowsNames[name] ?? name;
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: zone });
    return /^[A-Z]/.test(zone) ? zone : null;
  } catch {
    return null;
  }
}

const unsupported = (name: string) =>
  refusal(400, "TimeZoneNotSupportedException", `The following TimeZone value is not supported: '${name}'.`);

/** The moment that is meant, in milliseconds since 1970. */
export function readTime({ dateTime, timeZone }: z.infer<typeof LocalTime>): number | Refusal {
  const zone = zoneOf(timeZone);
  if (zone === null) {
    return unsupported(timeZone);
  }
  try {
    return Temporal.PlainDateTime.from(dateTime).toZonedDateTime(zone).epochMilliseconds;
  } catch {
    return refusal(400, "ErrorPropertyValidationFailure", "At least one property failed validation.");
  }
}

/** A moment as Graph writes it, with seven decimals. `timeZone` is the name as the caller gave it. */
export function writeTime(ms: number, timeZone: string): z.infer<typeof LocalTime> {
  const local = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zoneOf(timeZone) ?? "UTC");
  return { dateTime: local.toPlainDateTime().toString({ fractionalSecondDigits: 7 }), timeZone };
}

/** The zone that a Prefer header asks for answers to be in; UTC when none, as Graph documents. */
export function preferredZone(prefer: string | undefined): string | Refusal {
  const name = /outlook\.timezone="([^"]*)"/i.exec(prefer ?? "")?.[1] ?? "UTC";
  if (zoneOf(name) !== null) return name;
  return unsupported(name);
}

/** The time window that a request's query names, in milliseconds since 1970; times without an offset are UTC. */
export function windowOf(query: URLSearchParams): { readonly from: number; readonly to: number } | Refusal {
  // OData reads the names of these two in any case.
  const values = new Map([...query].map(([name, value]) => [name.toLowerCase(), value]));
  const [from, to] = ["startdatetime", "enddatetime"].map((name) => moment(values.get(name) ?? ""));
  if (from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to) || from > to) {
    const message = "This request requires a time window specified by StartDateTime and EndDateTime.";
    return refusal(400, "ErrorInvalidParameter", message);
  }
  return { from, to };
}

function moment(text: string): number {
  return Date.parse(/(Z|[+-]\d\d:\d\d)$/i.test(text) ? text : `${text}Z`);
}
