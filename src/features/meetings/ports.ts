import type { EventId, NetworkId, PersonId, PollId } from "../../kernel/ids.ts";
import type { CardTemplates } from "../../kernel/cards.ts";
import type { Store } from "../../kernel/store.ts";
import type { Clock, Instant, LocalDate } from "../../kernel/time.ts";
import type { DeliveryStores } from "../deliveries/ports.ts";
import type { SettingsStore } from "../settings/ports.ts";
import type { Poll, PollAnswer } from "./polls.ts";
import type { Answer, Invitee, NetworkEvent, Rsvp } from "./model.ts";
import type { NonWorkingTime } from "./non-working.ts";

/** An answer that was written to somebody's own calendar; it comes back from there and isn't news then. */
export interface Mirrored {
  readonly answer: Answer;
  readonly at: Instant;
}

export interface EventStore {
  /** Adds an event; false when the series has one for that planned date already. */
  add(event: NetworkEvent): Promise<boolean>;
  /** Writes an event as it is given. */
  save(event: NetworkEvent): Promise<void>;
  byId(id: EventId): Promise<NetworkEvent | null>;
  byIds(ids: readonly EventId[]): Promise<Map<EventId, NetworkEvent>>;
  /** Inside a transaction: the event, which nobody else changes before the transaction is done. */
  lock(id: EventId): Promise<NetworkEvent | null>;
  /** The event with this id in the organiser's calendar. */
  byCalendarId(calendarEventId: string): Promise<NetworkEvent | null>;
  /** Newest start first. */
  page(query: { limit: number; after: EventId | null }): Promise<NetworkEvent[]>;
  /** Those that aren't cancelled and end after a moment, the next one first. */
  upcoming(now: Instant): Promise<NetworkEvent[]>;
  /** Those that started before a moment and weren't cancelled, the latest first. */
  past(now: Instant, limit: number): Promise<NetworkEvent[]>;
  /** The planned dates of the series that have an event, cancelled ones too. */
  plannedDates(since: LocalDate): Promise<Set<string>>;

  /** Those that the calendar should have, or should have let go of, and hasn't: ending after a moment. */
  outOfStep(now: Instant): Promise<NetworkEvent[]>;

  invitees(event: EventId): Promise<Invitee[]>;
  saveInvitees(invitees: readonly Invitee[]): Promise<void>;
  /** Who was there and who wasn't, of those whom a lead has marked. */
  attendance(event: EventId): Promise<Map<PersonId, boolean>>;
  /** At which events somebody was marked, and how. */
  attendanceOf(person: PersonId): Promise<Map<EventId, boolean>>;
  /** Marks somebody who is or was invited; nothing happens to others. */
  saveAttendance(event: EventId, person: PersonId, attended: boolean): Promise<void>;

  rsvp(event: EventId, person: PersonId): Promise<Rsvp | null>;
  rsvps(event: EventId): Promise<Rsvp[]>;
  saveRsvp(rsvp: Rsvp): Promise<void>;
  /** Everything that a person answered. */
  rsvpsOf(person: PersonId): Promise<Rsvp[]>;
  /**
   * Deletes what a person answered, where they were, that dates left them out, and remembers that what their calendars said up to now isn't to be taken over again;
   * gives how many answers that were.
   */
  eraseRsvpsOf(person: PersonId, at: Instant): Promise<number>;
  /** When people had their answers erased. */
  erasures(): Promise<Map<PersonId, Instant>>;

  /** What was last written to people's own calendars for an event. */
  mirrored(event: EventId): Promise<Map<PersonId, Mirrored>>;
  saveMirrored(event: EventId, person: PersonId, mirrored: Mirrored): Promise<void>;

  /** When people don't work. */
  nonWorking(): Promise<Map<PersonId, readonly NonWorkingTime[]>>;
  saveNonWorking(person: PersonId, times: readonly NonWorkingTime[]): Promise<void>;

  /** Who the dates of the last meetings left out, newest first; what the next planning makes up for. */
  exclusions(limit: number): Promise<PersonId[][]>;
  saveExclusions(event: EventId, people: readonly PersonId[]): Promise<void>;
}

/** What is known about listening to one mailbox. */
export interface Watch {
  readonly organiser: string;
  /** Null when there is no subscription at the moment. */
  readonly subscription: { readonly id: string; readonly expiresAt: Instant; readonly clientState: string } | null;
  /** Where the next question for changes starts; null asks for everything. */
  readonly mark: string | null;
  readonly checkedAt: Instant | null;
}

export interface PollStore {
  /** Adds a poll; false when one about the same date is open. */
  add(poll: Poll): Promise<boolean>;
  byIds(ids: readonly PollId[]): Promise<Map<PollId, Poll>>;
  /** Those that are still to be decided, the next date of the rhythm first. */
  open(): Promise<Poll[]>;
  /** The one that was asked last about each of these dates of the rhythm. */
  about(dates: readonly LocalDate[]): Promise<Map<string, Poll>>;
  /** Closes the open poll about a date; gives its id, or null when there is none. */
  close(plannedOn: LocalDate, at: Instant): Promise<PollId | null>;
  saveAnswer(answer: PollAnswer): Promise<void>;
  answers(poll: PollId): Promise<PollAnswer[]>;
  /** Everything that a person answered. */
  answersOf(person: PersonId): Promise<PollAnswer[]>;
  /** Deletes what a person answered. */
  eraseOf(person: PersonId): Promise<number>;
}

export interface WatchStore {
  of(organiser: string): Promise<Watch | null>;
  save(watch: Watch): Promise<void>;
}

/** The one question about watches that looks across networks: a notification names a subscription and nothing else. */
export interface WatchDirectory {
  bySubscription(id: string): Promise<{ readonly network: NetworkId; readonly watch: Watch } | null>;
}

export interface MeetingStores extends DeliveryStores {
  readonly events: EventStore;
  readonly polls: PollStore;
  readonly watches: WatchStore;
  readonly settings: SettingsStore;
}

/** What an entry in somebody's own calendar says. */
export interface CalendarEntry {
  /** The same for the same event, wherever the entry came from. */
  readonly uid: string;
  /** Grows when the event is given another time; 0 at first. */
  readonly version: number;
  readonly writtenAt: Instant;
  readonly title: string;
  readonly description: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly organiser: { readonly name: string; readonly email: string };
  /** Begins with https://; null where there is no way in. */
  readonly joinUrl: string | null;
}

/** Writes entries as files that calendar programs take in. */
export interface CalendarFiles {
  write(entry: CalendarEntry): string;
}

/** What the use cases of meetings work with. */
export interface MeetingDeps {
  readonly store: Store<MeetingStores>;
  readonly clock: Clock;
  readonly templates: CardTemplates;
  /** The mailbox that the environment names, for networks that name none themselves. */
  readonly defaultOrganiser: string | null;
  /** True when answers given on cards are written to members' own calendars. */
  readonly memberCalendars: boolean;
  /** True when members' calendars are asked for when they are busy. */
  readonly freeBusy: boolean;
  /** What other features have for an agenda, in words and without names. */
  readonly themes: (network: NetworkId) => Promise<readonly string[]>;
}
