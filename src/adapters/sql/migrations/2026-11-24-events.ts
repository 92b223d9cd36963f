import { type Kysely, sql } from "kysely";

/** Events (meetings are the first kind), who is invited, what they answered, and the calendars that are listened to. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table events (
    network uuid not null references networks,
    id uuid not null,
    kind text not null check (kind in ('meeting')),
    title text not null,
    planned_index integer,
    planned_on date,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    zone text not null,
    organiser text not null,
    hide_attendees boolean not null,
    capacity integer check (capacity > 0),
    booked_at timestamptz not null,
    moved_at timestamptz,
    moves integer not null default 0,
    cancelled_at timestamptz,
    calendar_state text not null check (calendar_state in ('pending', 'in-step', 'failed')),
    calendar_reason text,
    calendar_event_id text,
    ical_uid text,
    join_url text,
    agenda jsonb not null,
    notes jsonb,
    primary key (network, id),
    check (ends_at > starts_at)
  )`,
  // A planned date has one meeting; once that is cancelled, another can take its place.
  `create unique index events_by_planned_date on events (network, kind, planned_on) where cancelled_at is null`,
  `create index events_by_start on events (network, starts_at)`,
  `create index events_by_calendar_id on events (network, calendar_event_id)`,
  `create table event_invitees (
    network uuid not null,
    event uuid not null,
    person uuid not null,
    email text not null,
    removed_at timestamptz,
    primary key (network, event, person, email),
    foreign key (network, event) references events (network, id),
    foreign key (network, person) references people (network, id)
  )`,
  `create table rsvps (
    network uuid not null,
    event uuid not null,
    person uuid not null,
    answer text not null check (answer in ('yes', 'maybe', 'no')),
    answered_at timestamptz not null,
    yes_since timestamptz,
    given_in text not null check (given_in in ('card', 'calendar')),
    raise text,
    listed boolean not null,
    attended boolean,
    mirror text not null check (mirror in ('pending', 'done', 'none')),
    primary key (network, event, person),
    foreign key (network, event) references events (network, id),
    foreign key (network, person) references people (network, id)
  )`,
  `create index rsvps_by_person on rsvps (network, person)`,
  `create table rsvp_mirrors (
    network uuid not null,
    event uuid not null,
    person uuid not null,
    answer text not null check (answer in ('yes', 'maybe', 'no')),
    written_at timestamptz not null,
    primary key (network, event, person),
    foreign key (network, event) references events (network, id),
    foreign key (network, person) references people (network, id)
  )`,
  `create table rsvp_erasures (
    network uuid not null,
    person uuid not null,
    erased_at timestamptz not null,
    primary key (network, person),
    foreign key (network, person) references people (network, id)
  )`,
  `create table non_working_times (
    network uuid not null,
    person uuid not null,
    times jsonb not null,
    primary key (network, person),
    foreign key (network, person) references people (network, id)
  )`,
  `create table event_exclusions (
    network uuid not null,
    event uuid not null,
    people uuid[] not null,
    primary key (network, event),
    foreign key (network, event) references events (network, id)
  )`,
  `create table meeting_polls (
    network uuid not null references networks,
    id uuid not null,
    planned_index integer not null,
    planned_on date not null,
    slots jsonb not null,
    asked_at timestamptz not null,
    closed_at timestamptz,
    primary key (network, id)
  )`,
  `create unique index one_open_poll_for_a_date on meeting_polls (network, planned_on) where closed_at is null`,
  `create table meeting_poll_answers (
    network uuid not null,
    poll uuid not null,
    person uuid not null,
    slots integer[] not null,
    answered_at timestamptz not null,
    primary key (network, poll, person),
    foreign key (network, poll) references meeting_polls (network, id),
    foreign key (network, person) references people (network, id)
  )`,
  `create table calendar_watches (
    network uuid not null references networks,
    organiser text not null,
    subscription_id text,
    subscription_ends_at timestamptz,
    client_state text,
    mark text,
    checked_at timestamptz,
    primary key (network, organiser)
  )`,
  `create index calendar_watches_by_subscription on calendar_watches (subscription_id)`,
];
