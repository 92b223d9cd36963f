import { expect, it } from "@jest/globals";
import type { MeetingPlan, PollResource } from "../../../src/features/meetings/contract.ts";
import { reasonsInWords, whyNot } from "../../../src/tab/meetings/words.ts";
import { timesOf } from "../../../src/tab/parts/dates.ts";

type Slot = MeetingPlan["items"][number]["slots"][number];

const slot = (more: Partial<Slot> = {}): Slot => ({
  startsAt: "2027-01-12T10:00:00+00:00",
  endsAt: "2027-01-12T11:30:00+00:00",
  isPlanned: true,
  faults: [],
  reasons: ["as planned"],
  counts: { free: 0, busy: 0, nonWorking: 0, away: 0, unknown: 70 },
  ...more,
});

const outOfThree = slot({ reasons: ["a week later than planned", "12 don't work then"], counts: { ...slot().counts, nonWorking: 12, unknown: 58 } });

it("says what speaks for and against a date as one sentence, without what forbids it", () => {
  const forbidden = slot({ faults: ["on a bank holiday"], reasons: ["1 day later than planned", "on a bank holiday"] });
  expect(reasonsInWords(forbidden, { among: [], poll: null })).toBe("1 day later than planned.");
  expect(whyNot(forbidden)).toBe("On a bank holiday.");
});

it("says that nobody is known to be out only where others are of another date, and nothing is known of who is free", () => {
  const among = [slot(), outOfThree];
  expect(reasonsInWords(slot(), { among, poll: null })).toBe("As planned; nobody is known to be unable to come.");
  expect(reasonsInWords(slot(), { among: [slot()], poll: null })).toBe("As planned.");
  expect(reasonsInWords(outOfThree, { among, poll: null })).toBe("A week later than planned; 12 don't work then.");
  const free = slot({ reasons: ["as planned", "all 70 free"], counts: { ...slot().counts, free: 70, unknown: 0 } });
  expect(reasonsInWords(free, { among, poll: null })).toBe("As planned; all 70 free.");
});

it("begins with how many a date suits once everybody was asked", () => {
  const poll: PollResource = {
    id: "1",
    plannedOn: "2027-01-12",
    askedAt: "2026-12-01T09:00:00+00:00",
    deliveries: { intended: 70, delivered: 70, failed: 0, skipped: 0, pending: 0 },
    answered: 9,
    none: 0,
    slots: [{ startsAt: "2027-01-12T10:00:00Z", endsAt: "2027-01-12T11:30:00Z", words: "", suits: 7 }],
  };
  expect(reasonsInWords(slot(), { among: [], poll })).toBe("Suits 7 of 9 who answered; as planned.");
});

it("gives a slot's times in the network's zone, and names another zone than England's", () => {
  const summer = { startsAt: "2027-06-08T09:00:00Z", endsAt: "2027-06-08T10:30:00Z" };
  expect(timesOf(summer, "Europe/London")).toContain("8 June 2027, 10am to 11.30am");
  expect(timesOf(summer, "America/New_York")).toMatch(/5am to 6.30am \(America\/New_York time\)$/);
});
