import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { atLeast } from "../../../src/features/pulse/binomial.ts";
import type { Placed } from "../../../src/features/pulse/group-keys.ts";
import {
  areStillGood,
  fewestInvited,
  groupOf,
  type GroupingOptions,
  makeGroups,
} from "../../../src/features/pulse/grouping.ts";
import { Temporal } from "../../../src/kernel/time.ts";

const today = Temporal.PlainDate.from("2026-11-23");
const defaults: GroupingOptions = { by: "area", areasInOrder: [], threshold: 10, today };
const options = (more: Partial<GroupingOptions> = {}): GroupingOptions => ({ ...defaults, ...more });

type Counts = Readonly<Record<string, number>>;
const repeated = (counts: Counts, one: (name: string) => Placed) =>
  Object.entries(counts).flatMap(([name, count]) => Array.from({ length: count }, () => one(name)));
const inAreas = (counts: Counts) => repeated(counts, (area) => ({ area, jobRole: null, role: "manager" }));
const inRoles = (counts: Counts) => repeated(counts, (jobRole) => ({ area: null, jobRole, role: "member" }));

const namesOf = (people: readonly Placed[], more: Partial<GroupingOptions> = {}) =>
  makeGroups(people, options(more)).groups.map(({ name }) => name);

/** FACTS, section 6: seventy managers. */
const london = inAreas({ "North Central": 11, "North East": 17, "North West": 17, "South East": 13, "South West": 12 });

describe("how many a group must have invited", () => {
  it("is 24 for ten of them to answer in nearly every wave", () => {
    expect(fewestInvited(10)).toBe(24);
    expect(atLeast(10, 24, 0.6)).toBeGreaterThanOrEqual(0.975);
    expect(atLeast(10, 23, 0.6)).toBeLessThan(0.975);
  });

  it("grows with the threshold", () => {
    expect([15, 20, 50].map(fewestInvited)).toEqual([34, 44, 99]);
  });
});

describe("reporting groups", () => {
  it("of the London network are North and South, which both show in 99 % of waves", () => {
    const { groups } = makeGroups(london, options());
    expect(groups).toEqual([
      { name: "North areas", members: ["North Central", "North East", "North West"] },
      { name: "South areas", members: ["South East", "South West"] },
    ]);
    // 45 invited in the north, 25 in the south, each answering with 60 %.
    expect(atLeast(10, 45, 0.6) * atLeast(10, 25, 0.6)).toBeCloseTo(0.987, 3);
  });

  it("of 500 people are as many as can be, each large enough", () => {
    const boroughs = Array.from({ length: 25 }, (_, nth) => [`Borough ${String.fromCharCode(65 + nth)}`, 20] as const);
    const { groups } = makeGroups(inAreas(Object.fromEntries(boroughs)), options());
    expect(groups).toHaveLength(12);
    expect(groups.map(({ members }) => members.length).sort()).toEqual([2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3]);
    expect(groups[0]?.name).toBe("Borough A and Borough B");
  });

  it("of 500 people in five areas are the areas", () => {
    const people = inAreas({ "North Central": 80, "North East": 120, "North West": 120, "South East": 95, "South West": 85 });
    expect(namesOf(people)).toEqual(["North Central", "North East", "North West", "South East", "South West"]);
  });

  it("keep neighbours together in the order that leads gave", () => {
    const people = inAreas({ Barnet: 14, Camden: 14, Lambeth: 14, Southwark: 14 });
    expect(namesOf(people)).toEqual(["Barnet and Camden", "Lambeth and Southwark"]);
    const areasInOrder = ["Camden", "southwark ", "Nowhere", "Lambeth"];
    expect(namesOf(people, { areasInOrder })).toEqual(["Camden and Southwark", "Lambeth and Barnet"]);
  });

  it("are of equal size where names don't matter", () => {
    const people = inAreas({ Ash: 20, Birch: 20, Cedar: 20, Damson: 11 });
    expect(namesOf(people)).toEqual(["Ash and Birch", "Cedar and Damson"]);
  });

  it("are none when two aren't possible", () => {
    expect(namesOf(inAreas({ North: 40, South: 23 }))).toEqual([]);
    expect(namesOf(inAreas({ North: 400 }))).toEqual([]);
    expect(namesOf([])).toEqual([]);
  });

  it("are fewer with a higher threshold", () => {
    expect(namesOf(london, { threshold: 20 })).toEqual([]);
  });

  it("of job roles take members by theirs, however it is written, and managers as one", () => {
    const people = [
      ...inRoles({ "Link worker": 40, "link  worker": 2, "Health coach": 10, "Care coordinator": 20 }),
      ...london,
      { area: "North East", jobRole: null, role: "member" } as const,
    ];
    const groups = makeGroups(people, options({ by: "job-role" }));
    expect(groups.groups).toEqual([
      { name: "Care coordinator and Health coach", members: ["Care coordinator", "Health coach"] },
      { name: "Link worker", members: ["Link worker"] },
      { name: "Managers", members: ["Managers"] },
    ]);
    expect(people.map((person) => groupOf(groups, person)).filter((name) => name === "Link worker")).toHaveLength(42);
    expect(groupOf(groups, { area: null, jobRole: "LINK WORKER", role: "member" })).toBe("Link worker");
    expect(groupOf(groups, { area: null, jobRole: "Link worker", role: "manager" })).toBe("Managers");
    expect(groupOf(groups, { area: null, jobRole: null, role: "member" })).toBeNull();
  });

  it("leave people without an area, or in a new one, in no group", () => {
    const groups = makeGroups(london, options());
    expect(groupOf(groups, { area: null, jobRole: null, role: "manager" })).toBeNull();
    expect(groupOf(groups, { area: " ", jobRole: null, role: "manager" })).toBeNull();
    expect(groupOf(groups, { area: "Kent", jobRole: null, role: "manager" })).toBeNull();
    expect(groupOf(groups, { area: "north west", jobRole: "Link worker", role: "member" })).toBe("North areas");
  });

  it("stay for a year, unless another kind is wanted", () => {
    const groups = makeGroups(london, options());
    const on = (day: string) => areStillGood(groups, "area", Temporal.PlainDate.from(day));
    expect([on("2026-11-23"), on("2027-11-22"), on("2027-11-23")]).toEqual([true, true, false]);
    expect(areStillGood(groups, "job-role", today)).toBe(false);
  });
});

