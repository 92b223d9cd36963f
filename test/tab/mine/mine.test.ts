import { expect, it } from "@jest/globals";
import { trendRows } from "../../../src/tab/mine/trend-rows.ts";
import { erasedInWords, reachInWords } from "../../../src/tab/mine/words.ts";

it("lays a team's check-ins beside the network's median, the latest first, with what either of them lacks", () => {
  const point = { openedOn: "2026-09-29", load12: 0.9, load52: 0.8, newPeople: 40, guide: { low: 32, high: 40 } };
  const network = [
    { openedOn: "2026-08-18", median12: 0.88 },
    { openedOn: "2026-09-29", median12: null },
  ];
  expect(trendRows([point, { ...point, openedOn: "2026-11-10" }], network)).toEqual([
    { openedOn: "2026-11-10", own: { ...point, openedOn: "2026-11-10" }, median: null },
    { openedOn: "2026-09-29", own: point, median: null },
    { openedOn: "2026-08-18", own: null, median: 0.88 },
  ]);
});

it("says to somebody how their cards come, and that none do once they have asked for none", () => {
  const reach = { by: "teams", why: "In Teams." } as const;
  expect(reachInWords({ reach, stopped: false })).toBe("Your cards come to your chat with Steady in Teams.");
  expect(reachInWords({ reach, stopped: true })).toBe("You get no messages, because you asked for none.");
});

it("says how much was erased", () => {
  expect([{}, { a: 1 }, { a: 2, b: 1 }].map(erasedInWords)).toEqual([
    "There was nothing to erase.",
    "One thing that you gave is erased.",
    "3 things that you gave are erased.",
  ]);
});
