import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { candidatesFor } from "../../../src/features/meetings/candidates.ts";
import { fairness } from "../../../src/features/meetings/fairness.ts";
import type { Busy } from "../../../src/features/meetings/calendar.ts";
import type { PlannedPerson } from "../../../src/features/meetings/presence.ts";
import { rank, type Ranking, type RankedSlot } from "../../../src/features/meetings/ranking.ts";
import type { PersonId } from "../../../src/kernel/ids.ts";
import { Temporal } from "../../../src/kernel/time.ts";
import { busyOn, day, people, person, personId, settingsWith, zone } from "../../builders/planning.ts";

const planned = day("2027-06-16");
const candidates = candidatesFor(settingsWith(), planned, day("2027-01-01"));
const ranked = (asked: Partial<Ranking> = {}) =>
  rank({ planned, candidates, people: [], busy: null, history: [], zone, ...asked });
const on = (date: string, slots: readonly RankedSlot[]) => slots.find((slot) => String(slot.date) === date)!;
const dates = (slots: readonly RankedSlot[]) => slots.map(({ date }) => String(date).slice(5));
const wednesdays = [{ weekday: 3, from: null, to: null }];

describe("ranked days", () => {
  it("come nearest to the planned day first when nothing else tells them apart, then earlier", () => {
    expect(dates(ranked())).toEqual(
      ["06-16", "06-15", "06-17", "06-14", "06-18", "06-11", "06-21", "06-10", "06-22", "06-09", "06-23"],
    );
  });

  it("put days that can't be booked after all others", () => {
    const faulty = candidates.map((slot) => (slot.date.dayOfWeek === 3 ? { ...slot, faults: ["weekend"] } : slot));
    expect(dates(ranked({ candidates: faulty })).slice(-3)).toEqual(["06-16", "06-09", "06-23"]);
  });

  it("count everybody once: away, then not working, then by their calendar, and never unknown as free", () => {
    const all = [
      person(1, { awayUntil: day("2027-06-16"), nonWorking: wednesdays }),
      person(2, { nonWorking: wednesdays }),
      ...people(3, 8),
    ];
    const busy = new Map<PersonId, readonly Busy[] | "unknown">([
      [personId(1), [busyOn("2027-06-16")]],
      [personId(2), [busyOn("2027-06-16")]],
      [personId(3), [busyOn("2027-06-16")]],
      [personId(4), [busyOn("2027-06-15")]],
      [personId(5), "unknown"],
    ]);
    const slot = on("2027-06-16", ranked({ people: all, busy }));
    expect(slot.counts).toEqual({ away: 1, nonWorking: 1, busy: 1, free: 1, unknown: 4 });
    expect(slot.excluded).toEqual([personId(2), personId(3)]);
    expect(slot.cost).toBe(3 + 4 * 0.25);
    expect(on("2027-06-17", ranked({ people: all, busy })).counts.away).toBe(0);
  });

  it.each([
    ["ends as the meeting starts", "08:00", "10:00", 0],
    ["starts as the meeting ends", "11:30", "12:00", 0],
    ["overlaps its first minute", "08:00", "10:01", 1],
    ["overlaps its last minute", "11:29", "12:00", 1],
    ["lies within it", "10:30", "10:40", 1],
    ["lasts all day", "00:00", "23:59", 1],
  ])("know whether an appointment that %s clashes", (_, from, to, expected) => {
    const all = people(1, 1);
    const calendar = ranked({ people: all, busy: new Map([[personId(1), [busyOn("2027-06-16", from, to)]]]) });
    expect(on("2027-06-16", calendar).counts.busy).toBe(expected);
    const usual = ranked({ people: [person(1, { nonWorking: [{ weekday: 3, from, to }] })] });
    expect(on("2027-06-16", usual).counts.nonWorking).toBe(expected);
  });

  it("take non-working times as local, on both sides of a clock change", () => {
    const nonWorking = [
      { weekday: 1, from: null, to: "10:01" },
      { weekday: 2, from: null, to: "10:00" },
    ];
    const around = candidatesFor(settingsWith(), day("2026-10-22"), day("2026-01-01"));
    const slots = ranked({ planned: day("2026-10-22"), candidates: around, people: people(1, 1, { nonWorking }) });
    const days = ["2026-10-19", "2026-10-20", "2026-10-26", "2026-10-27"];
    expect(days.map((date) => on(date, slots).counts.nonWorking)).toEqual([1, 0, 1, 0]);
  });

  it("give their reasons in plain words", () => {
    const all = [
      ...people(1, 12, { nonWorking: wednesdays }),
      ...people(13, 13, { awayUntil: day("2027-07-30") }),
      ...people(14, 70),
    ];
    const busy = new Map(people(14, 58).map(({ id }, nth) => [id, nth < 31 ? [busyOn("2027-06-16")] : []]));
    const faulty = candidates.map((slot) => ({ ...slot, faults: ["in Audit (14 to 25 June)"] }));
    const slots = ranked({ people: all, busy, candidates: faulty });
    expect(on("2027-06-16", slots).reasons).toEqual([
      "as planned",
      "in Audit (14 to 25 June)",
      "31 of 70 busy",
      "12 don't work then",
      "1 away",
      "12 of 70 not known",
    ]);
  });

  it.each([
    ["2027-06-15", "1 day earlier than planned"],
    ["2027-06-18", "2 days later than planned"],
    ["2027-06-09", "a week earlier than planned"],
    ["2027-06-23", "a week later than planned"],
  ])("say of %s that it is %s", (date, expected) => {
    expect(on(date, ranked()).reasons).toEqual([expected]);
  });

  it("speak of one person as one, and of all when all are free", () => {
    const alone = ranked({ people: [person(1, { nonWorking: wednesdays })] });
    expect(on("2027-06-16", alone).reasons[1]).toBe("1 doesn't work then");
    const free = ranked({ people: people(1, 3), busy: new Map(people(1, 3).map(({ id }) => [id, []])) });
    expect(on("2027-06-16", free).reasons).toEqual(["as planned", "all 3 free"]);
  });
});

