import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { NonWorkingTime, nonWorkingInWords, tidied } from "../../../src/features/meetings/non-working.ts";
import { parseNonWorking } from "../../../src/features/meetings/non-working-reading.ts";

const names = ["", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const short = (text: string) => {
  const read = parseNonWorking(text);
  if (!read.ok) return read.message;
  return read.times.map(({ weekday, from, to }) => `${names[weekday] ?? ""} ${from ?? ""}-${to ?? ""}`).join(", ");
};
const hint =
  "Write the days and times when you don't work, such as “Mondays and Thursday afternoons” " +
  "or “Fridays before 10am”, or “none”.";

describe("non-working times, as people write them", () => {
  it.each([
    ["Mondays", "Mon -"],
    ["monday", "Mon -"],
    ["Mon, Tues, Weds, Thurs.", "Mon -, Tue -, Wed -, Thu -"],
    ["Mon and Weds mornings", "Mon -12:00, Wed -12:00"],
    ["Fridays from 9 to 5, from 10 to 11", "Fri 09:00-17:00"],
    ["Fridays after 3 and before 10", "Fri -10:00, Fri 15:00-"],
    ["Mondays and Thursday afternoons", "Mon -, Thu 12:00-"],
    ["Monday and Thursday afternoons", "Mon 12:00-, Thu 12:00-"],
    ["Mondays, Wednesdays & Friday mornings", "Mon -, Wed -, Fri -12:00"],
    ["Mondays and Thursdays after 3pm", "Mon 15:00-, Thu 15:00-"],
    ["Mondays all day and Thursdays before 10", "Mon -, Thu -10:00"],
    ["Thursday pm/Friday am", "Thu 12:00-, Fri -12:00"],
    ["before 10 on Fridays", "Fri -10:00"],
    ["mornings on Mondays and Tuesday afternoons", "Mon -12:00, Tue 12:00-"],
    ["mornings on Mondays and Tuesdays, afternoons on Fridays", "Mon -12:00, Tue -12:00, Fri 12:00-"],
    ["before 10 and after 3 on Fridays", "Fri -10:00, Fri 15:00-"],
    ["Mondays before 10 and after 3", "Mon -10:00, Mon 15:00-"],
    ["Mondays and afternoons on Fridays", "Mon -, Fri 12:00-"],
    ["mornings on Mondays and afternoons", "Mon -"],
    ["Monday to Wednesday", "Mon -, Tue -, Wed -"],
    ["Mon–Wed mornings", "Mon -12:00, Tue -12:00, Wed -12:00"],
    ["from Thursday to Friday", "Thu -, Fri -"],
    ["afternoons", "Mon 12:00-, Tue 12:00-, Wed 12:00-, Thu 12:00-, Fri 12:00-"],
    ["every day after 15:30", "Mon 15:30-, Tue 15:30-, Wed 15:30-, Thu 15:30-, Fri 15:30-"],
    ["weekday mornings", "Mon -12:00, Tue -12:00, Wed -12:00, Thu -12:00, Fri -12:00"],
    ["weekends", "Sat -, Sun -"],
    ["Fridays 9-1", "Fri 09:00-13:00"],
    ["Fridays from 9.30am until 1 p.m.", "Fri 09:30-13:00"],
    ["Fridays from noon", "Fri 12:00-"],
    ["Friday evenings", "Fri 17:00-"],
    ["Wednesdays before 12am", hint],
    ["Monday mornings and afternoons", "Mon -"],
    ["Mondays before 10, Mondays before 11", "Mon -11:00"],
    ["Mondays in the morning", "Mon -12:00"],
    ["I don't work Mondays or on Thursday afternoons.", "Mon -, Thu 12:00-"],
    ["I’m not working on Fridays", "Fri -"],
    ["Friday is my day off", "Fri -"],
    ["none", ""],
    ["No days.", ""],
  ])("are read from “%s”", (text, expected) => {
    expect(short(text)).toBe(expected === hint ? `I can't read that. ${hint}` : expected);
  });

  it.each([
    "sometimes",
    "every other Monday",
    "the first Monday",
    "the 1st Monday",
    "I work Mondays",
    "I only work Tuesdays",
    "Mondays but not afternoons",
    "Mondays, not afternoons",
    "Mondays before",
    "Mondays at 10",
    "Fridays after 25:00",
    "Fridays after 10:75",
    "Fridays after 13pm",
    "Fridays from 3 to 2",
    "Friday to Monday",
    "3 December",
    "constructor",
    "and",
  ])("aren't guessed from “%s”", (text) => {
    expect(short(text)).toBe(`I can't read that. ${hint}`);
  });

  it("ask for something to read, and for not too much of it", () => {
    expect(short("  ")).toBe(hint);
    expect(short("Mondays and ".repeat(20))).toBe(`That's too long for me. ${hint}`);
  });

  it("leave at least some of the week", () => {
    expect(short("Mondays to Fridays")).toBe(`That leaves no day from Monday to Friday. ${hint}`);
    expect(short("mornings and afternoons")).toBe(`That leaves no day from Monday to Friday. ${hint}`);
    expect(short("Mondays to Thursdays and Friday mornings")).not.toContain("leaves no day");
  });
});

describe("non-working times, said back", () => {
  it.each([
    ["none", "none"],
    ["thursday, monday", "Mondays and Thursdays"],
    ["Mon, Tue and Wed", "Mondays, Tuesdays and Wednesdays"],
    ["Mondays and Thursday afternoons", "Mondays all day and Thursday afternoons"],
    ["Fridays before 9:30", "Fridays before 9.30am"],
    ["Fridays 9-1, Tuesdays after 3", "Tuesdays after 3pm and Fridays from 9am to 1pm"],
    ["mornings", "weekday mornings"],
    ["after 4", "weekdays after 4pm"],
    [
      "Mon-Thu mornings, Fri after 3",
      "Monday mornings, Tuesday mornings, Wednesday mornings, Thursday mornings and Fridays after 3pm",
    ],
  ])("are, for “%s”, “%s”", (text, words) => {
    const read = parseNonWorking(text);
    expect(read.ok && nonWorkingInWords(read.times)).toBe(words);
  });

  const minutes = fc.integer({ min: 1, max: 24 * 60 - 1 }).map((at) => {
    const two = (part: number) => String(part).padStart(2, "0");
    return `${two(Math.floor(at / 60))}:${two(at % 60)}`;
  });
  const someTime = fc
    .record({ weekday: fc.integer({ min: 1, max: 7 }), from: fc.option(minutes), to: fc.option(minutes) })
    .filter((time) => NonWorkingTime.safeParse(time).success);

  it("read back as the same times, and leave no overlaps", () => {
    fc.assert(
      fc.property(fc.array(someTime, { maxLength: 4 }), (times) => {
        const tidy = tidied(times);
        expect(parseNonWorking(nonWorkingInWords(times))).toEqual({ ok: true, times: tidy });
        expect(tidied(tidy)).toEqual(tidy);
      }),
    );
  });

  it("never fail on any text", () => {
    const word = fc.constantFrom(..."Monday|fridays|and|on|before|from|10|3pm|to|mornings|-|all day|x|’".split("|"));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.array(word, { maxLength: 12 }).map((words) => words.join(" "))), (text) => {
        const read = parseNonWorking(text);
        if (read.ok) for (const time of read.times) expect(NonWorkingTime.safeParse(time).success).toBe(true);
        else expect(read.message).toContain(hint);
      }),
    );
  });
});

it.each([
  [{ weekday: 8, from: null, to: null }, "Weekday: give a whole number from 1 to 7."],
  [{ weekday: 1, from: "9", to: null }, "From: give hours and minutes, such as 09:30."],
  [{ weekday: 1, from: "12:00", to: "12:00" }, "To: give a time after the one that it starts from."],
  [{ weekday: 1, from: null, to: "00:00" }, "To: give a time after the one that it starts from."],
])("a non-working time like %j is refused", (time, message) => {
  expect(NonWorkingTime.safeParse(time).error?.issues.map((issue) => issue.message)).toEqual([message]);
});
