import { describe, expect, it } from "@jest/globals";
import { changesInWords } from "../../../src/tab/settings/audit-words.ts";

const change = (changed: object) => changesInWords({ action: "settings.change", detail: { changed } });

describe("a change of settings in the audit log", () => {
  it("says what each became, with its unit and by its label", () => {
    expect(change({ pulse: { threshold: 12, opensByItself: true, groupBy: "job-role" } })).toEqual([
      "Surveys open by themselves: yes",
      "Smallest group shown: 12 people",
      "Groups are made of: Job roles",
    ]);
    expect(change({ "check-ins": { guides: { link_worker: { low: 180, high: 240 }, health_coach: null }, reminderDays: [7, 14] } })).toEqual([
      "Reminders: 7, 14",
      "Link workers: 180 to 240",
      "Health and wellbeing coaches: none",
    ]);
  });

  it("names the rows of a list, and says when something was emptied", () => {
    const avoid = [{ name: "Half term", from: "2027-02-15", to: "2027-02-19" }];
    expect(change({ meetings: { avoid, quorum: null } })).toEqual(["Dates to avoid: Half term, 2027-02-15, 2027-02-19", "Quorum: empty"]);
    expect(change({ meetings: { avoid: [], holidayOverrides: { add: ["2027-05-10"] } } })).toEqual([
      "Dates to avoid: none",
      "More days off: 2027-05-10",
    ]);
  });

  it("says how much of what retention deleted", () => {
    const removed = { checkIns: 1204, secondCards: 3 };
    expect(changesInWords({ action: "retention.forget", detail: { removed } })).toEqual(["Check-ins: 1,204", "Second cards: 3"]);
    expect(changesInWords({ action: "retention.forget", detail: null })).toEqual([]);
  });

  it("says nothing of other deeds, nor of details that it doesn't know", () => {
    expect(changesInWords({ action: "person.update", detail: { changed: { pulse: { threshold: 12 } } } })).toEqual([]);
    expect(change({ elsewhere: { colour: "blue" } })).toEqual([]);
    expect(changesInWords({ action: "settings.change", detail: null })).toEqual([]);
  });
});
