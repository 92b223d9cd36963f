import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { retryAfter } from "../../src/adapters/service-call.ts";

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
