import { type Kysely, sql } from "kysely";

/**
 * The roster, deliveries and check-ins. Every table carries its network and has it first in its key, so that a
 * query scoped to one network reads only that network's part of an index. The two exceptions hold nothing about
 * people: `networks` itself, and `rate_limits`, which belongs to the app and its tenant.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table networks (
    id uuid primary key,
    name text not null unique,
    created_at timestamptz not null default now()
  )`,
  `create table network_settings (
    network uuid not null references networks,
    section text not null,
    value jsonb not null,
    updated_at timestamptz not null,
    primary key (network, section)
  )`,
  `create table people (
    network uuid not null references networks,
    id uuid not null,
    name text not null,
    email text not null,
    role text not null check (role in ('manager', 'member', 'lead', 'viewer', 'admin')),
    scope_network boolean not null default false,
    scope_areas text[] not null default '{}',
    area text,
    place text,
    pcn text,
    organisation text,
    job_role text,
    manager uuid,
    deputy uuid,
    external boolean not null default false,
    left_on date,
    away_until date,
    stopped_at timestamptz,
    primary key (network, id),
    unique (network, email)
  )`,
  `create index people_by_email on people (email)`,
  `create table identities (
    object_id uuid not null,
    tenant_id uuid not null,
    network uuid not null,
    person uuid not null,
    primary key (object_id, tenant_id),
    foreign key (network, person) references people (network, id)
  )`,
  `create index identities_by_person on identities (network, person)`,
  `create table teams (
    network uuid not null references networks,
    id uuid not null,
    name text not null,
    area text,
    place text,
    pcn text,
    organisation text,
    left_on date,
    primary key (network, id)
  )`,
  `create table team_managers (
    network uuid not null,
    team uuid not null,
    person uuid not null,
    primary key (network, team, person),
    foreign key (network, team) references teams (network, id),
    foreign key (network, person) references people (network, id)
  )`,
  `create index team_managers_by_person on team_managers (network, person)`,
  `create table team_posts (
    network uuid not null,
    team uuid not null,
    job_role text not null,
    wte double precision not null check (wte >= 0),
    reported_wte double precision check (reported_wte >= 0),
    primary key (network, team, job_role),
    foreign key (network, team) references teams (network, id)
  )`,
  `create table conversations (
    network uuid not null,
    person uuid not null,
    conversation_id text,
    service_url text,
    state text not null check (state in ('open', 'blocked', 'not-installed', 'disabled', 'unknown')),
    updated_at timestamptz not null,
    primary key (network, person),
    foreign key (network, person) references people (network, id)
  )`,
  `create table deliveries (
    network uuid not null references networks,
    id uuid not null,
    occasion uuid not null,
    purpose text not null,
    subject uuid not null,
    recipient uuid not null,
    channel text not null check (channel in ('teams', 'link')),
    unasked boolean not null,
    state text not null check (state in ('pending', 'delivered', 'failed', 'skipped')),
    reason text,
    unreachable boolean not null default false,
    attempts integer not null default 0,
    turn integer not null default 0,
    due_at timestamptz not null,
    attempt_started_at timestamptz,
    delivered_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (network, id),
    unique (network, occasion, purpose, subject, recipient),
    foreign key (network, recipient) references people (network, id)
  )`,
  `create index deliveries_by_recipient on deliveries (network, recipient, delivered_at)`,
  `create index deliveries_by_subject on deliveries (network, occasion, subject)`,
  `create index deliveries_pending on deliveries (network, due_at) where state = 'pending'`,
  `create index deliveries_missed on deliveries (network, recipient) where unreachable`,
  `create table sent_cards (
    network uuid not null,
    delivery uuid not null,
    service_url text not null,
    conversation_id text not null,
    activity_id text not null,
    sent_at timestamptz not null,
    primary key (network, delivery, activity_id),
    foreign key (network, delivery) references deliveries (network, id)
  )`,
  `create table rate_limits (
    key text primary key,
    hits double precision[] not null,
    saved_at double precision not null default 0
  )`,
  `create table check_in_rounds (
    network uuid not null references networks,
    id uuid not null,
    opens_on date not null,
    opened_at timestamptz not null,
    closes_at timestamptz not null,
    closed_at timestamptz,
    question_set text not null,
    theme text not null,
    guide jsonb not null,
    primary key (network, id)
  )`,
  `create unique index one_open_round on check_in_rounds (network) where closed_at is null`,
  `create table round_teams (
    network uuid not null,
    round uuid not null,
    team uuid not null,
    period_from date not null,
    state text not null check (state in ('waiting', 'answered', 'skipped')),
    primary key (network, round, team),
    foreign key (network, round) references check_in_rounds (network, id),
    foreign key (network, team) references teams (network, id)
  )`,
  `create index round_teams_by_team on round_teams (network, team)`,
  `create table check_ins (
    network uuid not null,
    round uuid not null,
    team uuid not null,
    person uuid not null,
    answers jsonb not null,
    posts jsonb not null,
    carried text[] not null,
    submitted_at timestamptz not null,
    primary key (network, round, team),
    foreign key (network, round, team) references round_teams (network, round, team)
  )`,
  `create index check_ins_by_team on check_ins (network, team, round)`,
  `create index check_ins_by_person on check_ins (network, person)`,
  `create table check_in_details (
    network uuid not null,
    round uuid not null,
    team uuid not null,
    person uuid not null,
    answers jsonb not null,
    submitted_at timestamptz not null,
    primary key (network, round, team),
    foreign key (network, round, team) references round_teams (network, round, team)
  )`,
  `create table requests (
    network uuid not null,
    id uuid not null,
    round uuid not null,
    team uuid not null,
    asked_by uuid not null,
    reasons text[] not null,
    owner uuid not null,
    due_on date not null,
    state text not null check (state in ('open', 'taken', 'done', 'withdrawn')),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (network, id),
    unique (network, round, team),
    foreign key (network, round, team) references round_teams (network, round, team)
  )`,
  `create index requests_by_owner on requests (network, owner, state)`,
  `create table combined_summaries (
    network uuid not null,
    round uuid not null,
    grouped_by text not null check (grouped_by in ('area', 'place')),
    value jsonb not null,
    primary key (network, round, grouped_by),
    foreign key (network, round) references check_in_rounds (network, id)
  )`,
  `create table audit_log (
    network uuid not null references networks,
    id uuid not null,
    at timestamptz not null,
    actor uuid,
    action text not null,
    subject text,
    detail jsonb not null,
    primary key (network, id)
  )`,
  `create function audit_log_is_append_only() returns trigger language plpgsql as $$
    begin raise exception 'the audit log is append-only'; end $$`,
  `create trigger audit_log_is_append_only before update or delete on audit_log
    for each row execute function audit_log_is_append_only()`,
  // Emptying a table fires no trigger of its rows.
  `create trigger audit_log_is_never_emptied before truncate on audit_log
    for each statement execute function audit_log_is_append_only()`,
];
