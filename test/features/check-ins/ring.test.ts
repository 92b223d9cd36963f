import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { rolling } from "../../../src/features/check-ins/caseload.ts";
import { type LastSpoke, type RingCandidate, teamsToRing } from "../../../src/features/check-ins/ring.ts";
import { Temporal } from "../../../src/kernel/time.ts";

const opening = Temporal.PlainDate.from("2026-11-24");
const team = (name: string, more: Partial<RingCandidate> = {}): RingCandidate => ({
  id: name,
  name,
  area: null,
  managers: [],
  feeling: "busy",
  rolling12: null,
  waiting: null,
  longestWaitWeeks: null,
  openRequest: null,
  lastSpoke: null,
  roundsUnanswered: 0,
  ...more,
});
function figures(people: number) {
  const dates = { openedOn: opening, from: opening.subtract({ days: 42 }), days: 42 };
  const period = { ...dates, posts: { link_worker: 1 }, newPeople: { link_worker: people }, carried: false };
  return rolling([period], { link_worker: { low: 200, high: 250 } }, opening, 12);
}
const request = (reasons: NonNullable<RingCandidate["openRequest"]>["reasons"], dueOn: string, overdue: boolean) => ({
  reasons,
  dueOn: Temporal.PlainDate.from(dueOn),
  overdue,
  takenBy: null,
});
const spoken = (more: Partial<LastSpoke> = {}): LastSpoke => ({
  ...{ on: Temporal.PlainDate.from("2026-11-25"), by: "Nora", sinceOpening: true, sinceAnswer: true },
  ...more,
});

const ranked = [
  team("unsafe, overdue", { feeling: "unsafe", openRequest: request(["unsafe"], "2026-11-20", true) }),
  team("unsafe, due", { feeling: "unsafe", openRequest: request(["unsafe", "call"], "2026-11-12", false) }),
  team("lead's own, long overdue", { openRequest: request(["lead"], "2026-11-01", true) }),
  team("call, long overdue", { openRequest: request(["call"], "2026-11-02", true) }),
  team("peer, overdue", { openRequest: request(["peer"], "2026-11-19", true) }),
  team("asks anew, spoken to", { openRequest: request(["call"], "2026-11-21", true), lastSpoke: spoken() }),
  team("far above", { rolling12: figures(50) }),
  team("above", { rolling12: figures(34) }),
  team("unsafe, dealt with", { feeling: "unsafe" }),
  team("stretched, 12 weeks", { feeling: "stretched", longestWaitWeeks: 12, waiting: 1 }),
  team("stretched, 3 weeks", { feeling: "stretched", longestWaitWeeks: 3, waiting: 40 }),
  team("stretched, unknown wait", { feeling: "stretched" }),
  team("silent for 4", { feeling: null, roundsUnanswered: 4 }),
  team("a silent for 2", { id: "z", feeling: null, roundsUnanswered: 2 }),
  team("b silent for 2", { feeling: null, roundsUnanswered: 2 }),
  // A lead has spoken to these since the round opened, so that all others come before them.
  team("far above, spoken to", { rolling12: figures(60), lastSpoke: spoken() }),
  team("unsafe again, spoken to", { feeling: "unsafe", lastSpoke: spoken({ sinceAnswer: false }) }),
];
const quiet = [
  team("fine"),
  team("in range", { rolling12: figures(25) }),
  team("below", { rolling12: figures(5) }),
  team("call, due", { openRequest: request(["call"], "2026-11-26", false) }),
  team("missed one", { roundsUnanswered: 1, feeling: null }),
  team("lead's own, due", { openRequest: request(["lead"], "2026-11-26", false) }),
  team("stretched, spoken to", { feeling: "stretched", waiting: 9, lastSpoke: spoken() }),
  team("unsafe, spoken to in an earlier round", { feeling: "unsafe", lastSpoke: spoken({ sinceOpening: false }) }),
  team("silent, spoken to", { feeling: null, roundsUnanswered: 5, lastSpoke: spoken() }),
];

describe("the teams to ring first", () => {
  it("come in the order of the table, whatever order they are given in", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...ranked, ...quiet], { minLength: ranked.length + quiet.length }), (shuffled) => {
        expect(teamsToRing(shuffled, 99).map((ring) => ring.team.name)).toEqual(ranked.map(({ name }) => name));
      }),
    );
  });

  it("are never more than asked for, and three by default", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...ranked, ...quiet]), fc.integer({ min: -1, max: 20 }), (some, count) => {
        const rings = teamsToRing(some, count);
        expect(rings.length).toBe(Math.min(Math.max(count, 0), some.filter((one) => ranked.includes(one)).length));
        for (const { why } of rings) expect(why.length).toBeGreaterThan(0);
      }),
    );
    expect(teamsToRing(ranked)).toHaveLength(3);
  });

  it("keep their order when others are left out", () => {
    fc.assert(
      fc.property(fc.subarray(ranked), (some) => {
        expect(teamsToRing(some, 99).map((ring) => ring.team)).toEqual(some);
      }),
    );
  });

  it("say why in plain lines with numbers, the first reason in front", () => {
    const busy = team("all of it", {
      feeling: "stretched",
      waiting: 14,
      longestWaitWeeks: 9,
      roundsUnanswered: 2,
      rolling12: figures(34),
      openRequest: request(["network", "call"], "2026-11-12", true),
    });
    expect(teamsToRing([busy])[0]?.why).toEqual([
      "Asked for something to be raised at the network and a call; a reply was due by Thursday 12 November.",
      "Above the guide range over 12 weeks: 34 new people; guide 23 to 29.",
      "Feels stretched; 14 people waiting, longest wait 9 weeks.",
      "Hasn't answered for 2 rounds.",
    ]);
    expect(teamsToRing(ranked.slice(1, 2))[0]?.why).toEqual([
      "Says it's more than they can do safely; a reply is due by Thursday 12 November.",
    ]);
    expect(teamsToRing([team("one", { feeling: "stretched", waiting: 1, longestWaitWeeks: 1 })])[0]?.why).toEqual([
      "Feels stretched; 1 person waiting, longest wait 1 week.",
    ]);
  });

  it("say who has taken a team on, or who has dealt with it since the round opened", () => {
    const standing = (more: Partial<RingCandidate>) => teamsToRing([team("one", { rolling12: figures(50), ...more })])[0]?.standing;
    const taken = { ...request(["unsafe"], "2026-11-26", false), takenBy: "Leo" };
    expect(standing({})).toBeNull();
    expect(standing({ openRequest: taken })).toBe("Leo has taken this on.");
    expect(standing({ lastSpoke: spoken() })).toBe("Dealt with by Nora on Wednesday 25 November.");
    expect(standing({ openRequest: taken, lastSpoke: spoken() })).toBe("Leo has taken this on.");
    expect(standing({ lastSpoke: spoken({ sinceOpening: false }) })).toBeNull();
  });

  it("count a lead's own plan as a reason only once its day has passed", () => {
    const why = (...of: Parameters<typeof request>) => teamsToRing([team("one", { openRequest: request(...of) })])[0]?.why;
    expect(why(["lead"], "2026-11-26", false)).toBeUndefined();
    expect(why(["lead"], "2026-11-20", true)).toEqual(["A lead meant to ring by Friday 20 November."]);
    expect(why(["call", "lead"], "2026-11-20", true)).toEqual(["Asked for a call; a reply was due by Friday 20 November."]);
  });
});
