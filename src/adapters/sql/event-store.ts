import { type Kysely, sql } from "kysely";
import { z } from "zod";
import { NonWorkingTime } from "../../features/meetings/non-working.ts";
import type { EventStore } from "../../features/meetings/ports.ts";
import { chunksOf } from "../../kernel/chunks.ts";
import { asId, type EventId, type NetworkId, type PersonId } from "../../kernel/ids.ts";
import { eventOf, eventRow, inviteeOf, mirroredOf, rsvpOf, rsvpRow } from "./event-rows.ts";
import type { Database } from "./tables.ts";
import { anyOf, dateOf, instantOf, jsonOf } from "./values.ts";

const times = z.array(NonWorkingTime);

/** The events of one network, who is invited to them and what they answered. */
export function eventStore(db: Kysely<Database>, network: NetworkId): EventStore {
  const events = () => db.selectFrom("events").selectAll().where("network", "=", network);
  const kept = () => events().where("cancelled_at", "is", null);
  const invitations = () => db.updateTable("event_invitees").where("network", "=", network);
  const marked = () => db.selectFrom("event_invitees").selectAll().where("network", "=", network).where("attended", "is not", null);
  const rsvps = () => db.selectFrom("rsvps").selectAll().where("network", "=", network);

  return {
    async add(event) {
      const added = await db
        .insertInto("events")
        .values(eventRow(network, event))
        .onConflict((conflict) => conflict.doNothing())
        .returning("id")
        .executeTakeFirst();
      return added !== undefined;
    },

    async save(event) {
      const { id } = event;
      await db.updateTable("events").set(eventRow(network, event)).where("network", "=", network).where("id", "=", id).execute();
    },

    async byId(id) {
      const row = await events().where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : eventOf(row);
    },

    async byIds(ids) {
      if (ids.length === 0) return new Map();
      const rows = await events().where("id", "=", anyOf(ids)).execute();
      return new Map(rows.map(eventOf).map((event) => [event.id, event]));
    },

    async lock(id) {
      const row = await events().where("id", "=", id).forUpdate().executeTakeFirst();
      return row === undefined ? null : eventOf(row);
    },

    async byCalendarId(calendarEventId) {
      const row = await events().where("calendar_event_id", "=", calendarEventId).executeTakeFirst();
      return row === undefined ? null : eventOf(row);
    },

    async page({ limit, after }) {
      let query = events().orderBy("starts_at", "desc").orderBy("id", "desc").limit(limit);
      if (after !== null) {
        const cursor = sql`select starts_at, id from events where network = ${network} and id = ${after}`;
        query = query.where(sql<boolean>`(starts_at, id) < (${cursor})`);
      }
      return (await query.execute()).map(eventOf);
    },

    async upcoming(now) {
      const rows = await kept().where("ends_at", ">", dateOf(now)).orderBy("starts_at").orderBy("id").execute();
      return rows.map(eventOf);
    },

    async past(now, limit) {
      const query = kept().where("starts_at", "<=", dateOf(now)).orderBy("starts_at", "desc").orderBy("id", "desc");
      return (await query.limit(limit).execute()).map(eventOf);
    },

    async plannedDates(since) {
      // A cancelled date stays free of meetings too, unless somebody books it again.
      const rows = await db
        .selectFrom("events")
        .select("planned_on")
        .where("network", "=", network)
        .where("planned_on", ">=", since.toString())
        .execute();
      return new Set(rows.flatMap((row) => (row.planned_on === null ? [] : [row.planned_on])));
    },

    async outOfStep(now) {
      const rows = await events()
        .where("ends_at", ">", dateOf(now))
        .where((eb) => eb.or([eb("calendar_state", "=", "pending"), eb("calendar_event_id", "is", null)]))
        .where("calendar_state", "!=", "in-step")
        .orderBy("id")
        .execute();
      return rows.map(eventOf);
    },

    async invitees(event) {
      const query = db.selectFrom("event_invitees").selectAll().where("network", "=", network).where("event", "=", event);
      return (await query.orderBy("person").execute()).map(inviteeOf);
    },

    async saveInvitees(invitees) {
      for (const chunk of chunksOf(invitees, 500)) {
        await db
          .insertInto("event_invitees")
          .values(
            chunk.map(({ event, person, email, removedAt }) => ({
              network,
              event,
              person,
              email,
              removed_at: removedAt === null ? null : dateOf(removedAt),
            })),
          )
          .onConflict((conflict) =>
            conflict.columns(["network", "event", "person", "email"]).doUpdateSet({
              removed_at: (eb) => eb.ref("excluded.removed_at"),
            }),
          )
          .execute();
      }
    },

    async attendance(event) {
      const rows = await marked().where("event", "=", event).execute();
      return new Map(rows.map((row) => [asId<PersonId>(row.person), row.attended === true]));
    },

    async attendanceOf(person) {
      const rows = await marked().where("person", "=", person).execute();
      return new Map(rows.map((row) => [asId<EventId>(row.event), row.attended === true]));
    },

    async saveAttendance(event, person, attended) {
      await invitations().set({ attended }).where("event", "=", event).where("person", "=", person).execute();
    },

    async rsvp(event, person) {
      const row = await rsvps().where("event", "=", event).where("person", "=", person).executeTakeFirst();
      return row === undefined ? null : rsvpOf(row);
    },

    async rsvps(event) {
      return (await rsvps().where("event", "=", event).orderBy("person").execute()).map(rsvpOf);
    },

    async saveRsvp(rsvp) {
      const row = rsvpRow(network, rsvp);
      await db
        .insertInto("rsvps")
        .values(row)
        .onConflict((conflict) => conflict.columns(["network", "event", "person"]).doUpdateSet(row))
        .execute();
    },

    async rsvpsOf(person) {
      return (await rsvps().where("person", "=", person).orderBy("answered_at").execute()).map(rsvpOf);
    },

    async erasures() {
      const rows = await db.selectFrom("rsvp_erasures").selectAll().where("network", "=", network).execute();
      return new Map(rows.map((row) => [asId<PersonId>(row.person), instantOf(row.erased_at)]));
    },

    async eraseRsvpsOf(person, at) {
      await sql`update event_exclusions set people = array_remove(people, ${person}::uuid)
        where network = ${network} and ${person}::uuid = any(people)`.execute(db);
      await invitations().set({ attended: null }).where("person", "=", person).execute();
      await db.deleteFrom("rsvp_mirrors").where("network", "=", network).where("person", "=", person).execute();
      await db
        .insertInto("rsvp_erasures")
        .values({ network, person, erased_at: dateOf(at) })
        .onConflict((conflict) => conflict.columns(["network", "person"]).doUpdateSet({ erased_at: dateOf(at) }))
        .execute();
      const rows = await db
        .deleteFrom("rsvps")
        .where("network", "=", network)
        .where("person", "=", person)
        .returning("event")
        .execute();
      return rows.length;
    },

    async mirrored(event) {
      const query = db.selectFrom("rsvp_mirrors").selectAll().where("network", "=", network).where("event", "=", event);
      return new Map((await query.execute()).map((row) => [asId<PersonId>(row.person), mirroredOf(row)]));
    },

    async saveMirrored(event, person, { answer, at }) {
      const values = { answer, written_at: dateOf(at) };
      await db
        .insertInto("rsvp_mirrors")
        .values({ network, event, person, ...values })
        .onConflict((conflict) => conflict.columns(["network", "event", "person"]).doUpdateSet(values))
        .execute();
    },

    async nonWorking() {
      const rows = await db.selectFrom("non_working_times").selectAll().where("network", "=", network).execute();
      return new Map(rows.map((row) => [asId<PersonId>(row.person), times.parse(row.times)]));
    },

    async saveNonWorking(person, value) {
      if (value.length === 0) {
        await db.deleteFrom("non_working_times").where("network", "=", network).where("person", "=", person).execute();
        return;
      }
      await db
        .insertInto("non_working_times")
        .values({ network, person, times: jsonOf(value) })
        .onConflict((conflict) => conflict.columns(["network", "person"]).doUpdateSet({ times: jsonOf(value) }))
        .execute();
    },

    async exclusions(limit) {
      const rows = await db
        .selectFrom("event_exclusions")
        .innerJoin("events", (join) =>
          join.onRef("events.network", "=", "event_exclusions.network").onRef("events.id", "=", "event_exclusions.event"),
        )
        .select("event_exclusions.people")
        .where("event_exclusions.network", "=", network)
        .where("events.cancelled_at", "is", null)
        .orderBy("events.starts_at", "desc")
        .limit(limit)
        .execute();
      return rows.map((row) => row.people.map((id) => asId<PersonId>(id)));
    },

    async saveExclusions(event, people) {
      const values = { people: [...people] };
      await db
        .insertInto("event_exclusions")
        .values({ network, event, ...values })
        .onConflict((conflict) => conflict.columns(["network", "event"]).doUpdateSet(values))
        .execute();
    },
  };
}
