import { describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { kinds, periodInWords } from "../../src/features/retention/model.ts";
import { RetentionSettings } from "../../src/features/retention/settings.ts";
import { forgetWhatIsDue } from "../../src/features/retention/use-cases.ts";
import { type EventId, newId, type PollId } from "../../src/kernel/ids.ts";
import { Temporal } from "../../src/kernel/time.ts";
import { aMeeting } from "../builders/meetings.ts";
import { everythingStored } from "./everything-stored.ts";
import { answer, close, openedWave } from "./pulse-people.ts";
import { lead, manager, member, roster, viewer } from "./rosters.ts";
import { london, type TestApp, testApp } from "./test-app.ts";

const lea = "lea@example.org";
const names = ["Ama", "Bix", "Cyd", "Dov"];
const mailOf = (name: string) => `${name.toLowerCase()}@example.org`;
const managers = names.map((name, index) => manager(name, { organisation: index % 2 === 0 ? "Riverside Care" : "Hill Trust" }));
const silent = manager("Zed", { area: "South East", place: "Lewisham" });
const everybody = [...managers, silent, lead("Lea"), lead("Ari", { scope: "North Central" }), lead("Sol", { scope: "South East" }), viewer("Vic")];

const quiet = { "check-ins": { opensByItself: false }, pulse: { opensByItself: false }, meetings: { firstOn: null } };

async function network(now: string): Promise<TestApp> {
  const app = await testApp({ now, roster: roster(...everybody) });
  expect((await app.api(lea, "PATCH", "settings", quiet)).status).toBe(200);
  return app;
}

/** A round that everybody has answered, all of it, and that has closed. */
async function closedRound(app: TestApp, closes: string) {
  await app.openRound();
  for (const [index, name] of names.entries()) {
    const card = await app.card(mailOf(name), "How is your caseload?");
    const said = { feeling: index === 0 ? "unsafe" : "busy", newPeople__link_worker: 1030 + index, waiting: 7 };
    expect(await card.press("Send", { ...said, ...(index === 0 ? { help: "call" } : {}) })).toMatchObject({ kind: "card" });
  }
  await app.settle();
  await app.moveTo(closes);
}

/** A meeting with an answer, an agenda and notes, and a closed poll with one. */
async function heldMeeting(app: TestApp, startsAt: string) {
  const person = await app.store.read(app.network).roster.personByEmail(mailOf("Ama"));
  if (person === null) throw new Error("Ama is missing");
  const [start, event, poll] = [london(startsAt), newId<EventId>(), newId<PollId>()];
  await app.store.transaction(app.network, async (tx) => {
    const notes = { text: "We agreed on the waiting list", actions: [] };
    await tx.events.add({ ...aMeeting({ id: event, agenda: { items: ["Waiting list"] }, notes }), startsAt: start, endsAt: start.add({ hours: 1 }) });
    await tx.events.saveInvitees([{ event, person: person.id, email: person.email, removedAt: null }]);
    const rsvp = { event, person: person.id, answer: "yes", answeredAt: start, yesSince: start, from: "card", mirror: "none" } as const;
    await tx.events.saveRsvp({ ...rsvp, raise: "Our waiting room", isListed: true });
    await tx.polls.add({ id: poll, planned: { index: 1, on: Temporal.PlainDate.from("2026-06-01") }, slots: [{ startsAt: start, endsAt: start }], askedAt: start, closedAt: start });
    await tx.polls.saveAnswer({ poll, person: person.id, slots: [0], answeredAt: start });
  });
}

const countOf = async (app: TestApp, ...tables: string[]) => {
  const counts: Record<string, number> = {};
  for (const table of tables) {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(app.database.db);
    counts[table] = rows[0]?.n ?? 0;
  }
  return counts;
};

const forgotten = async (app: TestApp) => {
  const { rows } = await sql<{ detail: object }>`select detail from audit_log where action = 'retention.forget' order by id`.execute(app.database.db);
  return rows.map(({ detail }) => detail);
};

describe("retention", () => {
  it("has a period and a reason for every table of the store", async () => {
    const app = await testApp({ now: "2026-05-19T09:30" });
    const { rows } = await sql<{ name: string }>`select tablename as name from pg_tables where schemaname = 'public' order by 1`.execute(app.database.db);
    const listed = kinds.flatMap(({ tables }) => tables).filter((name) => name !== "pgboss.*");
    expect(listed.toSorted()).toEqual(rows.map(({ name }) => name));
    expect(kinds.map((kind) => periodInWords(kind, RetentionSettings.parse({})))).toEqual(expect.arrayContaining(["24 months", "5 years", "60 days"]));
  });

  it("deletes single answers after 24 months by itself, keeps the combined figures, and says how many went of what", async () => {
    const app = await network("2026-05-19T09:30");
    await closedRound(app, "2026-06-02T17:00");
    await heldMeeting(app, "2026-06-02T10:00");
    const raw = ["check_ins", "check_in_details", "requests", "round_teams", "deliveries", "sent_cards", "rsvps", "event_invitees", "meeting_poll_answers"];
    const published = (await app.api("vic@example.org", "GET", "caseload-summary")).body;
    expect(published.total.last12Weeks.newPeople).toBe(1030 + 1031 + 1032 + 1033);

    await app.moveTo("2028-06-01T12:00");
    expect(await countOf(app, ...raw)).toMatchObject({ check_ins: 4, requests: 1, round_teams: 5, rsvps: 1, meeting_poll_answers: 1 });
    await app.moveTo("2028-06-03T12:00");
    expect(Object.entries(await countOf(app, ...raw)).filter(([, count]) => count > 0)).toEqual([]);
    const left = (await everythingStored(app.database)).split("\n");
    for (const given of ["103[0-3]", "unsafe", "Our waiting room", "We agreed on", "Waiting list"]) {
      expect(left.filter((row) => new RegExp(`\\b${given}\\b`).test(row))).toEqual([]);
    }

    expect(await forgotten(app)).toEqual([
      { removed: { checkIns: 4, requests: 1, deliveries: expect.any(Number), answersToMeetings: 1, invitations: 1, answersToPolls: 1, agendasAndNotes: 1 } },
    ]);
    const { body } = await app.api(lea, "GET", "audit-log?show=changes");
    expect(body.items[0]).toMatchObject({ words: "Steady deleted what had been kept for long enough", actor: null });
    expect((await app.api("vic@example.org", "GET", "caseload-summary")).body).toEqual(published);
  }, 30_000);

  it("answers about an old check-in from its combined figures, for leads of some areas from their own areas' alone", async () => {
    const app = await network("2026-05-19T09:30");
    await closedRound(app, "2026-06-02T17:00");
    const published = (await app.api("vic@example.org", "GET", "caseload-summary")).body;
    await app.moveTo("2028-07-03T12:00");
    await closedRound(app, "2028-07-19T17:00");
    const old = await app.api(lea, "GET", "caseload-summary?to=2026-12-31");
    expect(old.body).toMatchObject({ asOf: "2026-05-19", groups: published.groups, total: published.total, withheld: expect.stringContaining("aren't kept any more") });
    const own = await app.api("ari@example.org", "GET", "caseload-summary?to=2026-12-31");
    expect(own.body).toMatchObject({ groups: published.groups, total: { last12Weeks: null, trend: [] } });
    expect((await app.api("sol@example.org", "GET", "caseload-summary?to=2026-12-31")).body).toMatchObject({ groups: [], total: { last12Weeks: null, teams: 0 } });

    const long = await app.api(lea, "GET", "caseload-summary?from=2026-01-01");
    expect(long.body.total.trend.map((point: any) => point.openedOn)).toEqual(["2026-05-19", "2028-07-03"]);
    expect(long.body.groups[0].trend[0]).toEqual({ openedOn: "2026-05-19", load12: published.groups[0].last12Weeks.load });
    expect((await app.api(lea, "GET", "caseload-summary")).body.total.trend).toHaveLength(1);
    expect((await app.api("vic@example.org", "GET", "caseload-summary")).body.total.trend).toHaveLength(2);
    // Combined figures go after five years, from the later ones' trends, too.
    await app.moveTo("2031-07-19T12:00");
    expect((await app.api(lea, "GET", "caseload-summary?to=2026-12-31")).body).toMatchObject({ groups: [{ last12Weeks: null }, { last12Weeks: null }] });
    expect((await app.api("vic@example.org", "GET", "caseload-summary")).body.total.trend.map((point: any) => point.openedOn)).toEqual(["2028-07-03"]);
  }, 30_000);

  it("forgets name, address, account and chat of those who left, a year after, and keeps the figures whole", async () => {
    const app = await network("2026-05-19T09:30");
    await closedRound(app, "2026-06-02T17:00");
    await heldMeeting(app, "2026-06-02T10:00");
    await app.importCsv(roster(...everybody.filter(({ name }) => name !== "Ama")));
    const countsOf = () => countOf(app, "check_ins", "deliveries", "rsvps", "event_invitees", "audit_log");
    await app.moveTo("2027-06-01T12:00");
    expect(await everythingStored(app.database)).toContain("ama@example.org");
    const before = await countsOf();
    await app.moveTo("2027-06-04T12:00");
    // The name of a team stays with its history.
    const left = (await everythingStored(app.database)).split("\n");
    expect(left.filter((row) => /(?<!Team )\bAma\b|ama@example\.org/.test(row))).toEqual([]);
    expect(await countsOf()).toEqual({ ...before, audit_log: (before["audit_log"] ?? 0) + 1 });
    expect(await forgotten(app)).toEqual([{ removed: { peopleWhoLeft: 1 } }]);
    // Who comes back is somebody new; nothing of before is theirs.
    await app.importCsv(roster(...everybody));
    expect((await app.api(mailOf("Ama"), "GET", "me/data")).body).toMatchObject({ checkIns: [], meetings: [] });
  }, 30_000);

  it("takes what is past its time out of the audit log, which the database refuses for entries of two years", async () => {
    const app = await network("2026-05-19T09:30");
    await app.moveTo("2027-05-19T12:00");
    await app.api(lea, "PATCH", "settings", { retention: { auditYears: 2 } });
    await expect(sql`delete from audit_log`.execute(app.database.db)).rejects.toThrow("append-only");
    await app.moveTo("2028-05-21T12:00");
    // The log's own time counts: nothing was written down since.
    expect(await forgotten(app)).toEqual([]);
    await app.api(lea, "PATCH", "settings", {});
    await app.moveTo("2028-05-22T12:00");
    expect(await forgotten(app)).toEqual([{ removed: { auditEntries: expect.any(Number) } }]);
    const { rows } = await sql<{ action: string }>`select action from audit_log order by at`.execute(app.database.db);
    expect(rows.map(({ action }) => action)).toEqual(["settings.change", "PATCH settings", "settings.change", "PATCH settings", "retention.forget"]);
    for (const change of [sql`update audit_log set action = 'x'`, sql`truncate audit_log`, sql`delete from audit_log`]) {
      await expect(change.execute(app.database.db)).rejects.toThrow("append-only");
    }
  }, 30_000);

  it("forgets who was asked in a survey with the check-ins, and its results with the combined figures; chats of the send rate within a day", async () => {
    const app = await network("2027-01-12T09:30");
    // A survey needs ten to ask.
    await app.importCsv(roster(...everybody, ...["Wa", "Wb", "Wc", "Wd", "We"].map((name) => member(name))));
    const wave = await openedWave(app);
    for (const [index, name] of names.entries()) await answer(app, mailOf(name), (item) => (index + item) % 5);
    expect((await close(app, wave)).status).toBe(200);
    const surveys = () => countOf(app, "pulse_asked", "pulse_waves", "pulse_results");
    await app.moveTo("2029-01-11T12:00");
    expect(await surveys()).toEqual({ pulse_asked: 10, pulse_waves: 1, pulse_results: 1 });
    await app.moveTo("2029-01-13T12:00");
    expect(await surveys()).toEqual({ pulse_asked: 0, pulse_waves: 1, pulse_results: 1 });
    await app.moveTo("2032-01-13T12:00");
    expect(await surveys()).toEqual({ pulse_asked: 0, pulse_waves: 0, pulse_results: 0 });
    const { rows } = await sql<{ key: string }>`select key from rate_limits`.execute(app.database.db);
    expect(rows).toEqual([{ key: "app" }]);
  }, 30_000);

  it("is harmless when it runs twice, and twice at once", async () => {
    const app = await network("2026-05-19T09:30");
    await closedRound(app, "2026-06-02T17:00");
    const deps = { store: app.store, clock: { now: () => london("2028-07-01T12:00") } };
    await Promise.all([forgetWhatIsDue(deps, app.network), forgetWhatIsDue(deps, app.network)]);
    await forgetWhatIsDue(deps, app.network);
    expect(await forgotten(app)).toHaveLength(1);
  });

  it("keeps to what the network's leads set, within bounds", async () => {
    const app = await network("2026-05-19T09:30");
    const refused = await app.api(lea, "PATCH", "settings", { retention: { checkInMonths: 6, auditYears: 1 } });
    expect(refused).toMatchObject({ status: 422, body: { errors: [
      { path: "retention.checkInMonths", message: "Months that check-ins are kept: give a whole number from 12 to 36." },
      { path: "retention.auditYears", message: "Years that the audit log is kept: give a whole number from 2 to 10." },
    ] } });
    await app.api(lea, "PATCH", "settings", { retention: { checkInMonths: 12 } });
    await closedRound(app, "2026-06-02T17:00");
    await app.moveTo("2027-06-03T12:00");
    expect(await countOf(app, "check_ins", "combined_summaries")).toEqual({ check_ins: 0, combined_summaries: 2 });
  }, 30_000);
});
