import { z } from "zod";
import type { CalendarStore } from "./calendar-store.ts";
import { showAs } from "./event-json.ts";
import type { AddressBook } from "./mailboxes.ts";
import { refusal, type Refusal } from "./refusals.ts";
import { LocalTime, readTime, writeTime } from "./zones.ts";

/** "calendar: getSchedule": mailboxes and minutes; and the longest time that Exchange looks through, in days. */
const mostMailboxes = 20;
const shortestSlot = 5;
const longestSlot = 1440;
const mostDays = 62;

const Form = z.strictObject({
  schedules: z.array(z.string()).min(1),
  startTime: LocalTime,
  endTime: LocalTime,
  availabilityViewInterval: z.int().default(30),
});

/** The digits of an availabilityView. */
const digits = { free: "0", tentative: "1", busy: "2" } as const;

interface Item {
  readonly start: number;
  readonly end: number;
  readonly status: "tentative" | "busy";
}

/** Answers when people are busy: from their calendars, and from the times that were set for them. */
export function getSchedule(body: string, zone: string, store: CalendarStore, book: AddressBook): object | Refusal {
  const form = Form.safeParse(jsonOf(body));
  if (!form.success) return refusal(400, "ErrorInvalidRequest", "The request is invalid.");
  const { schedules, startTime, endTime, availabilityViewInterval: minutes } = form.data;
  const from = readTime(startTime);
  const to = readTime(endTime);
  if (typeof from === "object") return from;
  if (typeof to === "object") return to;
  if (schedules.length > mostMailboxes) {
    return refusal(400, "ErrorInvalidRequest", `No more than ${mostMailboxes} schedules can be asked for at once.`);
  }
  if (minutes < shortestSlot || minutes > longestSlot) {
    return refusal(400, "ErrorInvalidParameter", "The interval isn't valid.");
  }
  if (to <= from || to - from > mostDays * 86_400_000 || to - from < minutes * 60_000) {
    const message = "The requested time duration is not within the allowed limits.";
    return refusal(400, "ErrorInvalidTimeInterval", message);
  }
  const value = schedules.map((scheduleId) => {
    const mailbox = book.mailboxOf(scheduleId);
    if ("status" in mailbox) {
      const message = "Unable to resolve e-mail address to an Active Directory object.";
      return { scheduleId, error: { message, responseCode: "ErrorMailRecipientNotFound" } };
    }
    const items = itemsOf(store, mailbox.address.toLowerCase()).filter(({ start, end }) => start < to && end > from);
    return {
      scheduleId,
      availabilityView: viewOf(items, from, to, minutes * 60_000),
      scheduleItems: items.map(({ start, end, status }) => ({
        status,
        start: writeTime(start, zone),
        end: writeTime(end, zone),
      })),
    };
  });
  return { value };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function itemsOf(store: CalendarStore, mailbox: string): Item[] {
  const events = store.held(mailbox).flatMap(({ meeting, copy }): Item[] => {
    const status = showAs(copy);
    return status === "free" ? [] : [{ start: meeting.startsAt, end: meeting.endsAt, status }];
  });
  const set = store.busyOf(mailbox).map((span): Item => ({ ...span, status: "busy" }));
  return [...events, ...set].toSorted((one, other) => one.start - other.start);
}

function viewOf(items: readonly Item[], from: number, to: number, slot: number): string {
  let view = "";
  for (let at = from; at < to; at += slot) {
    const met = items.filter(({ start, end }) => start < at + slot && end > at);
    view += met.some(({ status }) => status === "busy") ? digits.busy : met.length > 0 ? digits.tentative : digits.free;
  }
  return view;
}
