import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { loadCardTemplates } from "../../src/adapters/cards/templates.ts";
import { type DatabaseOptions, openDatabase, type OpenDatabase } from "../../src/adapters/sql/database.ts";
import { directory } from "../../src/adapters/sql/directory-store.ts";
import { sqlStore } from "../../src/adapters/sql/store.ts";
import { systemClock } from "../../src/adapters/system.ts";
import { openRound } from "../../src/features/check-ins/rounds.ts";
import { botIdOf, userIdOf } from "../../src/local/connector/ids.ts";
import { silent } from "../support/logger.ts";

/** Somebody who is asked about their team, and the chat in which they are. */
export interface Asked {
  readonly objectId: string;
  readonly delivery: string;
  readonly conversation: string;
}

export type Chats = readonly (readonly [objectId: string, conversation: string])[];

async function inStore<Result>(where: DatabaseOptions, use: (database: OpenDatabase) => Promise<Result>): Promise<Result> {
  const database = await openDatabase(where, silent);
  try {
    return await use(database);
  } finally {
    await database.close();
  }
}

/** Everybody whom the round asks, in the order in which their cards go. */
export async function askedIn(where: DatabaseOptions, chats: Chats): Promise<Asked[]> {
  const conversations = new Map(chats);
  return inStore(where, async ({ db }) => {
    const { rows } = await sql<{ id: string; object_id: string }>`
      select d.id, i.object_id from deliveries d join identities i on i.network = d.network and i.person = d.recipient
      where d.purpose = 'check-in' order by d.id`.execute(db);
    return rows.map((row) => ({ objectId: row.object_id, delivery: row.id, conversation: conversations.get(row.object_id) ?? "" }));
  });
}

/**
 * Opens a round as the product does, in a store that no server has open, and leaves out the sending: by SQL each card
 * lies in its chat already. The chats don't know these cards, so bringing one up to date costs a request that fails, and
 * a transaction more than in earnest.
 */
export async function openAndDeliver(where: DatabaseOptions, chats: Chats, serviceUrl: string): Promise<void> {
  await inStore(where, async ({ db, tidy }) => {
    const [network] = await directory(db).networks();
    if (network === undefined) throw new Error("No roster was imported.");
    const store = sqlStore(db, () => ({ add: () => Promise.resolve() }));
    const deps = { store, clock: systemClock, templates: loadCardTemplates(), nextMeeting: () => Promise.resolve(null) };
    const opened = await openRound(deps, network.id, null);
    if (!opened.ok) throw new Error(`No round could be opened: ${opened.why}.`);
    await sql`
      insert into conversations (network, person, conversation_id, service_url, state, updated_at)
      select i.network, i.person, chat.conversation, ${serviceUrl}, 'open', now()
      from unnest(${chats.map(([objectId]) => objectId)}::uuid[], ${chats.map(([, conversation]) => conversation)}::text[])
        as chat (object_id, conversation) join identities i on i.object_id = chat.object_id`.execute(db);
    await sql`
      insert into sent_cards (network, delivery, service_url, conversation_id, activity_id, sent_at)
      select d.network, d.id, c.service_url, c.conversation_id, d.id::text, now()
      from deliveries d join conversations c on c.network = d.network and c.person = d.recipient`.execute(db);
    await sql`update deliveries set state = 'delivered', attempts = 1, delivered_at = now()`.execute(db);
    await tidy();
  });
}

/** What somebody answers: different figures from one to the next, so that a mix-up shows. */
function answersOf(n: number) {
  const feeling = (["comfortable", "busy", "stretched"] as const)[n % 3];
  return { feeling, newPeople: 20 + (n % 97), supported: 60 + (n % 89), waiting: n % 83 };
}

/** The bot as Teams knows it. */
export interface Bot {
  readonly appId: string;
  readonly tenantId: string;
  readonly serviceUrl: string;
}

/** A press of "Send" as Teams posts it. @param n which answers are given */
export function pressOf({ appId, tenantId, serviceUrl }: Bot, { objectId, delivery, conversation }: Asked, n: number): string {
  const { feeling, newPeople, supported, waiting } = answersOf(n);
  const typed = {
    ...{ feeling, newPeople__link_worker: String(newPeople), supported__link_worker: String(supported), waiting: String(waiting) },
    ...{ longestWaitWeeks: "", help: "nothing", wte__link_worker: "1" },
  };
  const action = { type: "Action.Execute", title: "Send", verb: "checkIn.submit", data: { delivery, verb: "checkIn.submit", ...typed } };
  return JSON.stringify({
    ...{ type: "invoke", name: "adaptiveCard/action", id: `f:${randomUUID()}`, timestamp: new Date().toISOString() },
    ...{ channelId: "msteams", serviceUrl, locale: "en-GB", localTimezone: "Europe/London", replyToId: delivery },
    from: { id: userIdOf(appId, objectId), name: "Manager", aadObjectId: objectId },
    conversation: { id: conversation, tenantId, conversationType: "personal" },
    recipient: { id: botIdOf(appId), name: "Bot" },
    entities: [{ type: "clientInfo", locale: "en-GB", country: "GB", platform: "Web", timezone: "Europe/London" }],
    channelData: { tenant: { id: tenantId }, source: { name: "message" }, legacy: { replyToId: delivery } },
    value: { action, trigger: "manual" },
  });
}

/** Throws unless the store has what each of them answered, and nothing else. @param answered in the order of `pressOf`'s n */
export async function expectStored(where: DatabaseOptions, answered: readonly Asked[]): Promise<void> {
  const wanted = new Map(answered.map(({ delivery }, n) => [delivery, answersOf(n)]));
  await inStore(where, async ({ db }) => {
    const { rows } = await sql<{ id: string; answers: { feeling?: string; waiting?: number; newPeople?: { link_worker?: number } } }>`
      select d.id, c.answers from check_ins c
      left join deliveries d on d.network = c.network and d.occasion = c.round and d.subject = c.team and d.recipient = c.person
        and d.purpose = 'check-in'`.execute(db);
    const right = rows.filter(({ id, answers }) => {
      const given = wanted.get(id);
      wanted.delete(id);
      return given?.feeling === answers.feeling && given?.waiting === answers.waiting && given?.newPeople === answers.newPeople?.link_worker;
    });
    if (right.length !== rows.length || wanted.size > 0) {
      throw new Error(`Of ${answered.length} answers ${right.length} are stored as they were given; there are ${rows.length} in all, and ${wanted.size} are missing.`);
    }
  });
}
