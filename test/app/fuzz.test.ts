import { describe, expect, it } from "@jest/globals";
import { fuzzedApi, fuzzedBot, fuzzedBytes, fuzzedPages, fuzzedRosters } from "./fuzzing/forms.ts";

const seed = 20261122;

describe("whatever is sent, there is an answer in time and without a fault, what is refused stores nothing, and what was stored can be read", () => {
  it("to every route of the API", async () => {
    expect(await fuzzedApi({ seed, each: 3 })).toEqual([]);
  }, 60_000);

  it("as a roster's file", async () => {
    expect(await fuzzedRosters({ seed, each: 6 })).toEqual([]);
  }, 60_000);

  it("by every button and line in Teams", async () => {
    expect(await fuzzedBot({ seed, each: 3 })).toEqual([]);
  }, 60_000);

  it("by pages that a link opened, and as Graph's notifications", async () => {
    expect(await fuzzedPages({ seed, each: 3 })).toEqual([]);
  }, 60_000);

  it("as bytes to its port", async () => {
    expect(await fuzzedBytes({ seed, each: 60 })).toEqual([]);
  }, 60_000);
});
