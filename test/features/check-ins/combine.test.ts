import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { combineAreas, combinePlaces, type PlacedTeam } from "../../../src/features/check-ins/combine.ts";

let count = 0;
function team(area: string, place: string, organisation: string | null): PlacedTeam {
  count += 1;
  return { team: `t${String(count).padStart(3, "0")}`, area, place, organisation };
}
function several(area: string, place: string, ...employers: string[]): PlacedTeam[] {
  return employers.map((employer) => team(area, place, employer));
}

/** The rule, said again without the code under test: three teams of two employers. */
const passes = (teams: readonly PlacedTeam[]) =>
  teams.length >= 3 && new Set(teams.flatMap(({ organisation }) => organisation?.trim().toLowerCase() ?? [])).size >= 2;

const networks = fc
  .array(
    fc.record({
      area: fc.constantFrom("North", "South", "East", null),
      place: fc.constantFrom("Ash", "Birch", "Cedar", null),
      organisation: fc.constantFrom("One", "one ", "Two", "Three", null),
    }),
    { maxLength: 14 },
  )
  .map((list) => list.map((one, index) => ({ ...one, team: `t${index}` })));

describe("places shown outside the leads", () => {
  it("stand alone with three teams of two employers", () => {
    const teams = [
      ...several("North", "Ash", "One", "One", "Two"),
      ...several("North", "Birch", "One", "Two", "Three"),
    ];
    expect(combinePlaces(teams).map(({ name, area }) => [name, area])).toEqual([
      ["Ash", "North"],
      ["Birch", "North"],
    ]);
  });

  it("are named together when one is too small", () => {
    const teams = [
      ...several("North", "Barnet", "One"),
      ...several("North", "Enfield", "One", "Two"),
      ...several("North", "Camden", "One", "Two", "Three"),
    ];
    expect(combinePlaces(teams).map(({ name }) => name)).toEqual(["Barnet and Enfield", "Camden"]);
  });

  it("join a neighbour that passes when no other is too small", () => {
    const teams = [
      ...several("North", "Barnet", "One", "One", "One"),
      ...several("North", "Camden", "One", "Two", "Three"),
      ...several("North", "Enfield", "One", "Two", "Three", "Four"),
    ];
    expect(combinePlaces(teams).map(({ name }) => name)).toEqual(["Barnet and Camden", "Enfield"]);
  });

  it("become their whole area when nothing less will do", () => {
    const teams = [team("North", "Barnet", "One"), team("North", "Camden", "One"), team("North", "Enfield", "Two")];
    expect(combinePlaces(teams)).toEqual([
      { name: "North", area: "North", places: ["Barnet", "Camden", "Enfield"], teams: teams.map((one) => one.team) },
    ]);
  });

  it("join another area's when their own is too small", () => {
    const teams = [
      ...several("North", "Ash", "One"),
      ...several("South", "Ash", "One", "Two", "Three"),
      ...several("East", "Elm", "One", "Two", "Two", "Two"),
    ];
    expect(combineAreas(teams).map(({ name, places }) => [name, places.map((group) => group.name)])).toEqual([
      ["East", ["Elm"]],
      ["North and South", ["North and South"]],
    ]);
  });

  it("show nothing when all together are too small", () => {
    expect(combinePlaces([])).toEqual([]);
    expect(combinePlaces(several("North", "Ash", "One", "One", "One", "One"))).toEqual([]);
    const oneKnown = [team("North", "Ash", null), team("North", "Ash", "One"), team("North", "Ash", null)];
    expect(combinePlaces(oneKnown)).toEqual([]);
  });

  it("don't depend on the order of the teams", () => {
    const shuffles = networks.chain((teams) =>
      fc.tuple(fc.constant(teams), fc.shuffledSubarray(teams, { minLength: teams.length })),
    );
    fc.assert(
      fc.property(shuffles, ([teams, shuffled]) => {
        expect(combineAreas(shuffled)).toEqual(combineAreas(teams));
      }),
    );
  });

  it("cover every team once, or show nothing at all", () => {
    fc.assert(
      fc.property(networks, (teams) => {
        const all = teams.map((one) => one.team).sort();
        const areas = combineAreas(teams);
        expect(areas.flatMap((area) => area.teams).sort()).toEqual(passes(teams) ? all : []);
        for (const { places, teams: own } of areas)
          expect(places.flatMap((group) => group.teams).sort()).toEqual([...own].sort());
        const names = combinePlaces(teams).map(({ name, area }) => `${area}: ${name}`);
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });

  it("give away nothing about too few, by themselves or by any subtraction", () => {
    fc.assert(
      fc.property(networks, (teams) => {
        const byId = new Map(teams.map((one, index) => [one.team, { one, bit: 1 << index }]));
        const maskOf = (ids: readonly string[]) => ids.reduce((mask, id) => mask | (byId.get(id)?.bit ?? 0), 0);
        const areas = combineAreas(teams);
        if (areas.length === 0) return;
        const figures = new Set([(1 << teams.length) - 1, ...areas.map((area) => maskOf(area.teams))]);
        for (const group of combinePlaces(teams)) figures.add(maskOf(group.teams));
        // Every set reached by adding disjoint figures and by taking a part from a whole, until no new ones come.
        const reached = new Set(figures);
        for (let before = 0; before !== reached.size; ) {
          before = reached.size;
          for (const a of [...reached])
            for (const b of figures) {
              if ((a & b) === b && a !== b) reached.add(a ^ b);
              if ((a & b) === a && a !== b) reached.add(a ^ b);
              if ((a & b) === 0) reached.add(a | b);
            }
        }
        for (const mask of reached) expect(passes(teams.filter((_, index) => (mask & (1 << index)) !== 0))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
