import { isDeepStrictEqual } from "node:util";
import { type Kysely, sql } from "kysely";
import type { MailRate, SendRate } from "../../features/deliveries/ports.ts";
import type { InstallRate } from "../../features/installs/ports.ts";
import { conversationWindows, firstGap, firstWithin, gapFor, recent, refusalsCountFor, type Window } from "../../features/deliveries/rate.ts";
import { type Clock, type Instant, Temporal } from "../../kernel/time.ts";
import { together } from "../../kernel/together.ts";
import type { Database } from "./tables.ts";

/**
 * The send rate of one app in one tenant, kept in the store so that all replicas share it: every reservation locks the
 * app's row, works out the next free moments and writes them back. Those of one process that come at once share one.
 * @param options.requestsPerSecond the platform's limit for the whole app
 */
export function sendRate(db: Kysely<Database>, clock: Clock, options: { requestsPerSecond: number }): SendRate {
  const others = otherReplicas();
  const reserve = async (conversations: readonly (string | null)[]): Promise<Instant[]> => {
    const keys = [...new Set(conversations.filter((id) => id !== null).map(keyOf))].sort();
    return db.transaction().execute(async (tx) => {
      const found = await lock(tx, appKey);
      // The app's row lets one reservation in at a time, so the others need no lock. They are read by a statement of
      // their own: one that had waited for the lock wouldn't see the rows that were added meanwhile.
      const rows = await sql<{ key: string; hits: number[]; saved_at: number }>`
        select key, hits, saved_at from rate_limits where key = any(${[appKey, refusedKey, ...keys]})`.execute(tx);
      const now = clock.now().epochMilliseconds;
      const hits = new Map(rows.rows.map(({ key, hits: moments, saved_at }) => [key, recent(moments, saved_at, now, countsFor(key))]));
      const areSeveral = others.areAtWork(found.hits, now);
      const gap = gapFor(options.requestsPerSecond, { refusals: hits.get(refusedKey)?.length ?? 0, areSeveral });
      hits.delete(refusedKey);
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
      others.remember(hits.get(appKey) ?? []);
      return moments.map((at) => Temporal.Instant.fromEpochMilliseconds(Math.ceil(at)));
    });
  };
  const reserveTogether = together<readonly (string | null)[], readonly Instant[]>(
    () => appKey,
    async (wanted) => {
      const moments = await reserve(wanted.flat());
      return wanted.map((one, n) => {
        const before = wanted.slice(0, n).flat().length;
        return moments.slice(before, before + one.length);
      });
    },
  );
  const noteRefusals = together<Instant, null>(
    () => refusedKey,
    async (moments) =>
      db.transaction().execute(async (tx) => {
        const { hits, saved_at } = await lock(tx, refusedKey);
        const now = clock.now().epochMilliseconds;
        const all = [...recent(hits, saved_at, now, refusalsCountFor), ...moments.map((at) => at.epochMilliseconds)];
        await save(tx, new Map([[refusedKey, all]]), now);
        return moments.map(() => null);
      }),
  );

  return {
    reserve: async (conversations) => (conversations.length === 0 ? [] : reserveTogether(conversations)),
    async refused() {
      await noteRefusals(clock.now());
    },
  };
}

/** For how long other replicas count as at work after they were noticed, in milliseconds. */
const othersCountFor = 60_000;

/** Notices other replicas by what they have put into the app's row since this one wrote it. */
function otherReplicas() {
  let written: readonly number[] | null = null;
  let seenAt = -Infinity;
  return {
    /** True when others have reserved lately. */
    areAtWork(hits: readonly number[], now: number): boolean {
      if (written !== null && !isDeepStrictEqual(hits, written)) seenAt = now;
      return Math.abs(now - seenAt) < othersCountFor;
    },
    remember(hits: readonly number[]): void {
      written = hits;
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
        const { hits, saved_at } = await lock(tx, key);
        const now = clock.now().epochMilliseconds;
        const taken = recent(hits, saved_at, now, milliseconds);
        const at = firstGap(taken, now, gap);
        await save(tx, new Map([[key, [...taken, at].sort((a, b) => a - b)]]), now);
        return Temporal.Instant.fromEpochMilliseconds(Math.ceil(at));
      });
    },
  };
}

const appKey = "app";
/** The moments at which the service refused a request of the app as one too many. */
const refusedKey = "refused";
const second = 1_000;
const longestWindow = Math.max(...conversationWindows.map((window) => window.milliseconds));

/** How long a moment of this key matters after it, in milliseconds. */
function countsFor(key: string): number {
  if (key === refusedKey) return refusalsCountFor;
  return key === appKey ? second : longestWindow;
}

function keyOf(conversation: string): string {
  return `conversation ${conversation}`;
}

/** Locks the row of this key until the transaction ends, made where there is none, and gives what it holds. */
async function lock(tx: Kysely<Database>, key: string): Promise<{ readonly hits: readonly number[]; readonly saved_at: number }> {
  for (;;) {
    const { rows } = await sql<{ hits: number[]; saved_at: number }>`
      select hits, saved_at from rate_limits where key = ${key} for update`.execute(tx);
    const [row] = rows;
    if (row !== undefined) return row;
    await sql`insert into rate_limits (key, hits) values (${key}, '{}') on conflict (key) do nothing`.execute(tx);
  }
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
