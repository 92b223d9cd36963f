import { it } from "@jest/globals";
import { killedWave, type WaveKills } from "../support/killed-wave.ts";

// Each engine dies at some of the moments; test/long has all of them on both.
const kills = {
  embedded: { cards: [17], answers: [], reminders: null, close: ["counting", "purging"] },
  server: { cards: [], answers: [19], reminders: null, close: ["clearing"] },
} as const satisfies Record<string, WaveKills>;

it.each(["embedded", "server"] as const)(
  "counts every answer of a wave once, and reminds nobody who sent, when it is killed on the way (%s)",
  async (engine) => killedWave(engine, kills[engine]),
  400_000,
);
