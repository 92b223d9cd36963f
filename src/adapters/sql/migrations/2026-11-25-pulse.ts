import { type Kysely, sql } from "kysely";

/**
 * Pulse waves. Participations and sealed answers refer to no other row: a foreign key would leave the answering
 * transaction's number on that row, and with it the order in which people answered. Nor does the planner keep samples
 * of what people did or said: those would outlive the rows, since nothing is learnt from an empty table.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table pulse_groups (
    network uuid primary key references networks,
    value jsonb not null
  )`,
  `create table pulse_waves (
    network uuid not null references networks,
    id uuid not null,
    opened_at timestamptz not null,
    closes_at timestamptz not null,
    closed_at timestamptz,
    cleared_at timestamptz,
    shared_at timestamptz,
    raw_deleted_at timestamptz,
    reminded_at timestamptz,
    is_lost boolean not null default false,
    instrument jsonb not null,
    threshold integer not null check (threshold >= 10),
    groups jsonb not null,
    seal_key text not null,
    managers_asked integer not null,
    members_asked integer not null,
    sent integer,
    primary key (network, id)
  )`,
  `create unique index one_open_wave on pulse_waves (network) where closed_at is null`,
  `create table pulse_asked (
    network uuid not null,
    wave uuid not null,
    person uuid not null,
    group_name text,
    primary key (network, wave, person),
    foreign key (network, wave) references pulse_waves (network, id),
    foreign key (network, person) references people (network, id)
  )`,
  `create index pulse_asked_by_person on pulse_asked (network, person)`,
  `create table pulse_participations (
    network uuid not null,
    wave uuid not null,
    person uuid not null,
    state text not null check (state in ('sent', 'skipped')),
    primary key (network, wave, person)
  )`,
  ...unsampled("pulse_participations", ["network", "wave", "person", "state"]),
  `create table pulse_sealed (
    network uuid not null,
    wave uuid not null,
    sealed text not null
  )`,
  `create index pulse_sealed_by_wave on pulse_sealed (network, wave)`,
  ...unsampled("pulse_sealed", ["network", "wave", "sealed"]),
  `create table pulse_responses (
    network uuid not null,
    wave uuid not null,
    group_name text,
    choices jsonb not null,
    foreign key (network, wave) references pulse_waves (network, id)
  )`,
  `create index pulse_responses_by_wave on pulse_responses (network, wave)`,
  ...unsampled("pulse_responses", ["network", "wave", "group_name", "choices"]),
  `create table pulse_results (
    network uuid not null,
    wave uuid not null,
    value jsonb not null,
    primary key (network, wave),
    foreign key (network, wave) references pulse_waves (network, id)
  )`,
  `create table pulse_changes (
    network uuid not null,
    id uuid not null,
    wave uuid not null,
    text text not null,
    published_at timestamptz not null,
    primary key (network, id),
    foreign key (network, wave) references pulse_waves (network, id)
  )`,
];

/** Columns of which ANALYZE, whoever runs it, takes no sample. */
function unsampled(table: string, columns: readonly string[]): string[] {
  return columns.map((column) => `alter table ${table} alter column ${column} set statistics 0`);
}
