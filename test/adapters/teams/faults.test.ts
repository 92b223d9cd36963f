import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { retryAfter, sendFaultOf } from "../../../src/adapters/teams/faults.ts";
import { ServiceRefusal } from "../../../src/adapters/teams/http-client.ts";

const now = Date.UTC(2026, 10, 12, 10, 0, 0);

describe("retryAfter", () => {
  it("reads seconds, whole or not", () => {
    fc.assert(fc.property(fc.nat(1_000_000), (seconds) => retryAfter(String(seconds), now) === seconds));
    expect(retryAfter(" 2.5 ", now)).toBe(2.5);
  });

  it("reads an HTTP date as the seconds until then", () => {
    fc.assert(
      fc.property(fc.nat(100_000), (seconds) => {
        const date = new Date(now + seconds * 1000).toUTCString();
        return retryAfter(date, now) === seconds;
      }),
    );
  });

  it("doesn't wait for a date that has passed", () => {
    expect(retryAfter(new Date(now - 5000).toUTCString(), now)).toBe(0);
  });

  it.each([null, "", "soon", "-1", "1e3", "2026-11-12T10:00:00Z", "1 2", "Monday"])("makes nothing of %j", (header) => {
    expect(retryAfter(header, now)).toBeNull();
  });
});

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