describe("fairness", () => {
  it.each([
    [[], 1],
    [[[1]], 2],
    [[[1], [1]], 2.75],
    [[[1], [1], [1]], 3],
    [[[1], [1], [1], [1]], 3],
    [[[], [1]], 1.75],
    [[[], [], [], [1]], 1.25],
    [[[], [], [], [], [1]], 1],
    [[[2], [2]], 1],
  ])("weighs who was left out as in %j as %d", (history, weight) => {
    expect(fairness(history.map((slot) => slot.map(personId))).weightOf(personId(1))).toBe(weight);
  });

  it("prefers the day that suits those whom the last slots left out, with the same number out", () => {
    const tuesdays = [{ weekday: 2, from: null, to: null }];
    const all = [...people(1, 3, { nonWorking: wednesdays }), ...people(4, 6, { nonWorking: tuesdays })];
    const twoDays = candidates.filter(({ date }) => ["2027-06-15", "2027-06-16"].includes(String(date)));
    const without = ranked({ people: all, candidates: twoDays });
    const lately = ranked({ people: all, candidates: twoDays, history: [people(1, 3).map(({ id }) => id)] });
    expect(dates(without)).toEqual(["06-16", "06-15"]);
    expect(dates(lately)).toEqual(["06-15", "06-16"]);
  });

  it("says whom a day suits of those left out, and claims nothing of those not known", () => {
    const all = [...people(1, 4, { nonWorking: wednesdays }), ...people(5, 13)];
    const busy = new Map(people(1, 10).map(({ id }) => [id, []]));
    const history = [people(1, 13).map(({ id }) => id)];
    const slots = ranked({ people: all, busy, history });
    expect(on("2027-06-16", slots).reasons.slice(-3)).toEqual([
      "doesn't suit 4 whom the last meeting didn't suit either",
      "suits 6 whom the last meeting didn't suit",
      "may suit 3 whom the last meeting didn't suit",
    ]);
    expect(on("2027-06-17", slots).reasons.slice(-2)).toEqual([
      "suits 10 whom the last meeting didn't suit",
      "may suit 3 whom the last meeting didn't suit",
    ]);
  });

  it("says how far back it looks when not all were left out of the last meeting", () => {
    const history = [[personId(1)], [], [personId(2)], []];
    const slots = ranked({ people: people(1, 3, { nonWorking: wednesdays }), history });
    const [reason] = on("2027-06-16", slots).reasons.slice(-1);
    expect(reason).toBe("doesn't suit 2 whom one of the last 3 meetings didn't suit either");
  });
});

