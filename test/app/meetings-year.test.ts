import { describe, expect, it } from "@jest/globals";
import { lead, manager, roster } from "./rosters.ts";
import { testApp, type TestApp } from "./test-app.ts";

const [ana, lea] = ["ana@example.org", "lea@example.org"] as const;
const organiser = "meetings@network.example.org";
const avoid = [
  { from: "2026-10-26", to: "2026-10-30", name: "Half term" },
  { from: "2026-12-21", to: "2027-01-01", name: "Christmas" },
  { from: "2027-02-15", to: "2027-02-19", name: "Half term" },
];

/** A date of the rhythm, and when its meeting is, as a calendar for 2026 and 2027 says. */
type Row = readonly [plannedOn: string, startsAt: string];

// Clocks go back on 25 October 2026, forward on 28 March 2027 and back on 31 October 2027.
const throughEaster: readonly Row[] = [
  ["2026-10-12", "2026-10-12T10:00:00+01:00"],
  ["2026-11-23", "2026-11-23T10:00:00+00:00"],
  ["2027-01-04", "2027-01-04T10:00:00+00:00"],
  // Half term lasts all week; the Friday before it is nearer than the Monday after it.
  ["2027-02-15", "2027-02-12T10:00:00+00:00"],
  // Easter Monday, the day after the clocks go forward.
  ["2027-03-29", "2027-03-30T10:00:00+01:00"],
  ["2027-05-10", "2027-05-10T10:00:00+01:00"],
  ["2027-06-21", "2027-06-21T10:00:00+01:00"],
  ["2027-08-02", "2027-08-02T10:00:00+01:00"],
  ["2027-09-13", "2027-09-13T10:00:00+01:00"],
  ["2027-10-25", "2027-10-25T10:00:00+01:00"],
  ["2027-12-06", "2027-12-06T10:00:00+00:00"],
];
const throughChristmasAndAugust: readonly Row[] = [
  ["2026-09-28", "2026-09-28T10:00:00+01:00"],
  ["2026-11-09", "2026-11-09T10:00:00+00:00"],
  // The Friday before the dates to avoid.
  ["2026-12-21", "2026-12-18T10:00:00+00:00"],
  ["2027-02-01", "2027-02-01T10:00:00+00:00"],
  ["2027-03-15", "2027-03-15T10:00:00+00:00"],
  ["2027-04-26", "2027-04-26T10:00:00+01:00"],
  ["2027-06-07", "2027-06-07T10:00:00+01:00"],
  ["2027-07-19", "2027-07-19T10:00:00+01:00"],
  // The summer bank holiday.
  ["2027-08-30", "2027-08-31T10:00:00+01:00"],
  ["2027-10-11", "2027-10-11T10:00:00+01:00"],
  ["2027-11-22", "2027-11-22T10:00:00+00:00"],
  // New Year's Day is a Saturday, and the Monday after it is a bank holiday in its place.
  ["2028-01-03", "2028-01-04T10:00:00+00:00"],
];
const months = ["2026-09", "2026-10", "2026-11", "2026-12", "2027-01", "2027-02", "2027-03", "2027-04", "2027-05", "2027-06", "2027-07", "2027-08", "2027-09"];

interface Meeting {
  readonly id: string;
  readonly plannedOn: string;
  readonly startsAt: string;
  readonly state: string;
}

async function network(firstOn: string): Promise<TestApp> {
  const app = await testApp({ now: "2026-08-24T08:00", roster: roster(manager("Ana"), lead("Lea")) });
  const settings = { meetings: { firstOn, avoid, bookByItself: true }, "check-ins": { opensByItself: false } };
  expect((await app.api(lea, "PATCH", "settings", settings)).status).toBe(200);
  return app;
}

/** In the order of the rhythm. */
async function meetingsOf(app: TestApp): Promise<Meeting[]> {
  const { items } = (await app.api(lea, "GET", "meetings?limit=200")).body;
  return items.toSorted((a: Meeting, b: Meeting) => (a.plannedOn < b.plannedOn ? -1 : 1));
}

