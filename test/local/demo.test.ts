import { describe, expect, it } from "@jest/globals";
import { readRosterFile } from "../../src/features/roster/file.ts";
import { seriesDates } from "../../src/features/meetings/series.ts";
import { findPersonalData } from "../../src/kernel/personal-data.ts";
import { Temporal } from "../../src/kernel/time.ts";
import { isWorkingDay, nextWorkingDay } from "../../src/kernel/working-days.ts";
import { datesOf, rounds } from "../../src/local/demo/dates.ts";
import { demoEnvironment } from "../../src/local/demo/index.ts";
import { luckOf } from "../../src/local/demo/luck.ts";
import { dayOf, momentAfter } from "../../src/local/demo/moments.ts";
import { demoRoster } from "../../src/local/demo/roster.ts";
import { stories, storyOf } from "../../src/local/demo/stories.ts";
import { createTimeline } from "../../src/local/demo/timeline.ts";
import { changes, checkInNotes, meetings, raised } from "../../src/local/demo/words.ts";
import { localTenant } from "../../src/local/stand-ins.ts";

const london = (wallClock: string) => Temporal.PlainDateTime.from(wallClock).toZonedDateTime("Europe/London").toInstant();

describe("the dates of the demo's year", () => {
  const start = Temporal.PlainDate.from("2026-01-01");
  const days = Array.from({ length: 3 * 122 }, (_, nth) => start.add({ days: 3 * nth }));

  it("has nine rounds that are over and one that is open, on whatever day somebody looks", () => {
    for (const day of days) {
      const now = london(`${day.toString()}T00:05`);
      const { openings, begin, liveFrom, surveys, meetings: planned } = datesOf(now);
      expect(openings).toHaveLength(rounds);
      const age = openings.at(-1)!.opensOn.until(day, { largestUnit: "days" }).days;
      expect(age).toBeGreaterThanOrEqual(1);
      expect(age).toBeLessThanOrEqual(12);
      expect(openings.every(({ opensOn }) => isWorkingDay(opensOn))).toBe(true);
      expect(surveys.every((at) => isWorkingDay(dayOf(at)))).toBe(true);
      expect(planned.at(-1)!.until(day).days).toBeLessThan(-8);
      expect(Temporal.Instant.compare(begin, surveys[0]!)).toBe(-1);
      expect(Temporal.Instant.compare(liveFrom, openings.at(-1)!.opensAt)).toBe(-1);
      // The last survey opens before cards go to the chats, and has closed by now.
      expect(Temporal.Instant.compare(surveys.at(-1)!, liveFrom)).toBe(-1);
      expect(Temporal.PlainDate.compare(nextWorkingDay(dayOf(surveys.at(-1)!).add({ days: 14 })), day)).toBe(-1);
    }
  });

  it("keeps the network's meetings in one rhythm, three weeks after the rounds", () => {
    const { meetings: planned, firstOpensOn } = datesOf(london("2026-12-02T10:00"));
    const series = seriesDates({ firstOn: planned[0]!.toString(), everyWeeks: 6 }, planned[0]!, rounds);
    expect(series.map(({ on }) => on.toString())).toEqual(planned.map(String));
    expect(firstOpensOn.until(planned[0]!).days).toBe(21);
  });

  it("keeps half past nine when the clocks change", () => {
    const { openings } = datesOf(london("2027-04-20T10:00"));
    const hours = openings.map(({ opensAt }) => opensAt.toZonedDateTimeISO("Europe/London").toPlainTime().toString());
    expect(new Set(hours)).toEqual(new Set(["09:30:00"]));
  });
});

describe("a made-up moment", () => {
  it("lies within working hours, after what it follows and before what ends it", () => {
    for (let nth = 0; nth < 200; nth += 1) {
      const luck = luckOf("moment", nth);
      const from = london("2026-12-22T09:30");
      const at = momentAfter(from, luck.between(0, 20), london("2027-01-31T17:00"), luck);
      const { hour } = at.toZonedDateTimeISO("Europe/London");
      expect(Temporal.Instant.compare(from, at)).toBe(-1);
      expect(isWorkingDay(dayOf(at))).toBe(true);
      expect(hour).toBeGreaterThanOrEqual(9);
      expect(hour).toBeLessThan(17);
    }
  });
});

