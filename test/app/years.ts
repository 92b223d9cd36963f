import { expect } from "@jest/globals";
import { sql } from "kysely";
import { type LocalDate, Temporal } from "../../src/kernel/time.ts";
import { roundsOf } from "./ledger.ts";
import { answer, askedMails, openedWave, pulseNetwork, share, summaryOf } from "./pulse-people.ts";
import { lead, manager, roster } from "./rosters.ts";
import { london, testApp } from "./test-app.ts";

/** Goes through a year of check-ins that open by themselves, on the days that are meant. */
export async function yearOfRounds(isLooked: (day: LocalDate) => boolean): Promise<void> {
  const [ana, lea] = ["ana@example.org", "lea@example.org"];
  const app = await testApp({ now: "2026-12-14T12:00", roster: roster(manager("Ana"), lead("Lea")) });
  for (let day = Temporal.PlainDate.from("2026-12-15"); day.toString() < "2028-01-14"; day = day.add({ days: 1 })) {
    if (!isLooked(day)) continue;
    await app.moveTo(`${day.toString()}T09:30`, ...(day.dayOfWeek === 2 || day.dayOfWeek === 3 ? [`${day.toString()}T17:00`] : []));
  }
  const times = (await roundsOf(app, lea)).map((round) => [round.openedAt, round.closedAt]);
  expect(times).toEqual([
    ["2026-12-15T09:30:00+00:00", "2026-12-29T17:00:00+00:00"],
    ["2027-01-26T09:30:00+00:00", "2027-02-09T17:00:00+00:00"],
    ["2027-03-09T09:30:00+00:00", "2027-03-23T17:00:00+00:00"],
    ["2027-04-20T09:30:00+01:00", "2027-05-04T17:00:00+01:00"],
    ["2027-06-01T09:30:00+01:00", "2027-06-15T17:00:00+01:00"],
    ["2027-07-13T09:30:00+01:00", "2027-07-27T17:00:00+01:00"],
    ["2027-08-24T09:30:00+01:00", "2027-09-07T17:00:00+01:00"],
    ["2027-10-05T09:30:00+01:00", "2027-10-19T17:00:00+01:00"],
    ["2027-11-16T09:30:00+00:00", "2027-11-30T17:00:00+00:00"],
    // Both days before are bank holidays.
    ["2027-12-29T09:30:00+00:00", "2028-01-12T17:00:00+00:00"],
  ]);
  expect((await app.cards(ana)).map((card) => card.text.split("\n")[0])).toContain("This check-in has closed");
}

/** Goes through a year of surveys between meetings, on the working days that are meant. */
export async function yearOfWaves(isLooked: (day: LocalDate) => boolean): Promise<void> {
  const everybody = askedMails(4, 8);
  const [ma = ""] = everybody;
  const settings = { meetings: { firstOn: "2027-01-12", bookByItself: true }, "check-ins": { opensByItself: true, weekday: 1 } };
  const app = await pulseNetwork({ now: "2027-01-04T09:00" }, settings);
  const read = app.store.read(app.network);
  const sent = new Map<string, { person: string; at: Temporal.Instant }>();
  const opened = new Map<string, string>();
  const shared: string[] = [];
  for (let day = Temporal.PlainDate.from("2027-01-05"); day.year < 2028; day = day.add({ days: 1 })) {
    if (day.dayOfWeek > 5 || !isLooked(day)) continue;
    // What is put off for a week is due a moment after this time of another day.
    await app.moveTo(`${day.toString()}T12:01`, `${day.toString()}T12:02`);
    if (day.toString() === "2027-02-02") await openedWave(app);
    const [wave] = await read.pulse.page({ limit: 1, after: null });
    if (wave !== undefined && !opened.has(wave.id)) {
      opened.set(wave.id, day.toString());
      const members = everybody.slice(4);
      // The week rule may have put managers' cards off.
      for (const [place, email] of members.entries()) await answer(app, email, (place + opened.size) % 5).catch(() => undefined);
    }
    // The second one's results are shared late: the third has to wait for them.
    const isLate = opened.size === 2 && day.toString() < "2027-07-26";
    if (wave !== undefined && wave.closedAt !== null && wave.sharedAt === null && !isLate) {
      await share(app, wave.id);
      shared.push(day.toString());
    }
    const { rows } = await sql<{ id: string; recipient: string; at: Date }>`
      select id, recipient, delivered_at as at from deliveries where unasked and delivered_at is not null`.execute(app.database.db);
    for (const { id, recipient, at } of rows) {
      sent.set(`${id} ${at.toISOString()}`, { person: recipient, at: Temporal.Instant.from(at.toISOString()) });
    }
  }
  const days = [...opened.values()];
  expect(days).toEqual(["2027-02-02", "2027-04-27", "2027-08-02", "2027-10-12"]);
  for (const [place, day] of days.slice(1).entries()) expect({ day, isAfter: (shared[place] ?? "") < day }).toEqual({ day, isAfter: true });
  const meetings = (await read.events.upcoming(london("2027-01-01T00:00"))).map(({ startsAt }) => startsAt.toString().slice(0, 10));
  const distances = days.map((day) => Math.min(...meetings.map((meeting) => Math.abs(Temporal.PlainDate.from(meeting).since(day).days))));
  // The first is by hand; the third waited for the results and opened as soon as people had a week to read them.
  expect(distances[1]).toBeGreaterThanOrEqual(14);
  expect(distances[3]).toBeGreaterThanOrEqual(14);
  for (const [person, all] of Map.groupBy(sent.values(), (one) => one.person)) {
    const times = all.map(({ at }) => at).sort(Temporal.Instant.compare);
    const gaps = times.slice(1).map((at, place) => at.since(times[place] ?? at).total("days"));
    expect({ person, isAWeek: Math.min(...gaps) >= 6.5 }).toEqual({ person, isAWeek: true });
  }
  const trend = (await summaryOf(app, ma, [...opened.keys()][1] ?? "")).body.trend;
  expect(trend.map(({ openedOn }: { openedOn: string }) => openedOn)).toEqual(days.slice(0, 2));
}
