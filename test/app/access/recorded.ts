import { sql } from "kysely";
import type { TestApp } from "../test-app.ts";

export interface Recorded {
  readonly email: string | null;
  readonly action: string;
  readonly subject: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly at: Date;
}

/** Gives what the audit logs of all networks say from now on. */
export async function recording({ database: { db } }: Pick<TestApp, "database">): Promise<() => Promise<Recorded[]>> {
  const { rows: first } = await sql<{ id: string }>`select id::text from audit_log order by id desc limit 1`.execute(db);
  const since = first[0]?.id ?? "00000000-0000-0000-0000-000000000000";
  return async () => {
    const { rows } = await sql<Recorded>`
      select people.email, action, subject, detail, at from audit_log
      left join people on people.network = audit_log.network and people.id = audit_log.actor
      where audit_log.id > ${since} order by audit_log.id`.execute(db);
    return rows;
  };
}
