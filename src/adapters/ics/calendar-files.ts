import ical, { ICalCalendarMethod, ICalEventStatus } from "ical-generator";
import type { CalendarEntry, CalendarFiles } from "../../features/meetings/ports.ts";
import type { Instant } from "../../kernel/time.ts";

/**
 * Writes iCalendar files (RFC 5545, published as RFC 5546 has it: without attendees, so that no program offers to answer
 * by mail). Times are in UTC, which needs no description of a zone and no knowledge of when its clocks change.
 */
export function icsFiles(): CalendarFiles {
  return {
    write(entry) {
      const calendar = ical({
        prodId: { company: "Steady", product: "Meetings", language: "EN" },
        method: ICalCalendarMethod.PUBLISH,
        events: [eventOf(entry)],
      });
      // The last line ends like all others (RFC 5545, section 3.1), which the library leaves out.
      return `${calendar.toString()}\r\n`;
    },
  };
}

function eventOf({ uid, version, writtenAt, title, startsAt, endsAt, organiser, ...entry }: CalendarEntry) {
  const { joinUrl, description } = entry;
  return {
    id: uid,
    sequence: version,
    stamp: dateOf(writtenAt),
    start: dateOf(startsAt),
    end: dateOf(endsAt),
    summary: title,
    status: ICalEventStatus.CONFIRMED,
    organizer: organiser,
    description: joinUrl === null ? description : `${description}\n\nJoin on Teams: ${joinUrl}`,
    // Programs differ in which of these they make a link of.
    ...(joinUrl === null ? { location: "Microsoft Teams" } : { location: joinUrl, url: joinUrl }),
  };
}

const dateOf = (at: Instant): Date => new Date(at.epochMilliseconds);
