import { expect, it } from "@jest/globals";
import type { MeetingDetails } from "../../../src/features/meetings/contract.ts";
import { byArea } from "../../../src/tab/meetings/by-area.ts";
import { changesOf, wasThere } from "../../../src/tab/meetings/marks.ts";
import { localTime } from "../../../src/tab/meetings/local-time.ts";

type Invited = MeetingDetails["people"][number];

const invited = (name: string, area: string | null, answer: Invited["answer"], more: Partial<Invited> = {}): Invited => ({
  person: { id: name, name, area },
  answer,
  isWaiting: false,
  isAskedAgain: false,
  answeredAt: null,
  from: null,
  raise: null,
  attended: null,
  ...more,
});

it("counts answers by area and names who hasn't answered, people without an area last", () => {
  const people = [
    invited("Zoe", null, null),
    invited("Bo", "North", "yes"),
    invited("Ana", "North", null),
    invited("Cy", "East", "no"),
    invited("Di", "East", "yes", { isAskedAgain: true }),
    invited("Ed", "East", "yes", { isWaiting: true }),
  ];
  expect(byArea(people)).toEqual([
    { area: "East", invited: 3, yes: 0, waiting: 1, maybe: 0, no: 1, unanswered: ["Di"] },
    { area: "North", invited: 2, yes: 1, waiting: 0, maybe: 0, no: 0, unanswered: ["Ana"] },
    { area: "No area given", invited: 1, yes: 0, waiting: 0, maybe: 0, no: 0, unanswered: ["Zoe"] },
  ]);
});

it("sends of who was there only what differs, so that nobody gets an answer that they never gave", () => {
  const people = [
    invited("Ana", "North", null),
    invited("Bo", "North", "yes", { attended: true }),
    invited("Cy", "North", "yes", { attended: false }),
    invited("Di", "North", null),
  ];
  const marks = new Map([["Ana", false], ["Bo", false], ["Cy", true], ["Di", true]]);
  expect(people.map((one) => wasThere(one, marks))).toEqual([false, false, true, true]);
  expect(changesOf(people, marks)).toEqual([
    { person: "Bo", attended: false },
    { person: "Cy", attended: true },
    { person: "Di", attended: true },
  ]);
  expect(changesOf(people, new Map())).toEqual([]);
});

it("gives a meeting's day and time in its own zone, as the fields of a form take them", () => {
  expect(localTime("2026-06-30T23:30:00Z")).toEqual({ date: "2026-07-01", time: "00:30" });
  expect(localTime("2026-12-09T10:00:00Z")).toEqual({ date: "2026-12-09", time: "10:00" });
});
