import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { SendFault } from "../../../src/features/deliveries/messenger.ts";
import { consequenceOf, maxAttempts } from "../../../src/features/deliveries/model.ts";

const busy = (afterSeconds: number | null): SendFault => ({ kind: "again", afterSeconds, detail: "429" });

describe("a busy service", () => {
  it("is tried again at most five times, and then given up with a reason", () => {
    const kinds = [1, 2, 3, 4, 5].map((attempts) => consequenceOf(busy(null), attempts, 0.5, "Ana").kind);
    expect(kinds).toEqual(["retry", "retry", "retry", "retry", "failed"]);
    expect(consequenceOf(busy(null), maxAttempts, 0.5, "Ana")).toMatchObject({
      reason: "Teams was busy or out of reach each of the 5 times we tried.",
      unreachable: false,
    });
  });

  it("is named for what it is when it was Microsoft's sign-in", () => {
    const noToken: SendFault = { kind: "again", afterSeconds: null, detail: "no token: 503", at: "sign-in" };
    expect(consequenceOf(noToken, maxAttempts, 0.5, "Ana")).toMatchObject({
      reason: "Microsoft's sign-in service was busy or out of reach each of the 5 times we tried.",
    });
    expect(consequenceOf({ kind: "not-signed-in", detail: "401 invalid_client" }, 1, 0.5, "Ana")).toEqual({
      kind: "failed",
      reason: "Microsoft didn't let Steady in (401 invalid_client). Whoever runs the server must put that right; then send it again.",
      unreachable: false,
    });
  });

  it("is never asked before the moment that it named", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_600 }), fc.integer({ min: 1, max: 4 }), fc.double({ min: 0, max: 1, noNaN: true }), (after, attempts, random) => {
        const consequence = consequenceOf(busy(after), attempts, random, "Ana");
        if (consequence.kind !== "retry") throw new Error("given up too early");
        expect(consequence.afterSeconds).toBeGreaterThanOrEqual(after);
        expect(consequence.afterSeconds).toBeLessThanOrEqual(after + 1);
      }),
    );
  });

  it("that names no moment is asked after about twice as long each time, never at the same moment by all", () => {
    const waits = (random: number) =>
      [1, 2, 3, 4].map((attempts) => {
        const consequence = consequenceOf(busy(null), attempts, random, "Ana");
        return consequence.kind === "retry" ? consequence.afterSeconds : null;
      });
    expect(waits(0)).toEqual([1, 2, 4, 8]);
    expect(waits(1)).toEqual([2, 4, 8, 16]);
  });
});

describe("any other fault", () => {
  it.each([
    ["unclear", "Teams didn't say whether it arrived.", false],
    ["not-installed", "The app isn't installed in Teams for Ana.", true],
    ["blocked", "Ana has blocked the bot in Teams.", true],
    ["disabled", "An admin has switched the bot off in Teams.", true],
    ["no-chat", "Teams couldn't open a chat with Ana.", true],
    ["conversation-gone", "Ana's chat was deleted and couldn't be opened again.", true],
    ["message-gone", "The message isn't in the chat any more.", false],
    ["too-big", "It is larger than Teams accepts.", false],
    ["refused", "Teams refused it (400 BadArgument).", false],
  ] as const)("%s ends the try with a reason in plain words", (kind, reason, unreachable) => {
    const consequence = consequenceOf({ kind, detail: "400 BadArgument" }, 1, 0.5, "Ana");
    expect(consequence).toEqual({ kind: "failed", reason, unreachable });
  });
});
