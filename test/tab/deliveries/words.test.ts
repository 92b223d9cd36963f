import { describe, expect, it } from "@jest/globals";
import { confidentialPurposes, deliveryStates } from "../../../src/features/deliveries/words.ts";
import { inOrder, meetingCards, retriedInWords, roundCards, statesInOrder } from "../../../src/tab/deliveries/words.ts";

describe("the ledger of cards", () => {
  it("has every state, and shows what needs somebody first", () => {
    expect(statesInOrder.toSorted()).toEqual([...deliveryStates].toSorted());
    const rows = ["delivered", "failed", "skipped", "failed", "pending"].map((state, id) => ({ id, state: state as "failed" }));
    expect(inOrder(rows).map(({ id }) => id)).toEqual([1, 3, 4, 2, 0]);
  });

  it("offers nothing of a survey", () => {
    const offered: string[] = [...roundCards, ...meetingCards].map(([purpose]) => purpose);
    expect(confidentialPurposes.filter((purpose) => offered.includes(purpose))).toEqual([]);
  });

  it("says how many cards go out again", () => {
    expect([0, 1, 2].map(retriedInWords)).toEqual([
      "No card was left to send again.",
      "1 card is on its way again.",
      "2 cards are on their way again.",
    ]);
  });
});
