import { type Insertable, type Kysely, type SqlBool, sql } from "kysely";
import type { Identity } from "../../features/roster/model.ts";
import type { RosterStore } from "../../features/roster/ports.ts";
import { chunksOf, letOthersIn } from "../../kernel/chunks.ts";
import { asId, type NetworkId, type PersonId, type TeamId } from "../../kernel/ids.ts";
import { listingOf, says, teamsManaged } from "./roster-listings.ts";
import { chatState, managesTeam, type PersonRow, personOf, personRow, teamOf, teamParts } from "./roster-rows.ts";
import { excluded, saveSomeTeams } from "./roster-saving.ts";
import type { Database } from "./tables.ts";
import { anyOf, dateOf } from "./values.ts";

const chunk = 500;
// By bytes, so that both engines and any server's locale give pages the same order.
const byName = sql`lower(people.name) collate "C"`;
const teamName = sql`lower(teams.name) collate "C"`;

/** The roster of one network. Given a transaction, it reads and writes inside it. */
export function rosterStore(db: Kysely<Database>, network: NetworkId): RosterStore {
  const people = () => db.selectFrom("people").selectAll("people").where("people.network", "=", network);
  const teams = () => db.selectFrom("teams").selectAll("teams").select(teamParts).where("teams.network", "=", network);
  const update = (id: PersonId) => db.updateTable("people").where("network", "=", network).where("id", "=", id);
  const present = () => people().where("people.left_on", "is", null);
  const listings = () =>
    present()
      .leftJoin("people as deputies", (join) =>
        join.onRef("deputies.network", "=", "people.network").onRef("deputies.id", "=", "people.deputy"),
      )
      .leftJoin("conversations", (join) =>
        join.onRef("conversations.network", "=", "people.network").onRef("conversations.person", "=", "people.id"),
      )
      .select(["deputies.id as deputy_id", "deputies.name as deputy_name", "conversations.state as chat"])
      .select(
        sql<boolean>`exists (select from identities i where i.network = people.network and i.person = people.id)`.as(
          "linked",
        ),
      )
      .select(teamsManaged);

  return {
    async people(options) {
      const rows = await (options?.includeLeft === true ? people() : present())
        .orderBy(byName)
        .orderBy("people.id")
        .execute();
      return inTurns(rows, personOf);
    },
    async peoplePage({ limit, after, areas, search, role }) {
      let query = listings().orderBy(byName).orderBy("people.id").limit(limit);
      if (after !== null) {
        const cursor = sql`select ${byName}, people.id from people where network = ${network} and id = ${after}`;
        query = query.where(sql<SqlBool>`(${byName}, people.id) > (${cursor})`);
      }
      if (areas !== undefined) {
        const wanted = sql`(${sql.join(areas.length === 0 ? [null] : areas)})`;
        const inArea = sql<SqlBool>`people.area in ${wanted}`;
        query = query.where((where) => where.or([inArea, managesTeam(sql<SqlBool>`teams.area in ${wanted}`)]));
      }
      if (role !== undefined) query = query.where("people.role", "=", role);
      if (search !== undefined) query = query.where(says(search));
      return (await query.execute()).map(listingOf);
    },
    async listing(id) {
      const row = await listings().where("people.id", "=", id).executeTakeFirst();
      return row === undefined ? null : listingOf(row);
    },
    async person(id) {
      const row = await people().where("people.id", "=", id).executeTakeFirst();
      return row === undefined ? null : personOf(row);
    },
    async personByEmail(email) {
      const row = await people().where("people.email", "=", email).executeTakeFirst();
      return row === undefined ? null : personOf(row);
    },
    async peopleByIds(ids) {
      const rows: PersonRow[] = [];
      for (const some of chunksOf(ids, chunk)) rows.push(...(await people().where("people.id", "=", anyOf(some)).execute()));
      return new Map(rows.map(personOf).map((person) => [person.id, person]));
    },
    async peopleAround(teams, others) {
      // One after the other by the indexes: the planner would read everybody in a network of a thousand for ten people's sake.
      const { rows } = await sql<PersonRow>`
        select people.* from (
          select manager.person from unnest(${[...teams]}::uuid[]) as wanted (team)
          cross join lateral (select person from team_managers where network = ${network} and team = wanted.team offset 0) manager
          union select unnest(${[...others]}::uuid[])) wanted
        cross join lateral (select * from people where network = ${network} and id = wanted.person offset 0) people`.execute(db);
      return new Map(rows.map(personOf).map((person) => [person.id, person]));
    },
    async leads() {
      return (await present().where("people.role", "=", "lead").orderBy(byName).execute()).map(personOf);
    },
    async networkName() {
      const row = await db.selectFrom("networks").select("name").where("id", "=", network).executeTakeFirstOrThrow();
      return row.name;
    },
    async teams(options) {
      const query = options?.includeLeft === true ? teams() : teams().where("teams.left_on", "is", null);
      return inTurns(await query.orderBy("teams.id").execute(), teamOf);
    },
    async teamsPage({ limit, after, areas }) {
      const cursor = sql`select ${teamName}, teams.id from teams where network = ${network} and id = ${after}`;
      const rows = await teams()
        .where("teams.left_on", "is", null)
        .$if(areas !== null, (query) => query.where(sql<SqlBool>`teams.area = any(${[...(areas ?? [])]}::text[])`))
        .$if(after !== null, (query) => query.where(sql<SqlBool>`(${teamName}, teams.id) > (${cursor})`))
        .orderBy(teamName)
        .orderBy("teams.id")
        .limit(limit)
        .execute();
      return rows.map(teamOf);
    },
    async teamsOutside(areas) {
      const { rows } = await sql<{ n: number }>`
        select count(*)::int as n from teams
        where network = ${network} and left_on is null and (area is null or area <> all(${[...areas]}::text[]))
          and exists (select from team_managers m where m.network = teams.network and m.team = teams.id)`.execute(db);
      return rows[0]?.n ?? 0;
    },
    async managedTeams() {
      const managed = sql<SqlBool>`exists (select from team_managers m where m.network = teams.network and m.team = teams.id)`;
      const present = db.selectFrom("teams").select("id").where("network", "=", network).where("left_on", "is", null);
      return (await present.where(managed).orderBy("id").execute()).map(({ id }) => asId<TeamId>(id));
    },
    async teamsByIds(ids) {
      const found = [];
      for (const some of chunksOf(ids, chunk)) found.push(...(await teams().where("teams.id", "=", anyOf(some)).execute()));
      return new Map(found.map(teamOf).map((team) => [team.id, team]));
    },
    async team(id) {
      const row = await teams().where("teams.id", "=", id).executeTakeFirst();
      return row === undefined ? null : teamOf(row);
    },
    async teamsOf(person) {
      const rows = await teams()
        .innerJoin("team_managers as mine", (join) =>
          join.onRef("mine.network", "=", "teams.network").onRef("mine.team", "=", "teams.id"),
        )
        .where("mine.person", "=", person)
        .where("teams.left_on", "is", null)
        .orderBy("teams.id")
        .execute();
      return rows.map(teamOf);
    },
    async savePeople(given) {
      for (const some of chunksOf(given, chunk)) {
        await db
          .insertInto("people")
          .values(some.map((person) => ({ ...personRow(person), network })))
          .onConflict((conflict) => conflict.columns(["network", "id"]).doUpdateSet(excluded(personColumns)))
          .execute();
      }
    },
    async saveTeams(given) {
      for (const some of chunksOf(given, chunk)) await saveSomeTeams(db, network, some);
    },
    async reportPosts(team, posts) {
      for (const [jobRole, wte] of Object.entries(posts)) {
        await db
          .updateTable("team_posts")
          .set({ reported_wte: wte })
          .where("network", "=", network)
          .where("team", "=", team)
          .where("job_role", "=", jobRole)
          .execute();
      }
    },
    async setAway(person, until) {
      await update(person)
        .set({ away_until: until?.toString() ?? null })
        .execute();
    },
    async setStopped(person, at) {
      await update(person)
        .set({ stopped_at: at === null ? null : dateOf(at) })
        .execute();
    },
    async setDeputy(person, deputy) {
      await update(person).set({ deputy }).execute();
    },
    async identityOf(person) {
      const row = await identities().where("person", "=", person).executeTakeFirst();
      return row === undefined ? null : identityOf(row);
    },
    async identities() {
      const found = new Map<PersonId, Identity>();
      for (const row of await identities().execute()) {
        const person = asId<PersonId>(row.person);
        if (!found.has(person)) found.set(person, identityOf(row));
      }
      return found;
    },
    async chats() {
      const rows = await db
        .selectFrom("conversations")
        .select(["person", "state"])
        .where("network", "=", network)
        .execute();
      return new Map(rows.map((row) => [asId<PersonId>(row.person), chatState.parse(row.state)]));
    },
    linkIdentity: (person, identity) => link([{ person, identity }]),
    linkIdentities: link,
    async unlinkIdentities(person) {
      await db.deleteFrom("identities").where("network", "=", network).where("person", "=", person).execute();
      await db.deleteFrom("conversations").where("network", "=", network).where("person", "=", person).execute();
    },
    async takenElsewhere(asked) {
      const taken: Identity[] = [];
      for (const some of chunksOf(asked, chunk)) {
        const ids = some.map((one) => one.objectId);
        const rows = await db
          .selectFrom("identities")
          .selectAll()
          .where("network", "<>", network)
          .where("object_id", "=", anyOf(ids))
          .execute();
        taken.push(
          ...some.filter((one) => rows.some((row) => row.object_id === one.objectId && row.tenant_id === one.tenantId)),
        );
      }
      return taken;
    },
    async lockForImport() {
      // Weaker than "for update", which would hold up every insert that refers to the network.
      await sql`select id from networks where id = ${network} for no key update`.execute(db);
    },
  };

  async function link(links: readonly { person: PersonId; identity: Identity }[]) {
    for (const some of chunksOf(links, chunk)) {
      await db
        .insertInto("identities")
        .values(
          some.map(({ person, identity }) => ({
            network,
            person,
            object_id: identity.objectId,
            tenant_id: identity.tenantId,
          })),
        )
        .onConflict((conflict) => conflict.columns(["object_id", "tenant_id"]).doNothing())
        .execute();
    }
  }

  function identities() {
    return db
      .selectFrom("identities")
      .selectAll()
      .where("network", "=", network)
      .orderBy("tenant_id")
      .orderBy("object_id");
  }
}

/** What a row is of every row; others get their turn in between. */
async function inTurns<Row, T>(rows: readonly Row[], of: (row: Row) => T): Promise<T[]> {
  const found: T[] = [];
  for (const [index, some] of chunksOf(rows, chunk).entries()) {
    if (index > 0) await letOthersIn();
    found.push(...some.map(of));
  }
  return found;
}

const personColumns = [
  "name",
  "email",
  "role",
  "scope_network",
  "scope_areas",
  "area",
  "place",
  "pcn",
  "organisation",
  "job_role",
  "manager",
  "deputy",
  "external",
  "left_on",
  "away_until",
  "stopped_at",
] as const satisfies readonly (keyof Insertable<Database["people"]>)[];

function identityOf(row: { object_id: string; tenant_id: string }): Identity {
  return { objectId: row.object_id, tenantId: row.tenant_id };
}
