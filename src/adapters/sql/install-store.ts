import { type Kysely, type SqlBool, sql } from "kysely";
import { z } from "zod";
import { type Install, type InstallState, installStates, obstacles } from "../../features/installs/model.ts";
import type { InstallStore } from "../../features/installs/ports.ts";
import { asId, type NetworkId, type PersonId } from "../../kernel/ids.ts";
import { installTries } from "./install-tries.ts";
import { managesTeam } from "./roster-rows.ts";
import type { Database } from "./tables.ts";
import { dateOf, instantOf } from "./values.ts";

const installState = z.enum(installStates);
const obstacle = z.enum(obstacles).nullable();
const columns = ["installs.person", "installs.state", "installs.obstacle", "installs.reason", "installs.attempts", "installs.updated_at"] as const;
// By bytes, so that both engines and any server's locale give pages the same order.
const byName = sql`lower(people.name) collate "C"`;

interface Row {
  person: string;
  state: string;
  obstacle: string | null;
  reason: string | null;
  attempts: number;
  updated_at: Date;
}

function installOf(row: Row): Install {
  return {
    person: asId<PersonId>(row.person),
    state: installState.parse(row.state),
    obstacle: obstacle.parse(row.obstacle),
    reason: row.reason,
    attempts: row.attempts,
    updatedAt: instantOf(row.updated_at),
  };
}

/** Who has the app in one network. */
export function installStore(db: Kysely<Database>, network: NetworkId): InstallStore {
  const mine = () => db.selectFrom("installs").where("installs.network", "=", network);
  const ofThePresent = (areas: readonly string[] | null) => {
    const wanted = sql`any(${[...(areas ?? [])]}::text[])`;
    return mine()
      .innerJoin("people", (join) =>
        join.onRef("people.network", "=", "installs.network").onRef("people.id", "=", "installs.person"),
      )
      .where("people.left_on", "is", null)
      .$if(areas !== null, (query) =>
        query.where((where) =>
          where.or([sql<SqlBool>`people.area = ${wanted}`, managesTeam(sql<SqlBool>`teams.area = ${wanted}`)]),
        ),
      );
  };

  return {
    ...installTries(db, network),

    async startedAt() {
      const row = await db.selectFrom("install_starts").select("started_at").where("network", "=", network).executeTakeFirst();
      return row === undefined ? null : instantOf(row.started_at);
    },

    async start(at) {
      await sql`insert into install_starts (network, started_at) values (${network}, ${dateOf(at)})
        on conflict (network) do update set started_at = install_starts.started_at`.execute(db);
    },

    async lockStart() {
      const { rows } = await sql`select 1 from install_starts where network = ${network} for update`.execute(db);
      return rows.length > 0;
    },

    async note(person, settled, at) {
      const values = {
        state: settled.state,
        obstacle: settled.state === "cannot" ? settled.obstacle : null,
        reason: settled.state === "failed" ? settled.reason : null,
        attempt_started_at: null,
        updated_at: dateOf(at),
      };
      await db
        .insertInto("installs")
        .values({ network, person, ...values, due_at: dateOf(at), created_at: dateOf(at) })
        .onConflict((conflict) =>
          // A job that is under way for the person has lost its turn.
          conflict.columns(["network", "person"]).doUpdateSet((eb) => ({ ...values, turn: eb("installs.turn", "+", 1) })),
        )
        .execute();
    },

    async followChats(gone, at) {
      await sql`update installs set state = 'installed', obstacle = null, reason = null, turn = turn + 1,
          attempt_started_at = null, updated_at = ${dateOf(at)}
        from conversations c where installs.network = ${network} and installs.state <> 'installed'
          and c.network = installs.network and c.person = installs.person and c.state = 'open'
          and c.updated_at >= installs.updated_at`.execute(db);
      await sql`update installs set state = 'failed', reason = ${gone}, updated_at = ${dateOf(at)}
        from conversations c where installs.network = ${network} and installs.state = 'installed'
          and c.network = installs.network and c.person = installs.person and c.state = 'not-installed'
          and c.updated_at > installs.updated_at`.execute(db);
    },

    async forgetLeavers() {
      await sql`delete from installs using people p where installs.network = ${network}
        and p.network = installs.network and p.id = installs.person and p.left_on is not null
        and installs.obstacle is distinct from 'removed'`.execute(db);
    },

    async page({ areas, state, limit, after }) {
      const cursor = sql`select ${byName}, people.id from people where network = ${network} and id = ${after}`;
      const rows = await ofThePresent(areas)
        .select([...columns, "people.name"])
        .$if(state !== undefined, (query) => query.where("installs.state", "=", state ?? ""))
        .$if(after !== null, (query) => query.where(sql<SqlBool>`(${byName}, people.id) > (${cursor})`))
        .orderBy(byName)
        .orderBy("people.id")
        .limit(limit)
        .execute();
      return rows.map((row) => ({ ...installOf(row), name: row.name }));
    },

    async counts(areas) {
      const rows = await ofThePresent(areas)
        .select(["installs.state", (eb) => eb.fn.countAll<number | string>().as("n")])
        .groupBy("installs.state")
        .execute();
      const by = new Map(rows.map(({ state, n }) => [state, Number(n)]));
      const of = (state: InstallState) => by.get(state) ?? 0;
      const counts = { installed: of("installed"), failed: of("failed"), cannot: of("cannot"), pending: of("pending") };
      return { intended: Object.values(counts).reduce((sum, n) => sum + n, 0), ...counts };
    },

    async of(person) {
      const row = await mine().select(columns).where("installs.person", "=", person).executeTakeFirst();
      return row === undefined ? null : installOf(row);
    },

    async eraseOf(person) {
      const gone = await db
        .deleteFrom("installs")
        .where("network", "=", network)
        .where("person", "=", person)
        .where(sql<SqlBool>`obstacle is distinct from 'removed'`)
        .returning("person")
        .execute();
      return gone.length;
    },
  };
}
