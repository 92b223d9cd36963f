import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { ServiceRefusal } from "../../../src/adapters/service-call.ts";
import { sendFaultOf } from "../../../src/adapters/teams/faults.ts";

const now = Date.UTC(2026, 10, 12, 10, 0, 0);

describe("sendFaultOf", () => {
  it("finds a kind for every status and body, and repeats no words of the body", () => {
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 599 }), fc.oneof(fc.string(), fc.json()), (status, body) => {
        const fault = sendFaultOf(new ServiceRefusal(status, new Headers(), body), now);
        return fault !== null && /^\d{3}( \w{1,60})?$/.test(fault.detail);
      }),
    );
  });

  it("leaves errors of our own alone", () => {
    expect(sendFaultOf(new TypeError("oops"), now)).toBeNull();
  });
});
