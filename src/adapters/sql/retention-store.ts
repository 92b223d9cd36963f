import { type Kysely, type RawBuilder, sql } from "kysely";
import type { RetentionStore } from "../../features/retention/ports.ts";
import type { NetworkId } from "../../kernel/ids.ts";
import type { Instant } from "../../kernel/time.ts";
import { forgetLeavers } from "./forgotten-leavers.ts";
import type { Database } from "./tables.ts";
import { dateOf } from "./values.ts";

/** Deletes what is past its time, of one network. */
export function retentionStore(db: Kysely<Database>, network: NetworkId): RetentionStore {
  /** Deletes from a table of the network where its condition holds; gives how many rows went. */
  const forget = async (table: string, condition: RawBuilder<unknown>): Promise<number> => {
    const result = await sql`delete from ${sql.table(table)} as old where old.network = ${network} and ${condition}`.execute(db);
    return Number(result.numAffectedRows ?? 0);
  };
  const roundsBefore = (before: Instant) =>
    sql`(select id from check_in_rounds where network = ${network} and closed_at < ${dateOf(before)})`;
  const meetingsBefore = (before: Instant) => sql`(select id from events where network = ${network} and ends_at < ${dateOf(before)})`;
  const wavesBefore = (before: Instant) =>
    sql`(select id from pulse_waves where network = ${network} and closed_at < ${dateOf(before)} and cleared_at is not null)`;

  const store: RetentionStore = {
    async forgetCheckIns(before) {
      const ofRounds = sql`old.round in ${roundsBefore(before)}`;
      const gone = {
        checkIns: await forget("check_ins", ofRounds),
        secondCards: await forget("check_in_details", ofRounds),
        requests: await forget("requests", ofRounds),
      };
      await forget("round_teams", ofRounds);
      // Which teams stood behind a figure is only needed for comparing it with the next ones.
      await sql`update combined_summaries set value = jsonb_set(value, '{behind}', '{}')
        where network = ${network} and round in ${roundsBefore(before)} and value -> 'behind' <> '{}'`.execute(db);
      return gone;
    },

    async forgetCombined(before) {
      const combinedFigures = await forget("combined_summaries", sql`old.round in ${roundsBefore(before)}`);
      await forget("round_medians", sql`old.round in ${roundsBefore(before)}`);
      const first = before.toZonedDateTimeISO("UTC").toPlainDate().toString();
      await sql`update combined_summaries set value = jsonb_set(value, '{total,trend}', (
          select coalesce(jsonb_agg(point order by place), '[]')
          from jsonb_array_elements(value #> '{total,trend}') with ordinality as kept (point, place)
          where point ->> 'openedOn' >= ${first}))
        where network = ${network} and value #>> '{total,trend,0,openedOn}' < ${first}`.execute(db);
      return { combinedFigures };
    },

    async forgetDeliveries(before) {
      const due = sql`(select id from deliveries card
        where card.network = ${network} and card.created_at < ${dateOf(before)} and card.state <> 'pending'
          and not exists (select from round_teams part where part.network = card.network and part.round = card.occasion))`;
      const ofThose = sql`old.delivery in ${due}`;
      await forget("sent_cards", ofThose);
      await forget("links", ofThose);
      return { deliveries: await forget("deliveries", sql`old.id in ${due}`) };
    },

    async forgetAnswers(before) {
      const ofMeetings = sql`old.event in ${meetingsBefore(before)}`;
      const asked = sql`(select id from meeting_polls where network = ${network} and closed_at is not null and asked_at < ${dateOf(before)})`;
      const gone = {
        answersToMeetings: await forget("rsvps", ofMeetings),
        invitations: await forget("event_invitees", ofMeetings),
        answersToPolls: await forget("meeting_poll_answers", sql`old.poll in ${asked}`),
      };
      for (const table of ["rsvp_mirrors", "event_exclusions"]) await forget(table, ofMeetings);
      await forget("rsvp_erasures", sql`old.erased_at < ${dateOf(before)}`);
      await forget("meeting_polls", sql`old.id in ${asked}`);
      const emptied = await sql`update events set agenda = '{"items": null}', notes = null
        where network = ${network} and ends_at < ${dateOf(before)}
          and (notes is not null or agenda -> 'items' <> 'null')`.execute(db);
      return { ...gone, agendasAndNotes: Number(emptied.numAffectedRows ?? 0) };
    },

    async forgetMeetings(before) {
      await store.forgetAnswers(before);
      return { meetings: await forget("events", sql`old.ends_at < ${dateOf(before)}`) };
    },

    async forgetAsked(before) {
      return { askedInSurveys: await forget("pulse_asked", sql`old.wave in ${wavesBefore(before)}`) };
    },

    async forgetSurveys(before) {
      const ofWaves = sql`old.wave in ${wavesBefore(before)}`;
      for (const table of ["pulse_changes", "pulse_results", "pulse_responses", "pulse_asked"]) await forget(table, ofWaves);
      return { surveys: await forget("pulse_waves", sql`old.id in ${wavesBefore(before)}`) };
    },

    forgetLeavers: (before) => forgetLeavers(db, network, before),

    async forgetRates(before) {
      await db.deleteFrom("rate_limits").where("key", "like", "conversation %").where("saved_at", "<", before.epochMilliseconds).execute();
    },

    async forgetAudit(before) {
      // What the database would refuse waits until the log has a later entry.
      const latest = sql`(select at from audit_log where network = ${network} order by id desc limit 1)`;
      return { auditEntries: await forget("audit_log", sql`old.at < least(${dateOf(before)}, ${latest} - interval '2 years')`) };
    },
  };
  return store;
}
