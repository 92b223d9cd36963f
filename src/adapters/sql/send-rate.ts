import { type Kysely, sql } from "kysely";
import type { MailRate, SendRate } from "../../features/deliveries/ports.ts";
import type { InstallRate } from "../../features/installs/ports.ts";
import { conversationWindows, firstGap, firstWithin, gapFor, recent, type Window } from "../../features/deliveries/rate.ts";
import { type Clock, Temporal } from "../../kernel/time.ts";
import type { Database } from "./tables.ts";

/**
 * The send rate of one app in one tenant, kept in the store so that all replicas share it: every reservation locks the
 * app's row, works out the next free moments and writes them back.
 * @param options.requestsPerSecond the platform's limit for the whole app
 */
export function sendRate(db: Kysely<Database>, clock: Clock, options: { requestsPerSecond: number }): SendRate {
  const gap = gapFor(options.requestsPerSecond);

  return {
    async reserve(conversations) {
      if (conversations.length === 0) return [];
      const keys = [...new Set(conversations.filter((id) => id !== null).map(keyOf))].sort();
      return db.transaction().execute(async (tx) => {
        await sql`insert into rate_limits (key, hits) values (${appKey}, '{}') on conflict (key) do nothing`.execute(tx);
        // The app's row lets one reservation in at a time, so the others need no lock. They are read by a statement of
        // their own: one that had waited for the lock wouldn't see the rows that were added meanwhile.
        await sql`select key from rate_limits where key = ${appKey} for update`.execute(tx);
        const rows = await sql<{ key: string; hits: number[]; saved_at: number }>`
          select key, hits, saved_at from rate_limits where key = any(${[appKey, ...keys]})`.execute(tx);
        const now = clock.now().epochMilliseconds;
        const hits = new Map(
          rows.rows.map(({ key, hits: moments, saved_at }) => {
            return [key, recent(moments, saved_at, now, key === appKey ? second : longestWindow)];
          }),
        );
        const book = (key: string, at: number) => hits.set(key, [...(hits.get(key) ?? []), at].sort((a, b) => a - b));
        const moments = conversations.map((conversation) => {
          const key = conversation === null ? null : keyOf(conversation);
          const free = key === null ? now : firstWithin(hits.get(key) ?? [], now, conversationWindows);
          const at = firstGap(hits.get(appKey) ?? [], free, gap);
          book(appKey, at);
          if (key !== null) book(key, at);
          return at;
        });
        await save(tx, hits, now);
        return moments.map((at) => Temporal.Instant.fromEpochMilliseconds(Math.ceil(at)));
      });
    },
  };
}

/**
 * The moments at which mails may go, evenly spread and shared by all replicas.
 * @param mailsPerMinute the mail system's limit for one mailbox
 */
export function mailRate(db: Kysely<Database>, clock: Clock, { mailsPerMinute }: { mailsPerMinute: number }): MailRate {
  return evenly(db, clock, { key: "mail", requests: mailsPerMinute, milliseconds: 60_000 });
}

/** The moments at which the app may be installed for somebody, evenly spread and shared by all replicas. */
export function installRate(db: Kysely<Database>, clock: Clock, { installsPerSecond }: { installsPerSecond: number }): InstallRate {
  return evenly(db, clock, { key: "install", requests: installsPerSecond, milliseconds: second });
}

function evenly(db: Kysely<Database>, clock: Clock, { key, requests, milliseconds }: Window & { readonly key: string }): MailRate {
  const gap = milliseconds / requests;
  return {
    async reserve() {
      return db.transaction().execute(async (tx) => {
        await sql`insert into rate_limits (key, hits) values (${key}, '{}') on conflict (key) do nothing`.execute(tx);
        const { rows } = await sql<{ hits: number[]; saved_at: number }>`
          select hits, saved_at from rate_limits where key = ${key} for update`.execute(tx);
        const now = clock.now().epochMilliseconds;
        const taken = rows.flatMap(({ hits, saved_at }) => recent(hits, saved_at, now, milliseconds));
        const at = firstGap(taken, now, gap);
        await save(tx, new Map([[key, [...taken, at].sort((a, b) => a - b)]]), now);
        return Temporal.Instant.fromEpochMilliseconds(Math.ceil(at));
      });
    },
  };
}

const appKey = "app";
const second = 1_000;
const longestWindow = Math.max(...conversationWindows.map((window) => window.milliseconds));

function keyOf(conversation: string): string {
  return `conversation ${conversation}`;
}

async function save(tx: Kysely<Database>, hits: ReadonlyMap<string, readonly number[]>, now: number): Promise<void> {
  const values = [...hits].map(([key, moments]) => ({ key, hits: [...moments], saved_at: now }));
  await tx
    .insertInto("rate_limits")
    .values(values)
    .onConflict((conflict) => conflict.column("key").doUpdateSet({
        hits: (eb) => eb.ref("excluded.hits"),
        saved_at: (eb) => eb.ref("excluded.saved_at"),
      }),
    )
    .execute();
}
