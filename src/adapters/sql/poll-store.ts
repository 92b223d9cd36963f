import type { Kysely, Selectable } from "kysely";
import { z } from "zod";
import type { Poll, PollAnswer } from "../../features/meetings/polls.ts";
import type { PollStore } from "../../features/meetings/ports.ts";
import { asId, type NetworkId, type PollId } from "../../kernel/ids.ts";
import { Temporal } from "../../kernel/time.ts";
import type { Database } from "./tables.ts";
import { anyOf, dateOf, instantOf, jsonOf, localDateOf } from "./values.ts";

const moment = z.string().transform((text) => Temporal.Instant.from(text));
const slots = z.array(z.object({ startsAt: moment, endsAt: moment }));

function pollOf(row: Selectable<Database["meeting_polls"]>): Poll {
  return {
    id: asId(row.id),
    planned: { index: row.planned_index, on: localDateOf(row.planned_on) },
    slots: slots.parse(row.slots),
    askedAt: instantOf(row.asked_at),
    closedAt: row.closed_at === null ? null : instantOf(row.closed_at),
  };
}

function answerOf(row: Selectable<Database["meeting_poll_answers"]>): PollAnswer {
  return { poll: asId(row.poll), person: asId(row.person), slots: row.slots, answeredAt: instantOf(row.answered_at) };
}

/** Polls about dates of one network, and what people answered. */
export function pollStore(db: Kysely<Database>, network: NetworkId): PollStore {
  const polls = () => db.selectFrom("meeting_polls").selectAll().where("network", "=", network);
  const answers = () => db.selectFrom("meeting_poll_answers").selectAll().where("network", "=", network);
  return {
    async add({ id, planned, slots: asked, askedAt, closedAt }) {
      const added = await db
        .insertInto("meeting_polls")
        .values({
          network,
          id,
          planned_index: planned.index,
          planned_on: planned.on.toString(),
          slots: jsonOf(asked.map(({ startsAt, endsAt }) => ({ startsAt: startsAt.toString(), endsAt: endsAt.toString() }))),
          asked_at: dateOf(askedAt),
          closed_at: closedAt === null ? null : dateOf(closedAt),
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning("id")
        .executeTakeFirst();
      return added !== undefined;
    },

    async byIds(ids) {
      if (ids.length === 0) return new Map();
      const rows = await polls().where("id", "=", anyOf(ids)).execute();
      return new Map(rows.map(pollOf).map((poll) => [poll.id, poll]));
    },

    async open() {
      const rows = await polls().where("closed_at", "is", null).orderBy("planned_on").orderBy("id").execute();
      return rows.map(pollOf);
    },

    async about(dates) {
      if (dates.length === 0) return new Map();
      const rows = await polls().where("planned_on", "in", dates.map(String)).orderBy("asked_at").execute();
      return new Map(rows.map((row) => [row.planned_on, pollOf(row)]));
    },

    async close(plannedOn, at) {
      const row = await db
        .updateTable("meeting_polls")
        .set({ closed_at: dateOf(at) })
        .where("network", "=", network)
        .where("planned_on", "=", plannedOn.toString())
        .where("closed_at", "is", null)
        .returning("id")
        .executeTakeFirst();
      return row === undefined ? null : asId<PollId>(row.id);
    },

    async saveAnswer({ poll, person, slots: suiting, answeredAt }) {
      const values = { slots: [...suiting], answered_at: dateOf(answeredAt) };
      await db
        .insertInto("meeting_poll_answers")
        .values({ network, poll, person, ...values })
        .onConflict((conflict) => conflict.columns(["network", "poll", "person"]).doUpdateSet(values))
        .execute();
    },

    async answers(poll) {
      return (await answers().where("poll", "=", poll).orderBy("person").execute()).map(answerOf);
    },

    async answersOf(person) {
      return (await answers().where("person", "=", person).orderBy("answered_at").execute()).map(answerOf);
    },

    async eraseOf(person) {
      const rows = await db
        .deleteFrom("meeting_poll_answers")
        .where("network", "=", network)
        .where("person", "=", person)
        .returning("poll")
        .execute();
      return rows.length;
    },
  };
}
