import { type Kysely, sql } from "kysely";

/** When leads last spoke to a team, and requests found by their team. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table requests
    add column done_at timestamptz,
    add column done_by uuid,
    add check ((done_at is null) = (done_by is null))`,
  `update requests set done_at = updated_at, done_by = owner where state = 'done'`,
  `create index requests_by_team on requests (network, team)`,
  `create index requests_by_day on requests (network, due_on, id) where state in ('open', 'taken')`,
];