describe("names of reporting groups", () => {
  it.each([
    [
      "don't claim a word that another group has as well",
      { "East Ash": 14, "East Birch": 14, "East Cedar": 14, Damson: 14 },
      ["East Ash and East Birch", "East Cedar and Damson"],
    ],
    [
      "leave out what everybody shares",
      { "North Central London": 14, "North East London": 14, "South East London": 14, "South West London": 14 },
      ["North areas", "South areas"],
    ],
    [
      "don't take a small word for a name",
      { "Ash and Birch": 14, "Cedar and Damson": 14, Elm: 14, Fir: 14 },
      ["Ash and Birch and Cedar and Damson", "Elm and Fir"],
    ],
    [
      "tell an area from two of its parts",
      { "Barnet and Camden": 30, Barnet: 14, Camden: 14 },
      ["Barnet and Camden", "Barnet and Camden (2)"],
    ],
    [
      "tell an area from areas that share a word",
      { "North areas": 30, "North East": 14, "North West": 14 },
      ["North areas", "North East and North West"],
    ],
  ])("%s", (_, counts, expected) => {
    expect(namesOf(inAreas(counts), { areasInOrder: Object.keys(counts) })).toEqual(expected);
  });
});

const words = fc.constantFrom("North", "South", "East", "Camden", "and", "Barnet", "areas", "camden", "(2)");
const areas = fc.array(words, { minLength: 1, maxLength: 3 }).map((some) => some.join(" "));
const someone: fc.Arbitrary<Placed> = fc.record({
  area: fc.option(areas),
  jobRole: fc.option(areas),
  role: fc.constantFrom("manager", "member"),
});
const networks = fc
  .array(fc.tuple(someone, fc.nat({ max: 40 })), { maxLength: 12 })
  .map((some) => some.flatMap(([one, count]) => Array.from({ length: count }, () => one)));
const kinds = fc.constantFrom("area", "job-role");

describe("reporting groups of any network", () => {
  it("are two or more of at least 24, or none; no two share a name, and nobody is in two", () => {
    fc.assert(
      fc.property(networks, kinds, (people, by) => {
        const made = makeGroups(people, options({ by }));
        expect(made.groups.length).not.toBe(1);
        const names = made.groups.map(({ name }) => name.toLowerCase().replace(/\s+/g, " "));
        expect(new Set(names).size).toBe(names.length);
        const members = made.groups.flatMap((group) => group.members.map((member) => member.toLowerCase()));
        expect(new Set(members).size).toBe(members.length);
        for (const { name } of made.groups) {
          expect(people.filter((one) => groupOf(made, one) === name).length).toBeGreaterThanOrEqual(24);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("don't depend on the order of people", () => {
    fc.assert(
      fc.property(networks, kinds, (people, by) => {
        expect(makeGroups(people.toReversed(), options({ by }))).toEqual(makeGroups(people, options({ by })));
      }),
    );
  });

  it("are as many as any way to cut the areas gives", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(sizes, (counts) => {
        const named = counts.map((count, nth) => [`Area ${String.fromCharCode(65 + nth)}`, count] as const);
        expect(makeGroups(inAreas(Object.fromEntries(named)), options()).groups).toHaveLength(mostRuns(counts));
      }),
    );
  });
});

/** By trying every way to cut; 0 when there aren't two. */
function mostRuns(counts: readonly number[]): number {
  let most = 0;
  for (let cuts = 0; cuts < 2 ** (counts.length - 1); cuts += 1) {
    const runs: number[] = [];
    counts.forEach((count, nth) => {
      if (nth === 0 || (cuts >> (nth - 1)) % 2 === 1) runs.push(count);
      else runs.push((runs.pop() ?? 0) + count);
    });
    if (runs.length >= 2 && runs.every((run) => run >= 24)) most = Math.max(most, runs.length);
  }
  return most;
}
