import type { BookingResult } from "./booking.ts";
import { mostAttendees } from "./model.ts";

/** Why a meeting wasn't booked, and what to change. */
export function bookingFaultInWords(result: BookingResult & { ok: false }): string {
  switch (result.why) {
    case "no-organiser":
      return "No organiser is set: give the mailbox that owns the meetings (organiser) in the settings, or MEETING_ORGANISER.";
    case "past":
      return "That time has passed: choose a later one.";
    case "taken":
      return "That date of the series has a meeting already: change or cancel it.";
    case "nobody":
      return "The roster has nobody whom a meeting could be for.";
    case "too-many":
      return `A calendar takes ${mostAttendees} people at most, and this meeting would have ${result.count}. Nothing was sent.`;
  }
}
