import { describe, expect, it } from "@jest/globals";
import { candidatesFor } from "../../../src/features/meetings/candidates.ts";
import { day, settingsWith } from "../../builders/planning.ts";

const longAgo = day("2026-01-01");
const listed = (plannedOn: string, more: object = {}, today = longAgo) =>
  candidatesFor(settingsWith(more), day(plannedOn), today).map(({ date, faults }) =>
    [String(date).slice(5), ...faults].join(" "),
  );

describe("the days for a meeting", () => {
  it("are the working days of a week either side", () => {
    expect(listed("2027-06-16")).toEqual(
      ["06-09", "06-10", "06-11", "06-14", "06-15", "06-16", "06-17", "06-18", "06-21", "06-22", "06-23"],
    );
  });

  it("leave out other bank holidays, and flag the planned one", () => {
    expect(listed("2027-03-29")).toEqual(
      ["03-22", "03-23", "03-24", "03-25", "03-29 bank holiday (Easter Monday)", "03-30", "03-31", "04-01", "04-02", "04-05"],
    );
  });

  it.each([
    ["2027-05-03", {}, "05-03 bank holiday (Early May bank holiday)"],
    ["2027-12-27", {}, "12-27 bank holiday (Christmas Day, substitute day)"],
    ["2027-06-16", { holidayOverrides: { add: ["2027-06-16"] } }, "06-16 bank holiday (added by a lead)"],
    ["2027-05-03", { holidayOverrides: { remove: ["2027-05-03"] } }, "05-03"],
    ["2027-06-19", {}, "06-19 weekend"],
    ["2027-06-16", { avoid: [{ from: "2027-06-16", to: "2027-06-16", name: "Conference" }] }, "06-16 in Conference (16 June)"],
    [
      "2027-12-28",
      { avoid: [{ from: "2027-12-20", to: "2028-01-03", name: "Christmas" }] },
      "12-28 bank holiday (Boxing Day, substitute day) in Christmas (20 December to 3 January)",
    ],
  ])("on %s with %j include %s", (plannedOn, more, expected) => {
    expect(listed(plannedOn, more)).toContain(expected);
  });

  it("heed both ends of a range to avoid, and no day beside it", () => {
    const avoid = [{ from: "2027-06-14", to: "2027-06-15", name: "Audit" }];
    expect(listed("2027-06-15", { avoid }).filter((line) => line.includes("Audit"))).toEqual([
      "06-14 in Audit (14 to 15 June)",
      "06-15 in Audit (14 to 15 June)",
    ]);
  });

  it("can be booked from the day that leaves enough notice", () => {
    const tooSoon = "before the earliest date that can still be booked (15 June)";
    expect(listed("2027-06-14", {}, day("2027-06-01")).slice(3)).toEqual(
      [`06-10 ${tooSoon}`, `06-11 ${tooSoon}`, `06-14 ${tooSoon}`, "06-15", "06-16", "06-17", "06-18", "06-21"],
    );
  });

  it("keep the local time on both sides of a clock change", () => {
    const startsAt = (plannedOn: string) =>
      candidatesFor(settingsWith(), day(plannedOn), longAgo).map((slot) => String(slot.startsAt));
    expect(startsAt("2026-10-22").slice(3, 9)).toEqual([
      "2026-10-20T09:00:00Z",
      "2026-10-21T09:00:00Z",
      "2026-10-22T09:00:00Z",
      "2026-10-23T09:00:00Z",
      "2026-10-26T10:00:00Z",
      "2026-10-27T10:00:00Z",
    ]);
    expect(startsAt("2027-03-25").slice(4, 9)).toEqual([
      "2027-03-24T10:00:00Z",
      "2027-03-25T10:00:00Z",
      "2027-03-30T09:00:00Z",
      "2027-03-31T09:00:00Z",
      "2027-04-01T09:00:00Z",
    ]);
  });

  it("of neighbouring meetings never meet in a short rhythm", () => {
    const weekly = { firstOn: "2027-06-16", everyWeeks: 1 };
    expect(listed("2027-06-16", weekly)).toEqual(["06-14", "06-15", "06-16", "06-17", "06-18"]);
    expect(listed("2027-06-23", weekly)).toEqual(["06-21", "06-22", "06-23", "06-24", "06-25"]);
  });
});
