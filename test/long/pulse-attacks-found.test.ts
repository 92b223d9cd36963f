import { it } from "@jest/globals";
import { defaultInstrument } from "../../src/features/pulse/instrument.ts";
import type { Response, WaveResults } from "../../src/features/pulse/model.ts";
import { scoreOf } from "../../src/features/pulse/scoring.ts";
import { type Fault, publishing } from "../attacks/broken.ts";
import { attacked, expectFound, lopsided, surveyed } from "../attacks/found.ts";

/** What would be published if no number of people were too small. */
function showingAll(results: WaveResults, opened: readonly Response[]): WaveResults {
  const groups = results.groups.map((group) => {
    const scores = opened.flatMap((one) => (one.group === group.name ? (scoreOf(defaultInstrument, one.choices) ?? []) : []));
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    const score = { kind: "shown" as const, people: scores.length, score: Math.round(mean), margin: 0 };
    return scores.length === 0 ? group : { ...group, score };
  });
  return { ...results, groups };
}

it("an attacker finds who said what by published scores, when those of small groups are shown", async () => {
  // In the order of what they say, so that those of one score are tried in the same order every time.
  const inOneOrder = (responses: readonly Response[]) => responses.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  const fault: Fault = {
    deps: (deps) =>
      publishing(deps, (opened, { responses, results }) => ({ responses: inOneOrder(responses), results: showingAll(results, opened) })),
  };
  // Scores are often shared, so not every network gives enough away; these two do, and always in the same way.
  const waves = [...(await surveyed(fault, lopsided, 9)), ...(await surveyed(fault, lopsided, 10))];
  expectFound(await attacked(Promise.resolve(waves)), "published scores of small groups");
});
