import { describe, expect, it } from "@jest/globals";
import { listInWords } from "../../src/kernel/words.ts";

describe("a list in words", () => {
  it("has commas between its names and “and” before the last", () => {
    const lists = [[], ["Ana"], ["Ana", "Ben"], ["Ana", "Ben", "Cem"]];
    expect(lists.map(listInWords)).toEqual(["", "Ana", "Ana and Ben", "Ana, Ben and Cem"]);
  });
});
