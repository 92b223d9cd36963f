import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { evidenceOf } from "../../../src/features/evidence/model.ts";
import { aGroup, aLoad, anySurvey, anyTotals, aSummary, nothingShown, told } from "./packs.ts";

const words = (text: string) => text.split(/\s+/).length;
const paragraphWith = (newPeople: number, low: number, high: number) => {
  const total = aGroup("All", { last12Weeks: aLoad(newPeople, low, high, 60) });
  return evidenceOf(told({ areas: aSummary("area", { total }) })).paragraph;
};

describe("the paragraph of the evidence pack", () => {
  it("says what the figures are, who stands behind them, what chance may have done and what the survey found", () => {
    expect(evidenceOf(told()).paragraph.split(/(?<=[.]) (?=[A-Z0-9])/)).toEqual([
      "In the 12 weeks to Tuesday 11 August 2026, teams in London managers' network recorded 1212 new people, against a guide range of 800 to 1000 for their staff in post: above the range.",
      "This rests on 61 of 70 teams, 9 carried forward from earlier answers.",
      "The range is guidance, not a limit.",
      "By chance such a count can be about 71 higher or lower (Poisson, 95%), so chance is an unlikely reason.",
      "Bringing teams above it back to its top would take 12.5 more whole-time equivalent staff.",
      "318 people were waiting, where teams know.",
      "In the survey closed on Tuesday 23 June 2026, about 185 of about 310 people answered (60%).",
      "Copenhagen Burnout Inventory, work-related burnout: 54 out of 100 (higher is worse), give or take 3; this is no diagnosis.",
    ]);
  });

  it("is 90 to 140 words, whatever the figures are", () => {
    fc.assert(
      fc.property(anyTotals, anySurvey, (totals, survey) => {
        const { paragraph } = evidenceOf(told({ areas: aSummary("area", totals), survey }));
        expect([paragraph, words(paragraph) >= 90, words(paragraph) <= 140]).toEqual([paragraph, true, true]);
      }),
    );
  });

  it("says of a difference that it is more than chance only where it lies further out than a Poisson count's interval", () => {
    // 1.92 + 1.96 × √(400 + 0.96) = 41.2: 42 whole people.
    expect(paragraphWith(400, 200, 357)).toContain("chance is an unlikely reason");
    expect(paragraphWith(400, 200, 358)).toContain("so the difference may be chance");
    expect(paragraphWith(400, 443, 500)).toContain("chance is an unlikely reason");
    expect(paragraphWith(400, 442, 500)).toContain("so the difference may be chance");
    expect(paragraphWith(400, 300, 500)).toContain("small differences mean little");
  });

  it("never lets below the range read as spare capacity, nor what is withheld as a low caseload", () => {
    expect(paragraphWith(10, 200, 300)).toContain("below the range, which doesn't mean spare capacity");
    const withheld = evidenceOf(told({ areas: nothingShown("area"), places: nothingShown("place"), survey: null })).paragraph;
    expect(withheld).toContain("Too few teams answered");
    expect(withheld).not.toMatch(/\d+ (new )?people|\b1 team\b/);
  });
});
