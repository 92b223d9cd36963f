import { type Kysely, sql } from "kysely";
import type { Gone } from "../../features/retention/ports.ts";
import type { NetworkId } from "../../kernel/ids.ts";
import type { Instant } from "../../kernel/time.ts";
import type { Database } from "./tables.ts";
import { anyOf, dateOf } from "./values.ts";

/** What a forgotten person's address ends with: a name that can never be one (RFC 2606). */
const nowhere = "@forgotten.invalid";

/** What is about a person and about nothing else. */
const ownTables = ["identities", "conversations", "links", "link_renewals", "non_working_times", "installs", "team_managers"];

/**
 * Takes name, address, account, chat and place from those who left before a moment. Their rows stay, empty: what they
 * answered goes with its own time, and the ledger and the log must stay whole. Teams that left by then go once nothing
 * refers to them.
 */
export async function forgetLeavers(db: Kysely<Database>, network: NetworkId, before: Instant): Promise<Gone> {
  const day = before.toZonedDateTimeISO("UTC").toPlainDate().toString();
  const found = await db
    .selectFrom("people")
    .select("id")
    .where("network", "=", network)
    .where("left_on", "<", day)
    .where("email", "not like", `%${nowhere}`)
    .execute();
  const people = anyOf(found.map(({ id }) => id));
  if (found.length > 0) {
    for (const table of ownTables) {
      await sql`delete from ${sql.table(table)} where network = ${network} and person = ${people}`.execute(db);
    }
    await forgetAddresses(db, network, people);
    await db
      .updateTable("people")
      .set({
        ...{ name: "Somebody who left", role: "member", scope_network: false, scope_areas: [], external: false },
        ...{ area: null, place: null, pcn: null, organisation: null, job_role: null, manager: null, deputy: null },
        ...{ away_until: null, stopped_at: null },
        email: sql<string>`id || ${nowhere}`,
      })
      .where("network", "=", network)
      .where("id", "=", people)
      .execute();
  }
  return { peopleWhoLeft: found.length, teamsThatLeft: await forgetTeams(db, network, day, dateOf(before)) };
}

/** An invitation is known by its address, and somebody may have had several for one meeting. */
async function forgetAddresses(db: Kysely<Database>, network: NetworkId, people: ReturnType<typeof anyOf<string>>): Promise<void> {
  await sql`
    delete from event_invitees as old where old.network = ${network} and old.person = ${people} and exists (
      select from event_invitees other
      where other.network = old.network and other.event = old.event and other.person = old.person
        and (other.removed_at is null, other.email) > (old.removed_at is null, old.email))`.execute(db);
  await sql`update event_invitees set email = person || ${nowhere} where network = ${network} and person = ${people}`.execute(db);
}

async function forgetTeams(db: Kysely<Database>, network: NetworkId, day: string, before: Date): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select id from teams where network = ${network} and left_on < ${day}
      and not exists (select from round_teams part where part.network = teams.network and part.team = teams.id)
      and not exists (
        select from deliveries card where card.network = teams.network and card.subject = teams.id and card.created_at >= ${before})`.execute(db);
  const teams = anyOf(rows.map(({ id }) => id));
  if (rows.length === 0) return 0;
  for (const table of ["team_managers", "team_posts"]) {
    await sql`delete from ${sql.table(table)} where network = ${network} and team = ${teams}`.execute(db);
  }
  await db.deleteFrom("teams").where("network", "=", network).where("id", "=", teams).execute();
  return rows.length;
}
