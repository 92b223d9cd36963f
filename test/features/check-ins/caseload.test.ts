import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  expectedSupported,
  guideFor,
  inWords,
  load,
  rolling,
  stateOf,
  stateSentence,
  sumRolling,
  type TeamPeriod,
  trend,
  trendOfTeams,
  wteNeeded,
  wteNeededFor,
} from "../../../src/features/check-ins/caseload.ts";
import { Temporal } from "../../../src/kernel/time.ts";

const guides = { link_worker: { low: 200, high: 250 } };
const opening = Temporal.PlainDate.from("2026-11-24");

function period(more: Partial<Omit<TeamPeriod, "from">> = {}): TeamPeriod {
  const { openedOn = opening, days = 42 } = more;
  return {
    posts: { link_worker: 1 },
    newPeople: { link_worker: 27 },
    carried: false,
    ...more,
    openedOn,
    days,
    from: openedOn.subtract({ days }),
  };
}

/** Periods one after the other, the last one ending at `opening`. */
const history = fc
  .array(
    fc.record({
      days: fc.integer({ min: 1, max: 90 }),
      posts: fc.record(
        {
          link_worker: fc.integer({ min: 0, max: 40 }).map((wte) => wte / 4),
          care_coordinator: fc.integer({ min: 0, max: 8 }).map((wte) => wte / 4),
        },
        { requiredKeys: [] },
      ),
      newPeople: fc.record(
        { link_worker: fc.nat({ max: 300 }), care_coordinator: fc.nat({ max: 300 }) },
        { requiredKeys: [] },
      ),
      carried: fc.boolean(),
    }),
    { maxLength: 8 },
  )
  .map((list) => {
    let openedOn = opening;
    return list.map((one) => {
      const made = period({ ...one, openedOn });
      openedOn = openedOn.subtract({ days: one.days });
      return made;
    });
  });
/** In quarters. */
const wtes = fc.integer({ min: 1, max: 40 });
const weeks = fc.constantFrom<12 | 52>(12, 52);
const twoGuides = { ...guides, care_coordinator: { low: 100, high: 120 } };

describe("the guide for a period", () => {
  it.each([
    [1, 23.0, 28.8],
    [0.8, 18.4, 23.0],
    [0.6, 13.8, 17.3],
    [0.5, 11.5, 14.4],
  ])("of 42 days at %d WTE is %d to %d new people", (wte, low, high) => {
    const guide = guideFor({ link_worker: wte }, guides, 42);
    expect(guide?.low).toBeCloseTo(low, 1);
    expect(guide?.high).toBeCloseTo(high, 1);
  });

  it("can't be calculated without WTE in post or without a guide", () => {
    expect(guideFor({ link_worker: 0 }, guides, 42)).toBeNull();
    expect(guideFor({}, guides, 42)).toBeNull();
    expect(guideFor({ care_coordinator: 2 }, guides, 42)).toBeNull();
    expect(guideFor({ link_worker: 1 }, guides, 0)).toBeNull();
  });

  it("grows with WTE and with days, in proportion", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 400 }), (quarters, days) => {
        const one = guideFor({ link_worker: quarters / 4 }, guides, days);
        const twice = guideFor({ link_worker: quarters / 2 }, guides, days);
        const longer = guideFor({ link_worker: quarters / 4 }, guides, days * 3);
        expect(twice?.high).toBeCloseTo((one?.high ?? NaN) * 2);
        expect(longer?.low).toBeCloseTo((one?.low ?? NaN) * 3);
      }),
    );
  });
});

describe("load and state", () => {
  it("takes 1 as the top of the range", () => {
    expect(load(50, { low: 40, high: 50 })).toBe(1);
  });

  it.each([
    [39.9, "below"],
    [40, "in"],
    [50, "in"],
    [50.1, "above"],
  ])("puts %d people against 40 to 50 as %s", (people, state) => {
    expect(stateOf(people, { low: 40, high: 50 })).toBe(state);
  });
});

