import { type Kysely, sql } from "kysely";

/** Who has the app in Teams and who doesn't, one row for each person; and the networks that give it to everybody. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table installs (
    network uuid not null,
    person uuid not null,
    state text not null check (state in ('pending', 'installed', 'failed', 'cannot')),
    obstacle text,
    reason text,
    attempts integer not null default 0,
    turn integer not null default 0,
    due_at timestamptz not null,
    attempt_started_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (network, person),
    foreign key (network, person) references people (network, id) on delete cascade,
    check ((state = 'cannot') = (obstacle is not null))
  )`,
  `create index installs_pending on installs (network, due_at) where state = 'pending'`,
  `create table install_starts (
    network uuid primary key references networks,
    started_at timestamptz not null
  )`,
];
