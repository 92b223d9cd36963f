import { describe, expect, it } from "@jest/globals";
import { valueInWords } from "../../../src/tab/evidence/words.ts";

describe("a figure of the evidence", () => {
  it.each([
    [{ value: 8022.5, unit: "people" }, "8,022.5 people"],
    [{ value: 1, unit: "people" }, "1 person"],
    [{ value: 1, unit: "teams" }, "1 team"],
    [{ value: 0, unit: "WTE" }, "0 WTE"],
    [{ value: 0.93, unit: "of the guide's top" }, "0.93"],
    [{ value: 60, unit: "percent" }, "60%"],
    [{ value: null, unit: "WTE" }, "Not shown"],
  ] as const)("stands with its unit: %o", (figure, words) => {
    expect(valueInWords(figure)).toBe(words);
  });
});
