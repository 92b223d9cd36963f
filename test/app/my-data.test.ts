import { describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { loadCardTemplates } from "../../src/adapters/cards/templates.ts";
import { myDataCards } from "../../src/features/account/my-data-card.ts";
import { type EventId, newId, type PollId } from "../../src/kernel/ids.ts";
import { Temporal } from "../../src/kernel/time.ts";
import { aMeeting } from "../builders/meetings.ts";
import { everythingStored } from "./everything-stored.ts";
import { lead, manager, roster } from "./rosters.ts";
import { type TestApp, testApp } from "./test-app.ts";

const ana = "ana@example.org";
const lea = "lea@example.org";

async function answered() {
  const people = roster(manager("Ana", { place: "Camden" }), manager("Ben"), lead("Lea"));
  const app = await testApp({ now: "2026-05-19T09:30", roster: people });
  for (const who of ["ana", "ben"]) await answer(app, `${who}@example.org`);
  await (await app.card(ana, "extra questions")).press("Send", { neededAnotherService: 987 });
  await app.settle();
  return app;
}

async function answer(app: TestApp, who: string) {
  if ((await app.store.read(app.network).rounds.current()) === null) await app.openRound();
  const typed = { feeling: "unsafe", newPeople__link_worker: 1234, waiting: 4321, help: "call" };
  await (await app.card(who, "How is your caseload?")).press("Send", typed);
  await app.settle();
}

const countOf = async (app: TestApp, table: string) => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(app.database.db);
  return rows[0]?.n;
};

describe("“my data”", () => {
  it("shows all that a person gave, in words, and nobody else's", async () => {
    const app = await answered();
    await app.say(ana, "my data");
    const { text } = await app.card(ana, "What is kept about you");
    expect(text).toContain("Name: Ana; email: ana@example.org; role: manager; area: North Central; place: Camden;");
    const [checkIn] = text.split("\n").filter((line) => line.startsWith("Kind: check-in; team: Team Ana; opens on: 2026-05-19;"));
    for (const given of ["feeling unsafe", "new people link worker 1234", "waiting 4321", "help call"]) expect(checkIn).toContain(given);
    expect(text).toContain("Kind: details; team: Team Ana; answers: needed another service 987;");
    expect(text).toContain("Kind: request; team: Team Ana; reasons: unsafe, call; due on: 2026-05-21; state: open");
    expect(text).not.toContain("Ben");
    const { body } = await app.api(ana, "GET", "me/data");
    expect(body.checkIns).toMatchObject([{ kind: "check-in" }, { kind: "details" }, { kind: "request" }]);
  });

  it("needs as many cards as a long time with the network fills, and Teams takes each of them", () => {
    const rows = Array.from({ length: 60 }, (_, n) => ({ kind: "check-in", id: `id-${n}`, opensOn: `day ${n}`, answers: { note: "x".repeat(500) } }));
    const parts = [{ name: "roster", label: "Roster" }, { name: "checkIns", label: "Check-ins" }];
    const pages = myDataCards(loadCardTemplates(), parts, { roster: [], checkIns: rows }).map((card) => JSON.stringify(card));
    expect(pages).toHaveLength(3);
    expect(pages[0]).toContain("What is kept about you, 1 of 3");
    expect(pages.join().match(/Kind: check-in; opens on: day/g)).toHaveLength(60);
    expect(pages.join()).not.toContain("id-");
    for (const page of pages) expect(page.length * 2).toBeLessThan(90_000);
  });
});

/** All that a person can give: besides check-ins a meeting's answer, a poll's, links, and days off. */
async function everythingGiven(app: TestApp, email: string) {
  const person = await app.store.read(app.network).roster.personByEmail(email);
  if (person === null) throw new Error(`Nobody has the e-mail ${email}`);
  const [event, poll, now] = [newId<EventId>(), newId<PollId>(), app.clock.now()];
  await app.store.transaction(app.network, async (tx) => {
    await tx.events.add(aMeeting({ id: event }));
    await tx.events.saveInvitees([{ event, person: person.id, email, removedAt: null }]);
    const given = { answer: "yes", answeredAt: now, yesSince: now, from: "card", isListed: true, mirror: "done" } as const;
    await tx.events.saveRsvp({ event, person: person.id, raise: "Our waiting room", ...given });
    await tx.events.saveAttendance(event, person.id, true);
    await tx.events.saveMirrored(event, person.id, { answer: "yes", at: now });
    await tx.events.saveExclusions(event, [person.id]);
    await tx.polls.add({ id: poll, planned: { index: 1, on: Temporal.PlainDate.from("2026-07-01") }, slots: [{ startsAt: now, endsAt: now }], askedAt: now, closedAt: null });
    await tx.polls.saveAnswer({ poll, person: person.id, slots: [0], answeredAt: now });
    await tx.links.renewed(person.id, now);
  });
  await app.api(email, "PATCH", "me/non-working", { text: "Mondays" });
  return person;
}