describe("rolling figures", () => {
  it("sum the two whole periods of twelve weeks", () => {
    const earlier = period({ openedOn: opening.subtract({ days: 42 }), newPeople: { link_worker: 20 }, carried: true });
    expect(rolling([period(), earlier], guides, opening, 12)).toMatchObject({
      newPeople: 47,
      guide: { low: expect.closeTo(46.03, 2), high: expect.closeTo(57.53, 2) },
      load: expect.closeTo(0.817, 3),
      state: "in",
      daysCovered: 84,
      weeksAsked: 12,
      periods: 2,
      carriedPeriods: 1,
      unknown: 0,
      wte: 1,
    });
  });

  it("count a period that lies partly in the window by its share of days", () => {
    const long = period({ days: 168, newPeople: { link_worker: 100 } });
    expect(rolling([long], guides, opening, 12)).toMatchObject({
      newPeople: 50,
      daysCovered: 84,
      guide: { high: expect.closeTo(57.53, 2) },
    });
    const later = rolling([period()], guides, opening.add({ days: 63 }), 12);
    expect(later).toMatchObject({ newPeople: 13.5, daysCovered: 21 });
  });

  it("leave out periods outside the window, also those that open after it", () => {
    expect(rolling([period()], guides, opening.add({ days: 84 }), 12)).toBeNull();
    expect(rolling([period()], guides, opening.subtract({ days: 42 }), 12)).toBeNull();
  });

  it("say how many days of 52 weeks they cover", () => {
    expect(rolling([period()], guides, opening, 52)).toMatchObject({ daysCovered: 42, weeksAsked: 52 });
  });

  it("count a blank neither as people nor as guide", () => {
    const blank = period({ openedOn: opening.subtract({ days: 42 }), newPeople: {} });
    const both = rolling([period(), blank], guides, opening, 12);
    const alone = rolling([period()], guides, opening, 12);
    expect(both).toEqual({ ...alone, periods: 2, unknown: 1 });
    expect(rolling([blank], guides, opening, 12)).toBeNull();
  });

  it("count a known nought as people", () => {
    const none = period({ newPeople: { link_worker: 0 } });
    expect(rolling([none], guides, opening, 12)).toMatchObject({ newPeople: 0, state: "below", unknown: 0 });
  });

  it("leave roles without a guide out of both sums", () => {
    const mixed = period({
      posts: { link_worker: 1, health_coach: 3 },
      newPeople: { link_worker: 27, health_coach: 90 },
    });
    expect(rolling([mixed], guides, opening, 12)).toEqual(rolling([period()], guides, opening, 12));
  });

  it("add up over teams", () => {
    fc.assert(
      fc.property(fc.array(history, { minLength: 1, maxLength: 4 }), weeks, (teams, asked) => {
        const each = teams.flatMap((team) => rolling(team, twoGuides, opening, asked) ?? []);
        const all = sumRolling(each);
        if (each.length === 0) expect(all).toBeNull();
        else {
          expect(all?.newPeople).toBeCloseTo(each.reduce((total, one) => total + one.newPeople, 0));
          expect(all?.guide.high).toBeCloseTo(each.reduce((total, one) => total + one.guide.high, 0));
          expect(all?.load).toBeCloseTo((all?.newPeople ?? NaN) / (all?.guide.high ?? NaN));
          const halves = [sumRolling(each.slice(0, 1)), sumRolling(each.slice(1))].filter((half) => half !== null);
          const again = sumRolling(halves);
          expect(again?.daysCovered).toBeCloseTo(all?.daysCovered ?? NaN);
          expect(again?.load).toBeCloseTo(all?.load ?? NaN);
        }
      }),
    );
  });

  it("don't change when a period is split in two", () => {
    fc.assert(
      fc.property(history, weeks, fc.integer({ min: 1, max: 89 }), (team, asked, at) => {
        const split = team.flatMap((one) => {
          const late = Math.min(at, one.days - 1);
          if (late < 1) return [one];
          const part = (openedOn: Temporal.PlainDate, days: number) => {
            const shares = Object.entries(one.newPeople).map(([role, people]) => [role, (people * days) / one.days]);
            return period({ ...one, openedOn, days, newPeople: Object.fromEntries(shares) });
          };
          return [part(one.openedOn, late), part(one.openedOn.subtract({ days: late }), one.days - late)];
        });
        const whole = rolling(team, twoGuides, opening, asked);
        const parts = rolling(split, twoGuides, opening, asked);
        expect(parts === null).toBe(whole === null);
        if (whole === null || parts === null) return;
        expect(parts.newPeople).toBeCloseTo(whole.newPeople);
        expect(parts.guide.low).toBeCloseTo(whole.guide.low);
        expect(parts.daysCovered).toBe(whole.daysCovered);
        expect(parts.wte).toBeCloseTo(whole.wte);
        expect(parts.state).toBe(whole.state);
      }),
    );
  });

  it("never cover more days than were asked for", () => {
    fc.assert(
      fc.property(history, weeks, fc.integer({ min: -100, max: 100 }), (team, asked, shift) => {
        const one = rolling(team, twoGuides, opening.add({ days: shift }), asked);
        if (one !== null) expect(one.daysCovered).toBeLessThanOrEqual(asked * 7);
      }),
    );
  });

  it("rise with people and fall with WTE", () => {
    fc.assert(
      fc.property(fc.nat({ max: 200 }), fc.integer({ min: 1, max: 100 }), wtes, (people, more, quarters) => {
        const at = (count: number, wte: number) => {
          const one = period({ newPeople: { link_worker: count }, posts: { link_worker: wte } });
          return rolling([one], guides, opening, 12)?.load ?? NaN;
        };
        expect(at(people + more, quarters / 4)).toBeGreaterThan(at(people, quarters / 4));
        expect(at(people + more, quarters / 4 + 0.25)).toBeLessThan(at(people + more, quarters / 4));
      }),
    );
  });
});

