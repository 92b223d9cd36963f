import { it } from "@jest/globals";
import { seventyAnswer } from "../app/mixed-answers.ts";

const seeds = [70, ...Array.from({ length: 12 }, (_, n) => 1_000 + n)];

it.each(seeds.flatMap((seed) => [true, false].map((memberCalendars) => ({ seed, memberCalendars }))))(
  "brings seventy people's answers together (seed $seed, members' calendars: $memberCalendars)",
  async ({ seed, memberCalendars }) => seventyAnswer(seed, memberCalendars),
  180_000,
);
