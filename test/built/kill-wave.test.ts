import { it } from "@jest/globals";
import { engines } from "../support/database.ts";
import { killedWave } from "../support/killed-wave.ts";

it.each(engines)("counts every answer of a wave once, and reminds nobody who sent, when it is killed on the way (%s)", async (engine) => {
  await killedWave(engine, { cards: [17], answers: [19], reminders: null, close: ["counting", "clearing", "purging"] });
}, 400_000);
