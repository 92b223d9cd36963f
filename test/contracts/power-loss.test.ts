import { expect, it } from "@jest/globals";
import { powerLosses } from "../support/power-loss-forms.ts";

it("has everything that it acknowledged when the power goes and what wasn't synced is lost", async () => {
  const { writesLost } = await powerLosses({ seed: 20_261_123, losses: 2, writes: 30 });
  // Without one, nothing would have been tried.
  expect(writesLost).toBeGreaterThan(0);
}, 60_000);