const rowsOf = (meetings: readonly Meeting[]): Row[] => meetings.map(({ plannedOn, startsAt }) => [plannedOn, startsAt]);
const inUtc = (rows: readonly Row[]) => rows.map(([, startsAt]) => new Date(startsAt).toISOString());

describe("a year of meetings that book themselves", () => {
  it.each([
    ["Easter and half term", throughEaster],
    ["Christmas and the August bank holiday", throughChristmasAndAugust],
  ])("keeps to the calendar, through %s", async (_what, table) => {
    const app = await network(table[0]?.[0] ?? "");
    for (const month of months) {
      await app.moveTo(`${month}-01T09:08`);
      const coming = (await meetingsOf(app)).filter(({ state }) => state === "booked");
      expect({ month, coming: coming.length }).toEqual({ month, coming: 3 });
    }
    const meetings = await meetingsOf(app);
    expect(rowsOf(meetings)).toEqual(table);
    expect(app.graph.calendarOf(organiser).map(({ startsAt }) => startsAt)).toEqual(inUtc(table));
    expect(app.graph.mailsTo(ana).map(({ kind }) => kind)).toEqual(table.map(() => "invitation"));
  });

  it("isn't shifted by a meeting that is moved or cancelled, and books neither again", async () => {
    const app = await network("2026-10-12");
    await app.moveTo("2026-09-01T09:08");
    const [october, november] = await meetingsOf(app);
    expect((await app.api(lea, "PATCH", `meetings/${october?.id ?? ""}`, { on: "2026-10-16", start: "14:00" })).status).toBe(200);
    expect((await app.api(lea, "DELETE", `meetings/${november?.id ?? ""}`)).status).toBe(200);
    for (const month of months.slice(1, 6)) await app.moveTo(`${month}-01T09:08`);
    const expected = throughEaster.slice(0, 6).map(([planned, startsAt]): Row => [planned, planned === "2026-10-12" ? "2026-10-16T14:00:00+01:00" : startsAt]);
    const meetings = await meetingsOf(app);
    expect(rowsOf(meetings)).toEqual(expected);
    expect(meetings.map(({ state }) => state)).toEqual(["held", "cancelled", "held", "booked", "booked", "booked"]);
    expect(app.graph.calendarOf(organiser).map(({ startsAt }) => startsAt)).toEqual(inUtc(expected.filter(([planned]) => planned !== "2026-11-23")));
  });
});

it("closes a check-in three working days before a meeting that lies within its cadence", async () => {
  const app = await testApp({ now: "2026-12-01T09:00", roster: roster(manager("Ana"), lead("Lea")) });
  await app.api(lea, "PATCH", "settings", { meetings: { firstOn: "2027-01-05" }, "check-ins": { opensByItself: false } });
  const opened = async () => {
    const { status, body } = await app.api(lea, "POST", "check-in-rounds", {});
    expect(status).toBe(201);
    return (await app.api(lea, "GET", `check-in-rounds/${body.id}`)).body;
  };
  const book = async (on: string) => expect((await app.api(lea, "POST", "meetings", { on })).status).toBe(201);
  await book("2027-01-05");
  const first = await opened();
  // Monday 4 January, Thursday 31 and Wednesday 30 December; New Year's Day is a bank holiday.
  expect(new Date(first.closesAt).toISOString()).toBe("2026-12-30T17:00:00.000Z");
  await app.moveTo("2026-12-30T17:00", "2026-12-30T17:01");
  expect((await app.api(lea, "GET", `check-in-rounds/${first.id}`)).body.closedAt).not.toBeNull();

  // The next meeting is further away than the next check-in would be.
  await app.moveTo("2027-01-12T09:30");
  await book("2027-03-16");
  const second = await opened();
  expect(new Date(second.closesAt).getTime()).toBeLessThan(Date.parse("2027-02-10T00:00:00Z"));
});
