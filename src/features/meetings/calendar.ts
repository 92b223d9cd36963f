import type { Instant } from "../../kernel/time.ts";

/**
 * Why a call to the calendar service failed. What to do follows from the kind alone:
 * - `again`: busy, out of reach or cut; try again, not before `afterSeconds` when it is given. Every write here may be
 *   repeated: a create carries its transaction id, a change its version.
 * - `changed`: somebody has changed the event since it was read; read it again and decide anew.
 * - `gone`: there is no such event or subscription.
 * - `too-many`: more attendees than the service takes.
 * - `refused`: the same call will never work; a person has to mend something (permission, mailbox).
 */
export type CalendarFault =
  | { readonly kind: "again"; readonly afterSeconds: number | null; readonly detail: string }
  | { readonly kind: "changed" | "gone" | "too-many" | "refused"; readonly detail: string };

export type CalendarResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: CalendarFault };

export interface Attendee {
  readonly name: string;
  /** Lower-cased. */
  readonly email: string;
}

export type CalendarAnswer = "accepted" | "tentative" | "declined" | "none";

/** How an attendee stands in the organiser's copy of an event. */
export interface AttendeeStatus extends Attendee {
  readonly answer: CalendarAnswer;
  /** When they answered, by the service; null when they haven't. */
  readonly answeredAt: Instant | null;
}

/** What an event in the organiser's calendar is to be. */
export interface EventDraft {
  /** The same for every try at booking the same event, so that there is one. */
  readonly transactionId: string;
  readonly subject: string;
  /** HTML without the join link, which the service adds. */
  readonly body: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** IANA name, in which the event is shown. */
  readonly zone: string;
  readonly attendees: readonly Attendee[];
  readonly hideAttendees: boolean;
}

/** An event as the organiser's calendar has it. */
export interface CalendarEvent {
  readonly id: string;
  /** The same in every attendee's copy. */
  readonly iCalUid: string;
  /** Changes with every change; what a write names to be sure that nothing was changed in between. */
  readonly version: string;
  readonly subject: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** Null when the online meeting was lost. */
  readonly joinUrl: string | null;
  readonly isCancelled: boolean;
  readonly attendees: readonly AttendeeStatus[];
}

export interface Busy {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/** What changed in the organiser's calendar since a mark. */
export interface CalendarChanges {
  readonly changed: readonly CalendarEvent[];
  readonly removed: readonly string[];
  /** Where the next question starts. */
  readonly mark: string;
}

export interface CalendarSubscription {
  readonly id: string;
  readonly expiresAt: Instant;
}

/**
 * Calendars by way of a service such as Graph. Every call is tried once and within a time limit; the caller owns
 * retries. `organiser` and `member` are mailbox addresses.
 */
export interface Calendar {
  /** Books an event with its online meeting; for a transaction id that was used before, gives the event that it made. */
  book(organiser: string, draft: EventDraft): Promise<CalendarResult<CalendarEvent>>;
  /** The event that a transaction id made; null when it made none. */
  find(organiser: string, transactionId: string): Promise<CalendarResult<CalendarEvent | null>>;
  read(organiser: string, id: string): Promise<CalendarResult<CalendarEvent>>;
  /** Replaces the attendees and nothing else, so that only those added or removed get mail. */
  setAttendees(organiser: string, event: Pick<CalendarEvent, "id" | "version">, attendees: readonly Attendee[]): Promise<CalendarResult<CalendarEvent>>;
  /** Moves an event; everybody is told. The body and with it the online meeting are left alone. */
  move(organiser: string, event: Pick<CalendarEvent, "id" | "version">, to: { readonly startsAt: Instant; readonly endsAt: Instant; readonly zone: string }): Promise<CalendarResult<CalendarEvent>>;
  /** Cancels an event; everybody is told. Success also when it is gone or cancelled already. */
  cancel(organiser: string, id: string, comment: string): Promise<CalendarResult<null>>;
  /**
   * Answers an invitation in the member's own calendar. No mail goes to the organiser beyond what the service needs to
   * pass the answer on. `gone` when the member's copy can't be found (yet).
   * @param isNewer tells of the answer that is there already whether it is to be left alone, which counts as success
   */
  answer(
    member: string,
    iCalUid: string,
    answer: Exclude<CalendarAnswer, "none">,
    isNewer: (there: Pick<AttendeeStatus, "answer" | "answeredAt">) => boolean,
  ): Promise<CalendarResult<null>>;
  /**
   * When these people are busy between two moments; whoever the service can't tell about is "unknown", and nobody is
   * left out. Asked by way of the organiser's mailbox.
   */
  freeBusy(organiser: string, emails: readonly string[], from: Instant, to: Instant): Promise<CalendarResult<ReadonlyMap<string, readonly Busy[] | "unknown">>>;
  /** What changed among events that start in a span since `mark`; everything in it when `mark` is null or too old. */
  changes(organiser: string, span: { readonly from: Instant; readonly to: Instant }, mark: string | null): Promise<CalendarResult<CalendarChanges>>;
  /** Asks to be told of changes at `notifyUrl`, with the secret `clientState` in each notification. */
  subscribe(organiser: string, wish: { readonly notifyUrl: string; readonly clientState: string; readonly expiresAt: Instant }): Promise<CalendarResult<CalendarSubscription>>;
  renew(subscription: string, expiresAt: Instant): Promise<CalendarResult<CalendarSubscription>>;
}
