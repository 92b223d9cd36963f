import { describe, expect, it } from "@jest/globals";
import { begunInWords, installedInWords, progressInWords } from "../../../src/tab/people/install-words.ts";

const none = { intended: 0, installed: 0, failed: 0, cannot: 0, pending: 0 };

describe("who has the app", () => {
  it("is told in numbers, of each kind that there is", () => {
    expect(progressInWords(none)).toBe("Nobody has been given the app from here yet.");
    expect(progressInWords({ ...none, intended: 1, installed: 1 })).toBe("1 person: 1 has the app");
    const all = { intended: 1_004, installed: 1_000, failed: 1, cannot: 2, pending: 1 };
    expect(progressInWords(all)).toBe("1,004 people: 1,000 have the app, 1 being installed, 2 left out, 1 failed");
  });

  it("is told in a word or two of somebody who is left out", () => {
    expect(installedInWords({ state: "installed", obstacle: null })).toBe("Has the app");
    expect(installedInWords({ state: "cannot", obstacle: "other-organisation" })).toBe("Other organisation");
    expect(installedInWords({ state: "cannot", obstacle: "removed" })).toBe("Removed");
  });

  it("is told to whoever had it installed, with nobody left as well", () => {
    expect(begunInWords({ tries: 1 }, { ...none, pending: 1 })).toBe("The app is on its way to 1 person. They have nothing to do.");
    expect(begunInWords({ tries: 1 }, { ...none, installed: 1 })).toBe("That is done.");
    expect(begunInWords({ tries: 1 }, { ...none, failed: 1 })).toContain("save for those for whom it failed");
    expect(begunInWords({ tries: 0 }, { ...none, intended: 2, installed: 2 })).toBe("Everybody has the app already.");
    expect(begunInWords({ tries: 0 }, { ...none, intended: 2, installed: 1, cannot: 1 })).toContain("The list says why");
  });
});
