import { expect } from "@jest/globals";
import { Temporal } from "../../src/kernel/time.ts";

// Dates and moments keep what they are out of sight, so that without this any two of a kind pass for equal.
expect.addEqualityTesters([
  (a: unknown, b: unknown) => {
    const [one, other] = [written(a), written(b)];
    return one === null || other === null ? undefined : one === other;
  },
]);

function written(value: unknown): string | null {
  const temporal = value instanceof Temporal.Instant || value instanceof Temporal.PlainDate;
  return temporal ? `${value[Symbol.toStringTag]} ${value.toString()}` : null;
}
