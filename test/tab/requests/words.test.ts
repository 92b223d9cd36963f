import { describe, expect, it } from "@jest/globals";
import { day } from "../../../src/tab/parts/dates.ts";
import { dueInWords, holderInWords, isOver } from "../../../src/tab/requests/words.ts";

const owner = { id: "p1", name: "Dilip Chaudhari" };

describe("with whom a request is", () => {
  it("tells whoever has it that it is theirs, and everybody else whose it is", () => {
    expect(holderInWords({ state: "open", owner }, "p1")).toBe("With you, not taken yet.");
    expect(holderInWords({ state: "open", owner }, "p2")).toBe("With Dilip Chaudhari, not taken yet.");
    expect(holderInWords({ state: "taken", owner }, "p1")).toBe("You have taken this on.");
    expect(holderInWords({ state: "taken", owner }, "p2")).toBe("Dilip Chaudhari has taken this on.");
    expect(holderInWords({ state: "done", owner }, "p2")).toBe("Dilip Chaudhari has marked this as done.");
  });

  it("names nobody once the team asks for nothing any more", () => {
    expect(holderInWords({ state: "withdrawn", owner }, "p1")).toBe("The team no longer asks for this.");
  });
});

describe("when a request is due", () => {
  it("is in the past tense once it is overdue", () => {
    expect(dueInWords({ dueOn: "2026-11-12", isOverdue: false })).toBe(`Due by ${day("2026-11-12")}.`);
    expect(dueInWords({ dueOn: "2026-11-12", isOverdue: true })).toBe(`Was due by ${day("2026-11-12")}.`);
  });

  it("matters no more when it is done or withdrawn", () => {
    expect((["open", "taken", "done", "withdrawn"] as const).map((state) => isOver({ state }))).toEqual([false, false, true, true]);
  });
});
