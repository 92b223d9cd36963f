import { type Kysely, type SqlBool, sql } from "kysely";
import type { Candidate } from "../../features/installs/model.ts";
import type { InstallStore, QueuedInstall } from "../../features/installs/ports.ts";
import { chunksOf } from "../../kernel/chunks.ts";
import { asId, type NetworkId, type PersonId } from "../../kernel/ids.ts";
import { chatState } from "./roster-rows.ts";
import type { Database } from "./tables.ts";
import { dateOf } from "./values.ts";

const queuedOf = ({ person, turn }: { person: string; turn: number }): QueuedInstall => ({ person: asId<PersonId>(person), turn });

interface CandidateRow {
  id: string;
  name: string;
  email: string;
  external: boolean;
  stopped_at: Date | null;
  account: string | null;
  elsewhere: boolean;
  chat: string | null;
}

function candidateOf(row: CandidateRow): Candidate {
  const { id, name, email, external, account } = row;
  return {
    person: asId<PersonId>(id),
    ...{ name, email, external, account },
    stopped: row.stopped_at !== null,
    isElsewhere: row.elsewhere,
    chat: chatState.nullable().parse(row.chat),
  };
}

/** How tries come to be made, begin and end, in one network. */
export function installTries(
  db: Kysely<Database>,
  network: NetworkId,
): Pick<InstallStore, "undecided" | "decide" | "claim" | "settle" | "postpone" | "takeOverdue"> {
  /** Everybody who is there, with what decides whether they can have the app. */
  const candidates = (homeTenant: string) =>
    db
      .selectFrom("people")
      .leftJoin("installs", (join) =>
        join.onRef("installs.network", "=", "people.network").onRef("installs.person", "=", "people.id"),
      )
      .leftJoin("conversations", (join) =>
        join.onRef("conversations.network", "=", "people.network").onRef("conversations.person", "=", "people.id"),
      )
      .where("people.network", "=", network)
      .where("people.left_on", "is", null)
      .select(["people.id", "people.name", "people.email", "people.external", "people.stopped_at", "conversations.state as chat"])
      .select([
        sql<string | null>`(select min(i.object_id::text) from identities i where i.network = people.network
          and i.person = people.id and i.tenant_id = ${homeTenant})`.as("account"),
        sql<boolean>`exists (select from identities i where i.network = people.network
          and i.person = people.id and i.tenant_id <> ${homeTenant})`.as("elsewhere"),
      ]);
  const claimed = ({ person, turn }: QueuedInstall) =>
    db
      .updateTable("installs")
      .where("network", "=", network)
      .where("person", "=", person)
      .where("turn", "=", turn)
      .where("state", "=", "pending");

  return {
    async undecided(homeTenant, isAskedFor) {
      const unlinkedThen = sql<SqlBool>`installs.obstacle in ('no-account', 'other-organisation') and exists (select from identities i
        where i.network = people.network and i.person = people.id and i.tenant_id = ${homeTenant})`;
      const rows = await candidates(homeTenant)
        .where((eb) =>
          eb.or([
            eb("installs.person", "is", null),
            sql<SqlBool>`installs.obstacle = 'stopped' and people.stopped_at is null`,
            unlinkedThen,
            ...(isAskedFor
              ? [sql<SqlBool>`installs.state in ('failed', 'cannot') and installs.obstacle is distinct from 'removed'`]
              : []),
          ]),
        )
        .orderBy("people.id")
        .execute();
      return rows.map(candidateOf);
    },

    async decide(decisions, at) {
      const queued: QueuedInstall[] = [];
      for (const some of chunksOf(decisions, 500)) {
        const rows = await db
          .insertInto("installs")
          .values(
            some.map((one) => ({
              network,
              person: one.person,
              state: one.state,
              obstacle: one.state === "cannot" ? one.obstacle : null,
              reason: one.state === "failed" ? one.reason : null,
              due_at: dateOf(one.state === "pending" ? one.dueAt : at),
              created_at: dateOf(at),
              updated_at: dateOf(at),
            })),
          )
          .onConflict((conflict) =>
            conflict
              .columns(["network", "person"])
              .doUpdateSet((eb) => ({
                state: eb.ref("excluded.state"),
                obstacle: eb.ref("excluded.obstacle"),
                reason: eb.ref("excluded.reason"),
                due_at: eb.ref("excluded.due_at"),
                updated_at: eb.ref("excluded.updated_at"),
                turn: eb("installs.turn", "+", 1),
                attempts: 0,
                attempt_started_at: null,
              }))
              .where(sql<SqlBool>`installs.state in ('failed', 'cannot') and installs.obstacle is distinct from 'removed'`),
          )
          .returning(["person", "turn", "state"])
          .execute();
        queued.push(...rows.filter(({ state }) => state === "pending").map(queuedOf));
      }
      return queued;
    },

    async claim({ person, turn }, homeTenant, at) {
      const { rows } = await sql<{ attempts: number; turn: number }>`
        update installs set turn = ${turn}::int + 1, attempt_started_at = ${dateOf(at)}, updated_at = ${dateOf(at)},
          attempts = attempts + case when turn = ${turn}::int then 1 else 0 end
        where network = ${network} and person = ${person} and state = 'pending'
          and (turn = ${turn}::int or (turn = ${turn}::int + 1 and attempt_started_at is not null))
        returning attempts, turn`.execute(db);
      const [mine] = rows;
      if (mine === undefined) return null;
      const row = await candidates(homeTenant).where("people.id", "=", person).executeTakeFirst();
      return row === undefined ? null : { ...candidateOf(row), attempts: mine.attempts, turn: mine.turn };
    },

    async settle(install, settled, at) {
      const changed = await claimed(install)
        .set({
          state: settled.state,
          obstacle: settled.state === "cannot" ? settled.obstacle : null,
          reason: settled.state === "failed" ? settled.reason : null,
          attempt_started_at: null,
          updated_at: dateOf(at),
        })
        .returning("person")
        .execute();
      return changed.length > 0;
    },

    async postpone(install, until, reason, at) {
      const changed = await claimed(install)
        .set({ reason, due_at: dateOf(until), attempt_started_at: null, updated_at: dateOf(at) })
        .returning("person")
        .execute();
      return changed.length > 0;
    },

    async takeOverdue(before, limit, at) {
      const overdue = db
        .selectFrom("installs")
        .select("person")
        .where("network", "=", network)
        .where("state", "=", "pending")
        .where("due_at", "<", dateOf(before))
        .where("updated_at", "<", dateOf(before))
        .orderBy("due_at")
        .limit(limit)
        .forUpdate()
        .skipLocked();
      const rows = await db
        .updateTable("installs")
        .set((eb) => ({ turn: eb("turn", "+", 1), attempt_started_at: null, updated_at: dateOf(at) }))
        .where("network", "=", network)
        .where("person", "in", overdue)
        .returning(["person", "turn"])
        .execute();
      return rows.map(queuedOf);
    },
  };
}
