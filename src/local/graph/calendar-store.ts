import { randomUUID } from "node:crypto";
import type { CalendarEntry, Journal, Span } from "./journal.ts";
import type { Copy, Meeting } from "./meeting.ts";

/** A meeting as it lies in one mailbox. */
export interface Held {
  readonly meeting: Meeting;
  readonly copy: Copy;
}

/** Everybody's calendars. Mailboxes are named by their lower-cased addresses. */
export function createCalendarStore(journal: Journal<CalendarEntry>) {
  const meetings = new Map<string, Meeting>();
  const busy = new Map<string, readonly Span[]>();
  // Marks of one life mean nothing in another, so a calendar without a file forgets them on a restart.
  let life: string | null = null;
  for (const entry of journal.entries) {
    if (entry.what === "meeting") meetings.set(entry.meeting.iCalUId, entry.meeting);
    if (entry.what === "busy") busy.set(entry.address, entry.spans);
    if (entry.what === "life") life = entry.life;
  }
  let changes = Math.max(0, ...[...meetings.values()].flatMap(({ copies }) => copies.map(({ changed }) => changed)));
  if (life === null) renew();

  function renew(): void {
    life = randomUUID();
    journal.append({ what: "life", life });
  }

  function held(mailbox: string): readonly Held[] {
    return [...meetings.values()].flatMap((meeting) =>
      meeting.copies.filter((copy) => copy.mailbox === mailbox).map((copy) => ({ meeting, copy })),
    );
  }

  return {
    meetings: (): readonly Meeting[] => [...meetings.values()],
    meeting: (iCalUId: string): Meeting | undefined => meetings.get(iCalUId),
    /** Every copy in a mailbox, those that its calendar doesn't show any more included. */
    held,
    find: (mailbox: string, id: string): Held | undefined =>
      held(mailbox).find(({ copy }) => copy.id === id && copy.state !== "away"),
    save(meeting: Meeting): void {
      meetings.set(meeting.iCalUId, meeting);
      journal.append({ what: "meeting", meeting });
    },
    newCopy: (mailbox: string, at: number, response: Copy["response"]): Copy => {
      const base = { id: `AAMkA${randomUUID()}=`, mailbox, version: 1, modifiedAt: at, respondedAt: null };
      return { ...base, changed: ++changes, response, state: "there" };
    },
    /** The copy after a change, which gets the next place in the order of all changes. */
    changed: (copy: Copy, at: number, change: Partial<Copy>): Copy => ({
      ...copy,
      ...change,
      version: copy.version + 1,
      changed: ++changes,
      modifiedAt: at,
    }),
    latestChange: () => changes,
    /** What marks into the order of changes must name to be understood. */
    life: () => life ?? "",
    /** Makes every mark that was given out useless. */
    renew,
    busyOf: (address: string): readonly Span[] => busy.get(address) ?? [],
    setBusy(address: string, spans: readonly Span[]): void {
      busy.set(address, spans);
      journal.append({ what: "busy", address, spans: [...spans] });
    },
  };
}

export type CalendarStore = ReturnType<typeof createCalendarStore>;
