import { describe, expect, it } from "@jest/globals";
import { confidentialPurposes, deliveryStates } from "../../../src/features/deliveries/words.ts";
import { inOrder, meetingCards, othersInWords, retriedInWords, roundCards, statesInOrder } from "../../../src/tab/deliveries/words.ts";

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

  it("says how many cards failed besides those that are counted", () => {
    expect([1, 1_200].map(othersInWords)).toEqual([
      "1 card of another kind failed, such as notes, and can be sent again.",
      "1,200 cards of other kinds failed, such as notes, and can be sent again.",
    ]);
  });

  it("says how many cards go out again", () => {
    expect([0, 1, 2].map(retriedInWords)).toEqual([
      "No card was left to send again.",
      "1 card is on its way again.",
      "2 cards are on their way again.",
    ]);
  });
});
