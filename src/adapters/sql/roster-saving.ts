import { type Insertable, type Kysely, type SqlBool, sql } from "kysely";
import type { RosterStore } from "../../features/roster/ports.ts";
import { chunksOf } from "../../kernel/chunks.ts";
import type { NetworkId } from "../../kernel/ids.ts";
import type { Database } from "./tables.ts";
import { anyOf } from "./values.ts";

const chunk = 500;

const teamColumns = [
  "name",
  "area",
  "place",
  "pcn",
  "organisation",
  "left_on",
] as const satisfies readonly (keyof Insertable<Database["teams"]>)[];

/** Makes some teams what they are given as, with who manages them and their posts. */
export async function saveSomeTeams(db: Kysely<Database>, network: NetworkId, teams: Parameters<RosterStore["saveTeams"]>[0]) {
  const ids = teams.map((team) => team.id);
  const rows = teams.map(({ id, name, area, place, pcn, organisation, leftOn }) => ({
    ...{ network, id, name, area, place, pcn, organisation },
    left_on: leftOn?.toString() ?? null,
  }));
  await db
    .insertInto("teams")
    .values(rows)
    .onConflict((conflict) => conflict.columns(["network", "id"]).doUpdateSet(excluded(teamColumns)))
    .execute();
  await db.deleteFrom("team_managers").where("network", "=", network).where("team", "=", anyOf(ids)).execute();
  const managers = teams.flatMap((team) => team.managers.map((person) => ({ network, team: team.id, person })));
  for (const some of chunksOf(managers, chunk)) await db.insertInto("team_managers").values(some).execute();
  const posts = teams.flatMap((team) =>
    Object.entries(team.filePosts).map(([job_role, wte]) => ({ network, team: team.id, job_role, wte })),
  );
  const kept = sql.join([sql`(null::uuid, null)`, ...posts.map((one) => sql`(${one.team}::uuid, ${one.job_role})`)]);
  await db
    .deleteFrom("team_posts")
    .where("network", "=", network)
    .where("team", "=", anyOf(ids))
    .where(sql<SqlBool>`not exists (select from (values ${kept}) as kept(team, job_role)
      where kept.team = team_posts.team and kept.job_role = team_posts.job_role)`)
    .execute();
  // In the same statement as the file's own figure, so that what a manager reports meanwhile isn't lost.
  const reported = sql<number | null>`case when team_posts.wte = excluded.wte then team_posts.reported_wte end`;
  for (const some of chunksOf(posts, chunk)) {
    await db
      .insertInto("team_posts")
      .values(some)
      .onConflict((conflict) =>
        conflict
          .columns(["network", "team", "job_role"])
          .doUpdateSet((eb) => ({ wte: eb.ref("excluded.wte"), reported_wte: reported })),
      )
      .execute();
  }
}

/** For these columns, what would have been added where the row is there already. */
export function excluded(columns: readonly string[]) {
  return Object.fromEntries(columns.map((column) => [column, sql`${sql.ref(`excluded.${column}`)}`]));
}
