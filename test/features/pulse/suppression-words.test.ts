import { describe, expect, it } from "@jest/globals";
import { suppressionInWords } from "../../../src/features/pulse/suppression-words.ts";

describe("why something isn't shown", () => {
  it.each([
    ["too-few", "The score isn't shown, because it would single out fewer than 12 people."],
    ["complement", "The score isn't shown, because fewer than 12 people would be left beside what is shown."],
    ["unanimous", "The score isn't shown, because all or nearly all of the people whom it would tell about came out the same."],
    ["lost", "The score isn't shown, because the key to the answers was lost, and nobody can read them."],
  ] as const)("is one sentence for %s", (why, expected) => {
    expect(suppressionInWords(why, 12, "The score")).toBe(expected);
  });
});
