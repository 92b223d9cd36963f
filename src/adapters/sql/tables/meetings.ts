import type { ColumnType, Generated } from "kysely";
import type { Day, Json } from "./columns.ts";

interface EventsTable {
  network: string;
  id: string;
  kind: string;
  title: string;
  planned_index: number | null;
  planned_on: Day | null;
  starts_at: Date;
  ends_at: Date;
  zone: string;
  organiser: string;
  hide_attendees: boolean;
  capacity: number | null;
  booked_at: Date;
  moved_at: Date | null;
  moves: number;
  cancelled_at: Date | null;
  calendar_state: string;
  calendar_reason: string | null;
  calendar_event_id: string | null;
  ical_uid: string | null;
  join_url: string | null;
  agenda: Json;
  notes: ColumnType<unknown, string | null, string | null>;
}

interface EventInviteesTable {
  network: string;
  event: string;
  person: string;
  email: string;
  removed_at: Date | null;
  /** Set once a lead has marked who was there. */
  attended: Generated<boolean | null>;
}

interface RsvpsTable {
  network: string;
  event: string;
  person: string;
  answer: string;
  answered_at: Date;
  yes_since: Date | null;
  given_in: string;
  raise: string | null;
  listed: boolean;
  mirror: string;
}

interface RsvpMirrorsTable {
  network: string;
  event: string;
  person: string;
  answer: string;
  written_at: Date;
}

interface RsvpErasuresTable {
  network: string;
  person: string;
  erased_at: Date;
}

interface NonWorkingTimesTable {
  network: string;
  person: string;
  times: Json;
}

interface EventExclusionsTable {
  network: string;
  event: string;
  people: string[];
}

interface MeetingPollsTable {
  network: string;
  id: string;
  planned_index: number;
  planned_on: Day;
  slots: Json;
  asked_at: Date;
  closed_at: Date | null;
}

interface MeetingPollAnswersTable {
  network: string;
  poll: string;
  person: string;
  slots: number[];
  answered_at: Date;
}

interface CalendarWatchesTable {
  network: string;
  organiser: string;
  subscription_id: string | null;
  subscription_ends_at: Date | null;
  client_state: string | null;
  mark: string | null;
  checked_at: Date | null;
}

/** Events, answers to them, their planning, and the calendar that they are kept in step with. */
export interface MeetingTables {
  events: EventsTable;
  event_invitees: EventInviteesTable;
  rsvps: RsvpsTable;
  rsvp_mirrors: RsvpMirrorsTable;
  rsvp_erasures: RsvpErasuresTable;
  non_working_times: NonWorkingTimesTable;
  event_exclusions: EventExclusionsTable;
  meeting_polls: MeetingPollsTable;
  meeting_poll_answers: MeetingPollAnswersTable;
  calendar_watches: CalendarWatchesTable;
}
