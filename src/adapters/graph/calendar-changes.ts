import { z } from "zod";
import type { Calendar, CalendarChanges, CalendarEvent } from "../../features/meetings/calendar.ts";
import { Fault } from "../../kernel/errors.ts";
import { success, userPath, type CalendarCalls } from "./calendar-calls.ts";
import { GraphEvent } from "./calendar-events.ts";
import { refusalCodeOf, calendarFaultOf } from "./faults.ts";

const Item = z.union([
  z.object({ id: z.string(), "@removed": z.object({}) }).transform(({ id }) => ({ kind: "removed" as const, id })),
  // Meetings are booked one by one; of the occurrences of a series the service tells little but the time.
  z
    .object({ type: z.enum(["occurrence", "exception", "seriesMaster"]) })
    .transform(() => ({ kind: "other" as const })),
  GraphEvent.transform((event) => ({ kind: "event" as const, event })),
]);
const Page = z.object({
  value: z.array(Item),
  "@odata.nextLink": z.url().optional(),
  "@odata.deltaLink": z.url().optional(),
});

/** Where the next question starts: the link that the service gave, and the span that it is about. */
const Mark = z.object({ from: z.string(), to: z.string(), link: z.string().startsWith("/") });
type Mark = z.infer<typeof Mark>;

/** Sooner or later the service says that it has told everything; a bound for when it doesn't. */
const mostPages = 500;

/** The address of a link without the server's, so that the token goes to the server that is configured and no other. */
function withoutServer(link: string): string {
  const { pathname, search } = new URL(link);
  return `${pathname.replace(/^\/[^/]+/, "")}${search}`;
}

function readMark(text: string | null): Mark | null {
  if (text === null) return null;
  try {
    return Mark.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/**
 * What changed in the organiser's calendar, by the service's own record of changes. A mark is used only for a span that
 * it covers. What changed outside the mark's span is among the removed, as the service tells it ("event: delta"): only
 * reading an event shows whether it is gone.
 */
export function calendarChanges({ attempt, get, now }: CalendarCalls): Pick<Calendar, "changes"> {
  async function follow(organiser: string, mark: Mark): Promise<CalendarChanges> {
    const changed = new Map<string, CalendarEvent>();
    const removed = new Set<string>();
    let link = mark.link;
    for (let pages = 0; pages < mostPages; pages += 1) {
      const page = await get(organiser, link, Page, "odata.maxpagesize=50");
      for (const item of page.value) {
        if (item.kind === "removed") {
          changed.delete(item.id);
          removed.add(item.id);
        } else if (item.kind === "event") {
          removed.delete(item.event.id);
          changed.set(item.event.id, item.event);
        }
      }
      const { "@odata.nextLink": next, "@odata.deltaLink": last } = page;
      if (last !== undefined) {
        const after = JSON.stringify({ ...mark, link: withoutServer(last) });
        return { changed: [...changed.values()], removed: [...removed], mark: after };
      }
      if (next === undefined) break;
      link = withoutServer(next);
    }
    throw new Fault("unexpected-answer", "Graph's record of changes has no end.");
  }

  const isTooOld = (error: unknown) =>
    calendarFaultOf(error, now())?.kind === "gone" && /^(SyncState|resync)/i.test(refusalCodeOf(error) ?? "");

  return {
    changes: (organiser, span, mark) =>
      attempt(async () => {
        // All of one length, so that they compare as text.
        const from = span.from.toString({ smallestUnit: "second" });
        const to = span.to.toString({ smallestUnit: "second" });
        const window = `startDateTime=${encodeURIComponent(from)}&endDateTime=${encodeURIComponent(to)}`;
        const anew = { from, to, link: `${userPath(organiser)}/calendarView/delta?${window}` };
        const known = readMark(mark);
        if (known === null || known.from > from || known.to < to) return success(await follow(organiser, anew));
        try {
          return success(await follow(organiser, known));
        } catch (error) {
          if (!isTooOld(error)) throw error;
          return success(await follow(organiser, anew));
        }
      }),
  };
}
