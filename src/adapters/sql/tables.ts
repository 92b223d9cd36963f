import type { ColumnType, Generated } from "kysely";

/** A calendar day as "YYYY-MM-DD". */
type Day = string;
/** Comes out parsed; goes in as text made by `jsonOf`, because the drivers disagree about arrays. */
type Json = ColumnType<unknown, string, string>;
/** A row of an append-only table: never updated. */
type Fixed<T> = ColumnType<T, T, never>;

interface NetworksTable {
  id: string;
  name: string;
  created_at: Generated<Date>;
}

interface NetworkSettingsTable {
  network: string;
  section: string;
  value: Json;
  updated_at: Date;
}

interface PeopleTable {
  network: string;
  id: string;
  name: string;
  email: string;
  role: string;
  scope_network: Generated<boolean>;
  scope_areas: Generated<string[]>;
  area: string | null;
  place: string | null;
  pcn: string | null;
  organisation: string | null;
  job_role: string | null;
  manager: string | null;
  deputy: string | null;
  external: Generated<boolean>;
  left_on: Day | null;
  away_until: Day | null;
  stopped_at: Date | null;
}

interface IdentitiesTable {
  object_id: string;
  tenant_id: string;
  network: string;
  person: string;
}

interface TeamsTable {
  network: string;
  id: string;
  name: string;
  area: string | null;
  place: string | null;
  pcn: string | null;
  organisation: string | null;
  left_on: Day | null;
}

interface TeamManagersTable {
  network: string;
  team: string;
  person: string;
}

interface TeamPostsTable {
  network: string;
  team: string;
  job_role: string;
  /** As the roster file has it. */
  wte: number;
  /** As a manager has said since; it counts before the file's. */
  reported_wte: number | null;
}

interface ConversationsTable {
  network: string;
  person: string;
  conversation_id: string | null;
  service_url: string | null;
  state: string;
  updated_at: Date;
}

interface DeliveriesTable {
  network: string;
  id: string;
  occasion: string;
  purpose: string;
  subject: string;
  recipient: string;
  channel: string;
  unasked: boolean;
  state: string;
  reason: string | null;
  unreachable: Generated<boolean>;
  attempts: Generated<number>;
  turn: Generated<number>;
  due_at: Date;
  attempt_started_at: Date | null;
  delivered_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

interface SentCardsTable {
  network: string;
  delivery: string;
  service_url: string;
  conversation_id: string;
  activity_id: string;
  sent_at: Date;
}

interface LinksTable {
  network: string;
  id: string;
  delivery: string;
  person: string;
  sent_to: string;
  issued_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
}

interface LinkRenewalsTable {
  network: string;
  person: string;
  asked_at: Date;
}

interface SigningKeysTable {
  name: string;
  /** Base64url. */
  secret: string;
  created_at: Generated<Date>;
}

interface RateLimitsTable {
  key: string;
  hits: number[];
  /** Epoch milliseconds. */
  saved_at: Generated<number>;
}

interface CheckInRoundsTable {
  network: string;
  id: string;
  opens_on: Day;
  opened_at: Date;
  closes_at: Date;
  closed_at: Date | null;
  question_set: string;
  theme: string;
  guide: Json;
}

interface RoundTeamsTable {
  network: string;
  round: string;
  team: string;
  period_from: Day;
  state: string;
}

interface CheckInsTable {
  network: string;
  round: string;
  team: string;
  person: string;
  answers: Json;
  posts: Json;
  carried: string[];
  submitted_at: Date;
}

interface CheckInDetailsTable {
  network: string;
  round: string;
  team: string;
  person: string;
  answers: Json;
  submitted_at: Date;
}

interface RequestsTable {
  network: string;
  id: string;
  round: string;
  team: string;
  asked_by: string;
  reasons: string[];
  owner: string;
  due_on: Day;
  state: string;
  created_at: Date;
  updated_at: Date;
}

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
  attended: boolean | null;
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

interface CombinedSummariesTable {
  network: string;
  round: string;
  grouped_by: string;
  value: Json;
}

interface AuditLogTable {
  network: Fixed<string>;
  id: Fixed<string>;
  at: Fixed<Date>;
  actor: Fixed<string | null>;
  action: Fixed<string>;
  subject: Fixed<string | null>;
  detail: ColumnType<unknown, string, never>;
}

/** The tables of the migrations, with their columns as both engines give them. */
export interface Database {
  networks: NetworksTable;
  network_settings: NetworkSettingsTable;
  people: PeopleTable;
  identities: IdentitiesTable;
  teams: TeamsTable;
  team_managers: TeamManagersTable;
  team_posts: TeamPostsTable;
  conversations: ConversationsTable;
  deliveries: DeliveriesTable;
  sent_cards: SentCardsTable;
  links: LinksTable;
  link_renewals: LinkRenewalsTable;
  signing_keys: SigningKeysTable;
  rate_limits: RateLimitsTable;
  check_in_rounds: CheckInRoundsTable;
  round_teams: RoundTeamsTable;
  check_ins: CheckInsTable;
  check_in_details: CheckInDetailsTable;
  requests: RequestsTable;
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
  combined_summaries: CombinedSummariesTable;
  audit_log: AuditLogTable;
}
