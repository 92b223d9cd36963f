import { describe, expect, it } from "@jest/globals";
import { PulseSettings } from "../../../src/features/pulse/settings.ts";
import { linesToCheck, supportLines } from "../../../src/features/pulse/support.ts";
import { day } from "../../builders/planning.ts";

const checked = (lastChecked: string | null) =>
  PulseSettings.parse({ supportLines: [{ name: "Samaritans", contact: "call 116 123", lastChecked }] });

describe("support lines", () => {
  it("are the four that everybody in England can use, unless others are set, and nobody has checked them yet", () => {
    expect(supportLines(PulseSettings.parse({}))).toEqual([
      "In an emergency: call 999",
      "NHS 111: call 111 and choose option 2",
      "Samaritans: call 116 123",
      "Shout: text SHOUT to 85258",
    ]);
  });

  it("say when they were last checked", () => {
    expect(supportLines(checked("2026-03-03"))).toEqual(["Samaritans: call 116 123 (last checked 3 March 2026)"]);
  });

  it.each([
    ["never", null, ["Samaritans"]],
    ["more than twelve months ago", "2025-11-23", ["Samaritans"]],
    ["twelve months ago to the day", "2025-11-24", []],
    ["a month ago", "2026-10-24", []],
    ["on 29 February of last year but one", "2024-02-29", ["Samaritans"]],
  ])("that were checked %s want checking, or not", (_, lastChecked, wanted) => {
    expect(linesToCheck(checked(lastChecked), day("2026-11-24"))).toEqual(wanted);
  });
});