describe("estimates", () => {
  it("expect 50 to 62.5 people per WTE when support lasts 13 weeks", () => {
    expect(expectedSupported({ link_worker: 1 }, guides, 13)).toEqual({ low: 50, high: 62.5 });
    expect(expectedSupported({ link_worker: 0 }, guides, 13)).toBeNull();
  });

  it("need the WTE that brings the load to the top of the range, and no more", () => {
    expect(wteNeeded(25, guides, 42, { link_worker: 1 })).toBe(0);
    expect(wteNeeded(25, guides, 42, {})).toBeNull();
    fc.assert(
      fc.property(fc.nat({ max: 400 }), fc.integer({ min: 1, max: 40 }), (people, quarters) => {
        const wte = quarters / 4;
        const needed = wteNeeded(people, guides, 42, { link_worker: wte });
        const guide = guideFor({ link_worker: wte + (needed ?? NaN) }, guides, 42);
        if (needed === 0) expect(people).toBeLessThanOrEqual((guide?.high ?? NaN) + 1e-9);
        else expect(guide?.high).toBeCloseTo(people);
        const one = period({ posts: { link_worker: wte }, newPeople: { link_worker: people } });
        const over = rolling([one], guides, opening, 12);
        expect(over === null ? NaN : wteNeededFor(over)).toBeCloseTo(needed ?? NaN);
      }),
    );
  });
});

describe("words", () => {
  it("give people and guide in whole numbers", () => {
    expect(inWords({ newPeople: 27, guide: { low: 23.01, high: 28.77 } })).toBe("27 new people; guide 23 to 29");
    expect(inWords({ newPeople: 1, guide: { low: 2.3, high: 2.9 } })).toBe("1 new person; guide 2 to 3");
    expect(inWords({ newPeople: 13.5, guide: { low: 11.5, high: 14.4 } })).toBe("about 14 new people; guide 12 to 14");
  });

  it("show a decimal where whole numbers would contradict the state", () => {
    expect(inWords({ newPeople: 29, guide: { low: 23.01, high: 28.77 } })).toBe("29 new people; guide 23 to 28.8");
  });

  it("never contradict the state", () => {
    fc.assert(
      fc.property(fc.nat({ max: 500 }), wtes, fc.integer({ min: 7, max: 364 }), (people, quarters, days) => {
        const guide = guideFor({ link_worker: quarters / 4 }, guides, days) ?? { low: NaN, high: NaN };
        const form = /^(\d+) new (?:people|person); guide ([\d.]+) to ([\d.]+)$/;
        const [, shown, low, high] = form.exec(inWords({ newPeople: people, guide }).replaceAll(",", "")) ?? [];
        expect(stateOf(Number(shown), { low: Number(low), high: Number(high) })).toBe(stateOf(people, guide));
      }),
    );
  });

  it("say that below isn't spare capacity", () => {
    expect(stateSentence("below")).toContain("This doesn't mean spare capacity.");
    expect(stateSentence("above")).toBe("Above the guide range.");
  });
});

describe("the trend", () => {
  it("has a point per opening, oldest first, and a gap where nothing is known", () => {
    const first = period({ openedOn: opening.subtract({ days: 84 }), posts: { link_worker: 0 } });
    const points = trend([period(), first], guides);
    expect(points.map(({ openedOn }) => openedOn.toString())).toEqual(["2026-09-01", "2026-11-24"]);
    expect(points[0]?.load12).toBeNull();
    expect(points[1]?.load12).toBeCloseTo(27 / 28.77, 3);
  });

  it("of several teams comes from their sums", () => {
    const other = period({ newPeople: { link_worker: 81 }, posts: { link_worker: 3 } });
    expect(trendOfTeams([[period()], [other]], guides)[0]?.load12).toBeCloseTo(108 / (4 * 28.77), 3);
  });
});
