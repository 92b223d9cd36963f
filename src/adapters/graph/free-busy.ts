import { z } from "zod";
import type { Busy, Calendar } from "../../features/meetings/calendar.ts";
import { Temporal, type Instant } from "../../kernel/time.ts";
import { success, userPath, type CalendarCalls } from "./calendar-calls.ts";
import { localTime, UtcTime } from "./calendar-events.ts";

/** "calendar: getSchedule" for the mailboxes and minutes; Exchange looks through no more than 62 days at once. */
const mailboxesAtOnce = 20;
const daysAtOnce = 42;
const shortestSlot = 5;
const longestSlot = 1440;

const Schedules = z.object({
  value: z.array(
    z.object({
      scheduleId: z.string(),
      error: z.object({}).nullish(),
      scheduleItems: z.array(z.object({ status: z.string(), start: UtcTime, end: UtcTime })).nullish(),
    }),
  ),
});

/** What keeps somebody from coming. A tentative entry doesn't: an invitation that nobody answered is one. */
const busyStatuses = new Set(["busy", "oof"]);

/** When people are busy, asked twenty at a time. What is tentative, or time spent working elsewhere, isn't busy. */
export function freeBusy({ attempt, post }: CalendarCalls): Pick<Calendar, "freeBusy"> {
  async function ask(organiser: string, emails: readonly string[], from: Instant, to: Instant) {
    const minutes = Math.floor(to.since(from).total("minutes"));
    const { value } = await post(
      organiser,
      `${userPath(organiser)}/calendar/getSchedule`,
      {
        schedules: emails,
        startTime: localTime(from, "UTC"),
        endTime: localTime(to, "UTC"),
        // For a summary that isn't read: the longer, the shorter the answer.
        availabilityViewInterval: Math.min(longestSlot, Math.max(shortestSlot, minutes)),
      },
      Schedules,
    );
    return new Map(
      value.flatMap(({ scheduleId, error, scheduleItems }) =>
        error || !scheduleItems ? [] : [[scheduleId.toLowerCase(), scheduleItems] as const],
      ),
    );
  }

  return {
    freeBusy: (organiser, emails, from, to) =>
      attempt(async () => {
        const groups = inPieces([...new Set(emails)], mailboxesAtOnce);
        const spans = spansOf(from, to);
        const asked = groups.flatMap((group) =>
          spans.map(async (span) => ({ group, told: await ask(organiser, group, span.from, span.to) })),
        );
        const result = new Map<string, readonly Busy[] | "unknown">(emails.map((email) => [email, []]));
        for (const { group, told } of await Promise.all(asked)) {
          for (const email of group) {
            const before = result.get(email) ?? "unknown";
            const items = told.get(email.toLowerCase());
            const isKnown = before !== "unknown" && items !== undefined;
            result.set(email, isKnown ? [...before, ...items.flatMap(busyIn)] : "unknown");
          }
        }
        return success(result);
      }),
  };
}

type Item = { readonly status: string; readonly start: Instant; readonly end: Instant };

function busyIn({ status, start, end }: Item): Busy[] {
  return busyStatuses.has(status) ? [{ startsAt: start, endsAt: end }] : [];
}

function inPieces<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, n) => list.slice(n * size, (n + 1) * size));
}

function spansOf(from: Instant, to: Instant): { readonly from: Instant; readonly to: Instant }[] {
  const longest = { hours: 24 * daysAtOnce };
  const spans: { readonly from: Instant; readonly to: Instant }[] = [];
  let start = from;
  while (Temporal.Instant.compare(start.add(longest), to) < 0) {
    spans.push({ from: start, to: start.add(longest) });
    start = start.add(longest);
  }
  return [...spans, { from: start, to }];
}
