import { describe, expect, it } from "@jest/globals";
import { labelsInWords, likelyRange, rateInWords, scoreInWords } from "../../../src/tab/survey/words.ts";

describe("a survey in words", () => {
  it("keeps what a score likely is within its scale", () => {
    expect(likelyRange({ kind: "shown", people: 10, score: 3, margin: 7 })).toEqual({ low: 0, high: 10 });
    expect(likelyRange({ kind: "shown", people: 10, score: 98, margin: 7 })).toEqual({ low: 91, high: 100 });
  });

  it("says a score with what it rests on, or the server's reason for none", () => {
    expect(scoreInWords({ kind: "shown", people: 210, score: 54, margin: 3 })).toBe("54, likely 51 to 57; about 210 people");
    expect(scoreInWords({ kind: "suppressed", why: "too-few", words: "It isn't shown." })).toBe("It isn't shown.");
  });

  it("says answers that stand together as one", () => {
    expect(labelsInWords(["under 50"])).toBe("Under 50");
    expect(labelsInWords(["To a very high degree", "To a high degree"])).toBe("To a very high degree or to a high degree");
  });

  it("says a rounded share, and that there is none where hardly anybody was asked", () => {
    expect(rateInWords(0)).toBe("About 0% of those asked have answered");
    expect(rateInWords(null)).toBe("Fewer than five people were asked");
  });
});