describe("luck", () => {
  it("is the same for the same subject, and another for another", () => {
    const draw = (subject: string) => Array.from({ length: 5 }, ((luck) => () => luck.between(0, 1))(luckOf(subject)));
    expect(draw("a")).toEqual(draw("a"));
    expect(draw("a")).not.toEqual(draw("b"));
  });

  it("is even, and keeps to what was asked for", () => {
    const luck = luckOf("even");
    const draws = Array.from({ length: 10_000 }, () => luck.between(0, 1));
    expect(draws.reduce((sum, one) => sum + one, 0) / draws.length).toBeCloseTo(0.5, 1);
    expect(draws.every((one) => one >= 0 && one < 1)).toBe(true);
    const around = Array.from({ length: 10_000 }, () => luck.around(50, 10));
    expect(around.every((one) => one >= 20 && one <= 80)).toBe(true);
    const mean = around.reduce((sum, one) => sum + one, 0) / around.length;
    const deviation = Math.sqrt(around.reduce((sum, one) => sum + (one - mean) ** 2, 0) / around.length);
    expect(mean).toBeCloseTo(50, 0);
    expect(deviation).toBeCloseTo(10, 0);
  });
});

describe("the timeline", () => {
  it("gives what is earliest first, and what was added first of what is at the same moment", () => {
    const timeline = createTimeline<string[]>();
    const at = (time: string) => london(`2026-12-02T${time}`);
    for (const [time, name] of [["11:00", "c"], ["10:00", "a"], ["10:00", "b"]] as const) {
      timeline.add(at(time), async (told) => void told.push(name));
    }
    const told: string[] = [];
    for (let next = timeline.takeBy(at("10:30")); next !== null; next = timeline.takeBy(at("10:30"))) void next.run(told);
    expect(told).toEqual(["a", "b"]);
    expect(timeline.takeBy(at("11:00"))).not.toBeNull();
    expect(timeline.takeBy(at("12:00"))).toBeNull();
  });
});

describe("the demo's roster", () => {
  it("has members in every area, so that a survey can show each", async () => {
    const { people, problems } = readRosterFile(await demoRoster(), localTenant);
    expect(problems).toEqual([]);
    const members = Map.groupBy(people.filter(({ role }) => role === "member"), ({ area }) => area);
    expect(members.size).toBe(5);
    for (const those of members.values()) expect(those.length).toBeGreaterThanOrEqual(24);
    expect(people.filter(({ role }) => role === "viewer").length).toBeGreaterThan(0);
    expect(people.filter(({ role, scope }) => role === "lead" && scope?.kind === "areas").length).toBeGreaterThan(0);
  });

  it("has a team for every story", () => {
    expect(new Set(Array.from({ length: 20 }, (_, nth) => storyOf(nth)))).toEqual(new Set(stories));
  });
});

it("makes up words that name no patient, and reach nobody", () => {
  const minutes = meetings.flatMap(({ agenda, notes, actions }) => [...agenda, notes, ...actions.map(({ what }) => what)]);
  for (const text of [...checkInNotes, ...raised, ...changes, ...minutes]) expect(findPersonalData(text)).toBeNull();
});

describe("the demo's folders", () => {
  it("are its own unless another is named", () => {
    expect(demoEnvironment({ PORT: "1" })).toEqual({ PORT: "1", DATA_DIR: ".data-demo", PULSE_KEYS: ".pulse-keys-demo" });
    expect(demoEnvironment({ DATA_DIR: " " })).toMatchObject({ DATA_DIR: ".data-demo" });
    expect(demoEnvironment({ DATA_DIR: "/elsewhere" })).toEqual({ DATA_DIR: "/elsewhere" });
  });
});
