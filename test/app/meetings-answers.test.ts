import { it } from "@jest/globals";
import { type Act, asked, expectAgreement, later, seventyAnswer } from "./mixed-answers.ts";
import { lead, manager, roster } from "./rosters.ts";

const four: readonly Act[] = [
  { where: "card", said: "yes" },
  { where: "outlook", said: "no" },
  { where: "card", said: "maybe" },
  { where: "outlook", said: "yes" },
];

function permutations<T>(list: readonly T[]): T[][] {
  if (list.length < 2) return [[...list]];
  return list.flatMap((one, place) => permutations(list.toSpliced(place, 1)).map((rest) => [one, ...rest]));
}

it.each([
  { manner: "hold", memberCalendars: false },
  { manner: "twice", memberCalendars: true },
  { manner: "drop", memberCalendars: true },
] as const)(
  "counts the newest answer in every order of two on the card and two in Outlook (notifications: $manner, members' calendars: $memberCalendars)",
  async ({ manner, memberCalendars }) => {
    const outcomes = permutations(four).map((acts, n) => ({ email: `manager${n}@example.org`, acts }));
    const rows = outcomes.map(({ email }, n) => manager(`Manager ${n}`, { email }));
    const world = await asked("lea@example.org", roster(...rows, lead("Lea")), memberCalendars);
    world.app.graph.notifications.treat(manner);
    for (const step of [0, 1, 2, 3]) {
      await world.app.moveTo(`2026-12-29T09:3${step + 1}:20`);
      for (const { email, acts } of outcomes) await world.does(email, acts[step] ?? four[0]!);
      await world.app.settle();
    }
    await world.comesToRest(...later);
    await expectAgreement(world, outcomes, memberCalendars);
  },
);

it("brings seventy people's answers from cards and from Outlook together, also in members' calendars", () => seventyAnswer(1007, true));
