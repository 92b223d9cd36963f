import { readdirSync } from "node:fs";
import { expect } from "@jest/globals";
import { type Kysely, sql } from "kysely";
import { openDatabase } from "../../src/adapters/sql/database.ts";
import { pulseStore } from "../../src/adapters/sql/pulse-store.ts";
import type { Database } from "../../src/adapters/sql/tables.ts";
import { asId, type NetworkId, type WaveId } from "../../src/kernel/ids.ts";
import { silent } from "./logger.ts";
import type { ServerToKill } from "./server-to-kill.ts";
import { until } from "./until.ts";

/** Opens the store of a server that was killed. */
async function withStore<T>({ database }: ServerToKill, work: (db: Kysely<Database>) => Promise<T>): Promise<T> {
  const { db, close } = await openDatabase(database, silent);
  try {
    return await work(db);
  } finally {
    await close();
  }
}

async function untilAlone(db: Kysely<Database>): Promise<void> {
  const others = sql<{ pid: number }>`select pid from pg_stat_activity
    where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`;
  await until(async () => (await others.execute(db)).rows.length === 0, "the end of what a killed process had asked for");
}

export type StoredWave = Awaited<ReturnType<typeof storedWave>>;

/** All that there is of the only wave of a server that was killed. Fails when it contradicts itself. */
export async function storedWave(server: ServerToKill) {
  return withStore(server, async (db) => {
    // What a killed process had asked for may still be done, and committed, after its end.
    if (server.database.kind === "server") await untilAlone(db);
    const row = await db.selectFrom("pulse_waves").select(["network", "id"]).executeTakeFirstOrThrow();
    const id = asId<WaveId>(row.id);
    const store = pulseStore(db, asId<NetworkId>(row.network));
    const wave = await store.byId(id);
    if (wave === null) throw new Error("the wave is gone");

    const people = new Map((await db.selectFrom("people").select(["id", "email"]).execute()).map(({ id: person, email }) => [person, email]));
    const emails = (ids: readonly { person: string }[]) => new Set(ids.map(({ person }) => people.get(person) ?? ""));
    const deliveries = await db.selectFrom("deliveries").select(["purpose", "state", "recipient as person"]).where("occasion", "=", id).execute();
    const purpose = (wanted: string) => deliveries.filter((delivery) => delivery.purpose === wanted);
    const delivered = (wanted: string) => emails(purpose(wanted).filter(({ state }) => state === "delivered"));
    const participations = await db.selectFrom("pulse_participations").select("person").execute();
    const responses = await db.selectFrom("pulse_responses").select(["group_name as group", "choices"]).execute();
    const closes = await db.selectFrom("audit_log").select("action").where("action", "=", "pulse.close").execute();
    const found = {
      wave,
      /** True once no answer is taken any more. */
      isOver: wave.closesAt.epochMilliseconds <= Date.now(),
      results: await store.results(id),
      /** Everybody who was asked, and the group that they were told. */
      asked: new Map((await store.asked(id)).map(({ person, group }) => [people.get(person) ?? "", group])),
      cards: { intended: emails(purpose("pulse")), delivered: delivered("pulse") },
      reminders: { intended: emails(purpose("pulse-reminder")), delivered: delivered("pulse-reminder") },
      /** Those who sent, as long as the wave isn't closed. */
      sent: emails(participations),
      sealed: (await store.sealed(id)).length,
      responses: responses.map(({ group, choices }) => ({ group, choices: choices as Readonly<Record<string, number>> })),
      hasKey: readdirSync(server.keys).some((name) => name.startsWith(id)),
    };
    expect({ cards: purpose("pulse").length, asked: found.asked.size }).toEqual({ cards: found.asked.size, asked: found.asked.size });
    const counts = { sent: found.sent.size, sealed: found.sealed, responses: responses.length, closes: closes.length };
    if (wave.closedAt === null) {
      expect({ ...counts, results: found.results }).toEqual({ sent: found.sealed, sealed: found.sealed, responses: 0, closes: 0, results: null });
      expect(found.hasKey).toBe(true);
    } else {
      expect(counts).toEqual({ sent: 0, sealed: 0, responses: wave.sent, closes: 1 });
      expect({ isLost: wave.isLost, hasResults: found.results !== null }).toEqual({ isLost: false, hasResults: true });
      expect(found.reminders.intended.size).toBe(0);
    }
    if (wave.clearedAt !== null) expect(readdirSync(server.keys)).toEqual([]);
    return found;
  });
}

/** What happens to a store while its server is down, in place of waiting. */
export const meanwhile = {
  /** The jobs that the killed server had under way are due, as they are half a minute later by themselves. */
  async jobsTakenBack(server: ServerToKill): Promise<void> {
    await withStore(server, (db) =>
      sql`update pgboss.job set state = 'retry', start_after = pgboss.job_now() where state = 'active'`.execute(db),
    );
  },

  /** A schedule's minute has come. */
  async due(server: ServerToKill, schedule: "pulse.tend" | "messages.due"): Promise<void> {
    await withStore(server, (db) => sql`insert into pgboss.job (name) values (${`schedule.${schedule}`})`.execute(db));
  },

  /** The wave's time is over. */
  async timeRunsOut(server: ServerToKill): Promise<void> {
    await withStore(server, (db) => sql`update pulse_waves set closes_at = now()`.execute(db));
  },

  /** So many days have gone by for the wave and its cards, and it closes no sooner. */
  async pass(server: ServerToKill, days: number): Promise<void> {
    await withStore(server, (db) =>
      db.transaction().execute(async (tx) => {
        const ago = (column: string) => sql`${sql.ref(column)} - make_interval(days => ${days})`;
        await sql`update pulse_waves set opened_at = ${ago("opened_at")}`.execute(tx);
        await sql`update deliveries set created_at = ${ago("created_at")}, due_at = ${ago("due_at")}, updated_at = ${ago("updated_at")},
          delivered_at = ${ago("delivered_at")}`.execute(tx);
      }),
    );
  },
};