const times = fc.constantFrom(null, "09:00", "10:30", "12:00", "15:00");
const nonWorkingTime = fc.record({ weekday: fc.integer({ min: 1, max: 5 }), from: times, to: fc.constant(null) });
const someone = (number: number): fc.Arbitrary<PlannedPerson> =>
  fc.record({
    id: fc.constant(personId(number)),
    nonWorking: fc.array(nonWorkingTime, { maxLength: 2 }),
    awayUntil: fc.constantFrom(null, null, day("2027-06-15")),
  });
const everyone = fc.tuple(...Array.from({ length: 6 }, (_, index) => someone(index + 1)));
const appointment = fc.constantFrom(...candidates.map(({ date }) => busyOn(String(date))));
const calendars = fc
  .array(fc.option(fc.array(appointment, { maxLength: 4 })), { minLength: 6, maxLength: 6 })
  .map((all) => new Map(all.map((busy, index) => [personId(index + 1), busy ?? ("unknown" as const)])));
const histories = fc.array(fc.subarray([1, 2, 3, 4, 5, 6].map(personId)), { maxLength: 5 });
const someDay = fc.constantFrom(...candidates);
const someFaults = fc.array(fc.boolean(), { minLength: candidates.length, maxLength: candidates.length });

describe("any ranking", () => {
  it("holds each candidate once, and the same whatever the order of what it is given", () => {
    fc.assert(
      fc.property(everyone, calendars, histories, someFaults, fc.nat(), (all, busy, history, faulty, seed) => {
        const given = candidates.map((slot, index) => ({ ...slot, faults: faulty[index] === true ? ["weekend"] : [] }));
        const slots = ranked({ people: all, busy, history, candidates: given });
        expect(dates(slots).sort()).toEqual(candidates.map(({ date }) => String(date).slice(5)));
        const turned = <T>(items: readonly T[]) => {
          const cut = seed % Math.max(items.length, 1);
          return [...items.slice(cut), ...items.slice(0, cut)].reverse();
        };
        const again = ranked({
          people: turned(all),
          busy: new Map(turned([...busy])),
          history: history.map(turned),
          candidates: turned(given),
        });
        expect(again).toEqual(slots);
      }),
    );
  });

  it("never improves a day's rank when somebody gets busy on it", () => {
    fc.assert(
      fc.property(everyone, calendars, histories, fc.nat(5), someDay, (all, busy, history, who, slot) => {
        const known = busy.get(personId(who + 1));
        if (known === undefined || known === "unknown") return;
        const busier = new Map(busy).set(personId(who + 1), [...known, busyOn(String(slot.date))]);
        const rankOf = (calendar: typeof busy) =>
          ranked({ people: all, busy: calendar, history }).findIndex(({ date }) => date.equals(slot.date));
        expect(rankOf(busier)).toBeGreaterThanOrEqual(rankOf(busy));
      }),
    );
  });

  it("counts everybody once, and as free only those whose calendar says so", () => {
    fc.assert(
      fc.property(everyone, calendars, histories, (all, busy, history) => {
        const covered = [...busy.values()].filter((calendar) => calendar !== "unknown").length;
        for (const { counts, excluded, shareOut, cost } of ranked({ people: all, busy, history })) {
          expect(counts.free + counts.busy + counts.nonWorking + counts.away + counts.unknown).toBe(all.length);
          expect(counts.free + counts.busy).toBeLessThanOrEqual(covered);
          expect(excluded).toHaveLength(counts.busy + counts.nonWorking);
          expect(cost).toBeGreaterThanOrEqual(excluded.length + counts.away + counts.unknown / 4);
          expect(shareOut).toBeGreaterThanOrEqual(0);
          expect(shareOut).toBeLessThanOrEqual(1);
        }
        for (const { counts } of ranked({ people: all, history })) expect(counts.free + counts.busy).toBe(0);
      }),
    );
  });

  it("never ranks a day that can't be booked above one that can", () => {
    fc.assert(
      fc.property(everyone, calendars, someFaults, (all, busy, faulty) => {
        const given = candidates.map((slot, index) => ({ ...slot, faults: faulty[index] === true ? ["weekend"] : [] }));
        const unfit = ranked({ people: all, busy, candidates: given }).map(({ faults }) => faults.length);
        expect(unfit).toEqual(unfit.toSorted());
      }),
    );
  });

  it("starts every slot when its candidate does", () => {
    for (const slot of ranked()) {
      const candidate = candidates.find(({ date }) => date.equals(slot.date))!;
      expect(Temporal.Instant.compare(slot.startsAt, candidate.startsAt)).toBe(0);
      expect(slot.isPlanned).toBe(slot.date.equals(planned));
    }
  });
});
