import { describe, expect, it } from "@jest/globals";
import { day, moment, shortDay, span, timeOfDay } from "../../../src/tab/parts/dates.ts";

const today = new Date("2026-11-22T12:00:00Z");

describe("dates in the tab", () => {
  it("are written as people say them", () => {
    expect(day("2026-12-09", { today })).toBe("Wednesday 9 December");
    expect(span("2026-12-09T10:00:00Z", "2026-12-09T11:30:00Z")).toBe(`${day("2026-12-09")}, 10am to 11.30am`);
    expect(moment("2026-12-09T15:05:00Z")).toBe(`${day("2026-12-09")}, 3.05pm`);
  });

  it("name the year when it isn't this one", () => {
    expect(day("2027-01-12", { today })).toBe("Tuesday 12 January 2027");
    expect(shortDay("2026-12-09", { today })).toBe("9 Dec");
    expect(shortDay("2025-12-09", { today })).toBe("9 Dec 25");
  });

  it("are those of England, whatever the machine's zone is and on both sides of the change of clocks", () => {
    // Half past midnight in London on the day after, while it is still the day before in UTC.
    expect(day("2026-06-30T23:30:00Z", { today })).toBe("Wednesday 1 July");
    expect(timeOfDay("2026-07-01T09:00:00Z")).toBe("10am");
    expect(timeOfDay("2026-12-01T09:00:00Z")).toBe("9am");
    expect(timeOfDay("2026-03-29T01:00:00Z")).toBe("2am");
  });

  it("take the zone that a meeting has", () => {
    expect(timeOfDay("2026-12-09T10:00:00Z", "Europe/Paris")).toBe("11am");
  });

  it("call noon 12pm and midnight 12am", () => {
    expect(timeOfDay("2026-12-09T12:00:00Z")).toBe("12pm");
    expect(timeOfDay("2026-12-09T00:00:00Z")).toBe("12am");
  });
});
