import { type Kysely, sql } from "kysely";

/**
 * The median of the network's teams at each opening is kept when the round closes, so that whoever looks at their own
 * teams needn't wait for the answers of all others to be read. What closed before is filled in by the schedule: the
 * arithmetic is the program's. Which closed rounds still wait for their figures stands beside them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table round_medians (
    network uuid not null,
    round uuid not null,
    teams integer not null,
    median12 double precision,
    primary key (network, round)
  )`,
  `create table unfrozen_rounds (
    network uuid not null,
    round uuid not null,
    taken_at timestamptz,
    primary key (network, round)
  )`,
];
