import { describe, expect, it } from "@jest/globals";
import type { SummaryGroup, SummaryLoad } from "../../../src/features/check-ins/contract.ts";
import { areasOf, arranged, type Team } from "../../../src/tab/check-ins/teams-order.ts";
import { questionsOf } from "../../../src/tab/check-ins/team-questions.ts";
import { groupsInWords, loadInWords } from "../../../src/tab/load/words.ts";
import { counted, number } from "../../../src/tab/parts/words.ts";

const load = (value: number, state: "below" | "in" | "above"): NonNullable<SummaryLoad> => ({
  ...{ newPeople: 29, guide: { low: 23, high: 29 }, load: value, state, daysCovered: 84, teams: 1, words: "29 new people; guide 23 to 29" },
});

const team = (name: string, area: string | null, state: SummaryLoad = null): Team => ({
  ...{ id: name, name, area, place: null, pcn: null, organisation: null, managers: [], state, feeling: null },
  ...{ waiting: null, longestWaitWeeks: null, roundsUnanswered: 0, answered: null },
});

const group = (last12Weeks: SummaryLoad): SummaryGroup => ({
  ...{ name: "Barnet", teams: 1, answered: 1, carriedForward: 0, coverage: "1 of 1 teams", last12Weeks, last52Weeks: null },
  ...{ waiting: null, longestWaitWeeks: null, teamsAbove: null, wteNeeded: null, trend: [], details: null },
});

describe("the list of teams", () => {
  const [unknown, low, high, even] = [team("Ash", "North"), team("Birch", null, load(0.6, "below")), team("Cedar", "South", load(1.3, "above")), team("Alder", "North", load(1.3, "above"))];
  const all = [unknown, low, high, even];
  const names = (view: Partial<Parameters<typeof arranged>[1]>) =>
    arranged(all, { order: "load", area: null, state: null, ...view }).map(({ name }) => name);

  it("comes by load with the highest first and what can't be calculated last, by area, or by name", () => {
    expect(names({})).toEqual(["Alder", "Cedar", "Birch", "Ash"]);
    expect(names({ order: "area" })).toEqual(["Alder", "Ash", "Cedar", "Birch"]);
    expect(names({ order: "name" })).toEqual(["Alder", "Ash", "Birch", "Cedar"]);
  });

  it("narrows down to an area and to a state, the unknown one among them", () => {
    expect(names({ area: "North" })).toEqual(["Alder", "Ash"]);
    expect(names({ state: "above" })).toEqual(["Alder", "Cedar"]);
    expect(names({ state: "unknown" })).toEqual(["Ash"]);
    expect(names({ area: "South", state: "below" })).toEqual([]);
    expect(areasOf(all)).toEqual(["North", "South"]);
  });
});

describe("the words of the caseload", () => {
  it("say how many groups are above the range, of those whose load can be calculated", () => {
    expect(groupsInWords([group(load(1.1, "above")), group(load(0.9, "in")), group(null)], "area")).toBe("1 of 2 areas is above the guide range.");
    expect(groupsInWords([group(load(0.9, "in")), group(load(0.9, "in"))], "place")).toBe("None of the 2 places is above the guide range.");
    expect(groupsInWords([group(null)], "place")).toBe("No place’s load can be calculated yet.");
  });

  it("say which days a load doesn't cover, and when there is none", () => {
    expect(loadInWords(load(1, "in"), 12)).toBe("Over 12 weeks: 29 new people; guide 23 to 29.");
    expect(loadInWords({ ...load(1, "in"), daysCovered: 126 }, 52)).toBe("Over 52 weeks: 29 new people; guide 23 to 29. Answers cover 126 of 364 days.");
    expect(loadInWords(null, 12)).toBe("Over 12 weeks: can’t be calculated.");
  });

  it("count in words", () => {
    expect([counted(1, "team"), counted(1200, "card"), number(11.456)]).toEqual(["1 team", "1,200 cards", "11.46"]);
  });
});

describe("the answers of a team", () => {
  it("have a column for each question that was ever answered, in the words that it had last", () => {
    const answer = (question: string, words: string) => ({ question, words, value: "1", carried: false });
    const opening = (opensOn: string, answers: ReturnType<typeof answer>[]) => ({
      ...{ opensOn, answers, load12: null, load52: null, newPeople: null, guide: null, carried: false },
    });
    const history = [
      opening("2026-08-18", [answer("waiting", "Waiting"), answer("vacancies", "Vacancies")]),
      opening("2026-09-29", [answer("waiting", "People waiting"), answer("pressures", "Pressures")]),
    ];
    expect(questionsOf(history)).toEqual([
      { id: "waiting", words: "People waiting" },
      { id: "vacancies", words: "Vacancies" },
      { id: "pressures", words: "Pressures" },
    ]);
  });
});