/** The tables that say something of a person. */
async function tablesAbout(app: TestApp, { id, email, name }: { id: string; email: string; name: string }): Promise<string[]> {
  const rows = (await everythingStored(app.database)).split("\n").filter((row) => [id, email].some((mark) => row.includes(mark)) || new RegExp(`\\b${name}\\b`).test(row));
  return [...new Set(rows.map((row) => row.slice(0, row.indexOf(" "))))].sort();
}

describe("“delete my data”", () => {
  it("leaves nothing that the person gave in any table: only that they are a member, what was sent to them, and who did what", async () => {
    const app = await answered();
    const person = await everythingGiven(app, ana);
    const { body } = await app.api(ana, "GET", "me/data");
    expect(body.meetings).toMatchObject([{ kind: "answer", wantsToRaise: "Our waiting room", attended: true }, { kind: "dates that suit you", for: "2026-07-01" }, { kind: "non-working times" }]);
    expect(body.traces).toContainEqual(expect.objectContaining({ kind: "cards sent to you", what: "check-in", count: 1 }));

    const gave = ["check_in_details", "check_ins", "event_exclusions", "link_renewals", "meeting_poll_answers", "non_working_times", "requests", "rsvp_mirrors", "rsvps"];
    const before = await tablesAbout(app, person);
    expect((await app.api(ana, "DELETE", "me/data")).body.erased).toMatchObject({ checkIns: 1, meetings: 3 });
    const after = await tablesAbout(app, person);
    expect((await app.database.db.selectFrom("event_invitees").select("attended").execute()).map(({ attended }) => attended)).toEqual([null]);
    expect(before.filter((table) => !after.includes(table))).toEqual(gave.map((table) => `public.${table}`));
    expect(after).toEqual(
      // That answers in calendars from before aren't taken over again is remembered without them.
      ["audit_log", "conversations", "deliveries", "event_invitees", "identities", "people", "rsvp_erasures", "team_managers", "teams"].map((table) => `public.${table}`),
    );
    const { rows } = await sql<{ detail: object }>`select detail from audit_log where action = 'my-data.erase'`.execute(app.database.db);
    expect(rows).toEqual([{ detail: { checkIns: 1, installs: 0, links: 0, meetings: 3, pulse: 0 } }]);
  });

  it("asks first, and keeps everything until that is confirmed", async () => {
    const app = await answered();
    await app.say(ana, "delete my data");
    expect(await countOf(app, "check_ins")).toBe(2);
    expect((await app.card(ana, "Erase what you answered?")).buttons).toEqual(["Erase"]);
  });

  it("erases what the person gave from the tables, the summary and everybody's cards, and nobody else's", async () => {
    const app = await answered();
    await app.say(ana, "delete my data");
    expect(await (await app.card(ana, "Erase what")).press("Erase")).toMatchObject({ kind: "card" });
    // Teams takes only so many changes a second in one chat; the rest follow.
    await app.moveTo("2026-05-19T09:31");
    expect((await app.card(ana, "Erased")).text).toContain("Check-ins that you answered: 1 erased");
    expect([await countOf(app, "check_ins"), await countOf(app, "check_in_details"), await countOf(app, "requests")]).toEqual([1, 0, 1]);
    expect(await everythingStored(app.database)).not.toMatch(/neededAnotherService|\b987\b(?!\+)/);

    const { body } = await app.api(lea, "GET", "caseload-summary");
    expect(body).toMatchObject({ coverage: "1 of 2 teams", total: { waiting: 4321, last12Weeks: { newPeople: 1234, teams: 1 } } });

    const shown = (await app.cards(ana)).map((card) => card.text).join("\n");
    for (const figure of ["1234", "1,234", "987", "Lea has been told"]) expect(shown).not.toContain(figure);
    const work = (await app.cards(lea)).map((card) => card.text);
    expect(work.filter((text) => text.includes("Ana says"))).toEqual([]);
    expect(work.filter((text) => text.includes("Ben says"))).toHaveLength(1);
    expect(work.filter((text) => text.startsWith("No longer needed"))).toHaveLength(1);
    expect((await app.api(ana, "GET", "me/data")).body.checkIns).toEqual([]);
  });

  it("leaves the round open to the person, who can answer anew", async () => {
    const app = await answered();
    expect((await app.api(ana, "DELETE", "me/data")).body).toEqual({ erased: { checkIns: 1, installs: 0, links: 0, meetings: 0, pulse: 0 } });
    await app.settle();
    await (await app.card(ana, "Skipped this time")).press("Answer after all");
    await answer(app, ana);
    expect(await countOf(app, "check_ins")).toBe(2);
  });
});
