import { describe, expect, it } from "@jest/globals";
import { defaultInstrument } from "../../../src/features/pulse/instrument.ts";
import { coverageInWords, groupInWords, keptInWords, measureOf, responseInWords } from "../../../src/features/pulse/words.ts";
import { northAreas, someResults } from "../../builders/pulse.ts";

const rest =
  "Leads see groups of 10 or more. Once sent, answers can't be changed or deleted. This is not monitored.";
const apart = "us who pressed Send; we keep that apart, only to stop reminders, until the survey closes.";

describe("what is kept of an answer", () => {
  it("is said with the person's reporting group", () => {
    expect(keptInWords("North areas", 10, "teams")).toBe(
      `Your answers are stored without your name, with your reporting group (North areas). Teams tells ${apart} ${rest}`,
    );
  });

  it("names no group for somebody who has none", () => {
    expect(keptInWords(null, 10, "teams")).toBe(`Your answers are stored without your name. Teams tells ${apart} ${rest}`);
  });

  it("is true on a link's page, and with another threshold", () => {
    const words = keptInWords(null, 15, "link");
    expect(words).toContain(`Your link tells ${apart}`);
    expect(words).toContain("Leads see groups of 15 or more.");
    expect(words).not.toContain("Teams");
  });
});

describe("whom a result speaks for", () => {
  const { people } = someResults();

  it("is said with rounded numbers", () => {
    expect(coverageInWords(people, { managers: 70, members: 241 })).toEqual(["Asked: about 70 managers and about 240 team members."]);
  });

  it("is managers only where no member was asked", () => {
    const [words] = coverageInWords({ ...people, membersAsked: 0 }, { managers: 70, members: 0 });
    expect(words).toContain("it speaks for managers only");
  });

  it("says neither none nor how many where rounding leaves none", () => {
    const words = coverageInWords({ ...people, membersAsked: 0 }, { managers: 70, members: 2 });
    expect(words).toEqual(["Asked: about 70 managers and fewer than 5 team members."]);
  });

  it("is how many answered, rounded, with the rate", () => {
    expect(responseInWords(someResults())).toContain("About 185 of about 310 people answered (60%).");
    expect(responseInWords(someResults({ people: { ...people, answered: 0 }, responseRate: 0 }))).toContain("Fewer than 5 of about 310");
  });
});

it("names what a score measures, and a group with what it is made of", () => {
  expect(measureOf(defaultInstrument)).toBe("Work-related burnout");
  expect(measureOf({ title: "A scale" })).toBe("A scale");
  const group = { ...northAreas, score: { kind: "shown", people: 110, score: 52, margin: 6 } } as const;
  expect(groupInWords(group, 10)).toBe("North areas (North Central, North East, North West): 52 out of 100, give or take 6");
  const alone = { name: "South East", members: ["South East"], score: { kind: "suppressed", why: "complement" } } as const;
  expect(groupInWords(alone, 10)).toBe("The score of South East isn't shown, because fewer than 10 people would be left beside what is shown.");
});
