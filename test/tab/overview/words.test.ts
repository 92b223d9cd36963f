import { describe, expect, it } from "@jest/globals";
import { answersInWords, lastSpokeInWords, linkTo, loadInWords, ringTitle, waveInWords } from "../../../src/tab/overview/words.ts";
import { day } from "../../../src/tab/parts/dates.ts";

describe("the heading over the teams to ring", () => {
  it.each([
    [0, "Whom to ring"],
    [1, "Ring this team first"],
    [2, "Ring these two"],
    [3, "Ring these three"],
  ])("for %s teams is “%s”", (teams, title) => {
    expect(ringTitle(teams)).toBe(title);
  });
});

describe("when somebody last spoke to a team", () => {
  it("names the day and the lead", () => {
    expect(lastSpokeInWords({ on: "2026-11-03", by: "Morwenna Achebe" })).toBe(`Last spoken to by Morwenna Achebe on ${day("2026-11-03")}.`);
  });

  it("claims no more than that nothing is noted", () => {
    expect(lastSpokeInWords(null)).toBe("Nobody has noted a call yet.");
  });
});

describe("the link of a decision", () => {
  it("leads to the very meeting, or to its cards", () => {
    expect(linkTo({ kind: "quorum-at-risk", text: "", page: "meetings", id: "m1" })).toEqual({ to: "meetings/m1", words: "Open the meeting" });
    expect(linkTo({ kind: "cards-failed", text: "", page: "deliveries", id: "m1" })).toEqual({ to: "deliveries/m1", words: "See the cards" });
  });

  it("leads to the page where a poll, a missing key or the requests stand, which have no page of their own by their id", () => {
    expect(linkTo({ kind: "poll-ready", text: "", page: "meetings", id: "p1" }).to).toBe("meetings");
    expect(linkTo({ kind: "key-missing", text: "", page: "pulse", id: "w1" }).to).toBe("pulse");
    expect(linkTo({ kind: "requests-overdue", text: "", page: "check-ins", id: null }).to).toBe("overview/requests");
  });

  it("leads to the page as a whole when it is about nothing single", () => {
    expect(linkTo({ kind: "support-lines", text: "", page: "settings", id: null })).toEqual({ to: "settings", words: "Open Settings" });
  });
});

describe("the load in one line", () => {
  const load = { newPeople: 412, guide: { low: 380, high: 475 }, load: 0.87, state: "in", daysCovered: 84, teams: 58, words: "412 new people; guide 380 to 475" } as const;

  it("stands against the guide range with its numbers", () => {
    expect(loadInWords(load)).toBe("Within the guide range: 412 new people; guide 380 to 475 over 12 weeks (58 teams).");
  });

  it("says how many days are covered when not all of them are", () => {
    expect(loadInWords({ ...load, daysCovered: 49, teams: 1 })).toContain("(1 team, 49 of 84 days covered)");
  });

  it("doesn't let “below” pass for spare capacity", () => {
    expect(loadInWords({ ...load, state: "below" })).toContain("Below the guide range, which doesn’t mean spare capacity: ");
  });

  it("says that it can't be said when nobody has answered", () => {
    expect(loadInWords(null)).toContain("can’t be said yet");
  });
});

describe("the progress of what runs", () => {
  it("counts the teams that answered of all teams, skipped ones apart", () => {
    expect(answersInWords({ answered: 41, skipped: 0, waiting: 29 })).toBe("41 of 70 teams have answered");
    expect(answersInWords({ answered: 41, skipped: 3, waiting: 26 })).toBe("41 of 70 teams have answered, 3 skipped it");
  });

  it("tells a closed survey that isn't shared from one that is, and from one that was lost", () => {
    const wave = wavesLike({ state: "closed", closedAt: "2026-11-10T17:00:00+00:00" });
    const closed = `Closed on ${day("2026-11-10")}`;
    expect(waveInWords(wave)).toBe(`${closed}; its results aren’t shared yet.`);
    expect(waveInWords({ ...wave, sharedAt: "2026-11-12T09:00:00+00:00" })).toBe(`${closed}; shared on ${day("2026-11-12")}.`);
    expect(waveInWords({ ...wave, state: "lost" })).toBe(`${closed}, without results.`);
  });
});

type Wave = Parameters<typeof waveInWords>[0];

function wavesLike(like: Partial<Wave>): Wave {
  return {
    id: "w1",
    state: "open",
    openedAt: "2026-10-27T09:30:00+00:00",
    closesAt: "2026-11-10T17:00:00+00:00",
    closedAt: null,
    sharedAt: null,
    instrument: { id: "cbi-work", title: "Copenhagen Burnout Inventory" },
    threshold: 10,
    groupBy: "area",
    groups: [],
    asked: 70,
    responseRate: 45,
    deliveries: { intended: 70, delivered: 70, failed: 0, skipped: 0, pending: 0 },
    ...like,
  };
}
