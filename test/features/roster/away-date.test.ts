import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parseAwayDate } from "../../../src/features/roster/away-date.ts";
import { dayInWords, Temporal } from "../../../src/kernel/time.ts";

const sunday = Temporal.PlainDate.from("2026-11-22");
const read = (text: string, today = sunday) => {
  const outcome = parseAwayDate(text, today);
  return outcome.ok ? outcome.date.toString() : outcome.message;
};

describe("reading the day until which somebody is away", () => {
  it.each([
    ["3 December", "2026-12-03"],
    ["away until 3 December", "2026-12-03"],
    ["I'm away until the 3rd of December 2026.", "2026-12-03"],
    ["until Thursday 3 Dec.", "2026-12-03"],
    ["Thu, 3rd December", "2026-12-03"],
    ["December 3", "2026-12-03"],
    ["3/12/2026", "2026-12-03"],
    ["3/12/26", "2026-12-03"],
    ["3.12.2026", "2026-12-03"],
    ["03-12", "2026-12-03"],
    ["2026-12-03", "2026-12-03"],
    ["12/1", "2027-01-12"],
    ["4 January", "2027-01-04"],
    ["2 sept", "2027-09-02"],
    ["today", "2026-11-22"],
    ["Tomorrow!", "2026-11-23"],
    ["Monday", "2026-11-23"],
    ["next Monday", "2026-11-23"],
    ["sunday", "2026-11-29"],
  ])("reads “%s” as %s", (text, date) => {
    expect(read(text)).toBe(date);
  });

  it("takes “Friday” as the coming one and “next Friday” as the one of next week", () => {
    const wednesday = Temporal.PlainDate.from("2026-11-18");
    expect(read("this friday", wednesday)).toBe("2026-11-20");
    expect(read("next friday", wednesday)).toBe("2026-11-27");
  });

  it("finds the next 29 February, and asks for the year when it is far away", () => {
    expect(read("29 February", Temporal.PlainDate.from("2027-06-01"))).toBe("2028-02-29");
    expect(read("29 February", Temporal.PlainDate.from("2026-12-01"))).toMatch(/^The next 29 February is in 2028\./);
    expect(read("29 February 2028", Temporal.PlainDate.from("2026-12-01"))).toBe("2028-02-29");
  });

  it.each([
    ["", /^Until when\? Write a date such as/],
    ["soon", /^I can't read that date\. Write a date such as/],
    ["3/12/2025", /^Wednesday 3 December 2025 is in the past\. Write a date from today on\.$/],
    ["20 November", /^The next 20 November is in 2027\. Add the year if you mean that\.$/],
    ["12/31/2026", /^There is no month 31\. Write the day first/],
    ["31 November", /^There is no such day in that month/],
    ["29 February 2027", /^There is no such day in that month/],
    ["3 December 2062", /more than two years away/],
    ["Friday 3 December", /^That date is Thursday 3 December/],
    ["3 Foo", /^I can't read that date/],
  ])("refuses “%s” with one sentence", (text, sentence) => {
    expect(read(text)).toMatch(sentence);
  });

  it("reads back every day of the coming months as it says it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 330 }), fc.integer({ min: 0, max: 1500 }), (ahead, start) => {
        const today = sunday.add({ days: start });
        const date = today.add({ days: ahead });
        expect(read(dayInWords(date, today), today)).toBe(date.toString());
        expect(read(date.toString(), today)).toBe(date.toString());
        expect(read(`${date.day}/${date.month}`, today)).toBe(date.toString());
      }),
    );
  });

  it("answers any text at all", () => {
    fc.assert(fc.property(fc.string(), (text) => expect(read(text)).toEqual(expect.any(String))));
  });
});
