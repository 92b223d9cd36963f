import { describe, expect, it } from "@jest/globals";
import { auditInWords } from "../../../src/features/settings/audit-words.ts";

const nora = { id: "n", name: "Nora" };
const entry = (action: string, more: Partial<Parameters<typeof auditInWords>[0]> = {}) =>
  auditInWords({ actor: nora, action, subject: null, subjectName: null, detail: {}, ...more });
const ana = { subject: "a", subjectName: "Ana" };

describe("an entry of the audit log in words", () => {
  it.each([
    ["pulse.close", {}, "Nora closed the survey"],
    ["pulse.close", { detail: { isLost: true } }, "Nora gave the survey up, whose key was lost"],
    ["round.open", { actor: null }, "Steady opened a check-in round"],
    ["roster.import", { actor: null, detail: { people: 3 } }, "Somebody at the command line imported the roster"],
    ["person.leave", ana, "Nora took Ana out of the roster"],
    ["person.leave", { subject: "n", subjectName: "Nora" }, "Nora took themselves out of the roster"],
    ["person.update", { ...ana, detail: { fields: ["role", "scope"], role: "lead" } }, "Nora made Ana a lead"],
    ["person.update", { ...ana, detail: { fields: ["deputy", "stopped"] } }, "Nora changed Ana's entry in the roster: who stands in for them and whether they get messages"],
    ["person.update", { subject: "n", subjectName: "Nora", detail: { fields: ["awayUntil"] } }, "Nora changed their own entry in the roster: until when they are away"],
    ["network.hand-over", { ...ana, detail: { stepsDown: true } }, "Nora handed the network over to Ana and stepped down"],
    ["meeting.move", { subject: "m", subjectName: "Network meeting on Tuesday 12 January 2027" }, "Nora moved Network meeting on Tuesday 12 January 2027"],
    ["meeting.move", { actor: null, detail: { in: "calendar" } }, "Somebody with the organiser's calendar moved a meeting"],
    ["settings.change", { detail: { changed: { meetings: {}, "check-ins": {} } } }, "Nora changed the settings of meetings and check ins"],
    ["GET people", { detail: { status: 200 } }, "Nora looked at the people"],
    ["GET audit-log", { detail: { status: 403 } }, "Nora tried to look at the audit log and wasn't allowed to"],
    ["POST check-in-rounds", { detail: { status: 409 } }, "Nora tried to open a check-in round, and nothing came of it"],
    ["POST meetings", { detail: { status: 500 } }, "Nora tried to book a meeting, and something broke"],
    ["PATCH people/:id", { subject: "x", detail: { status: 404 } }, "Nora tried to change somebody's entry in the roster, and nothing came of it"],
    ["bot request.take", { detail: { outcome: "done" } }, "Nora took on a team's request"],
    ["bot summary", { detail: { outcome: "forbidden" } }, "Nora tried to write “summary” to the bot and wasn't allowed to"],
    ["bot checkIn.notNow", { detail: { outcome: "done", via: "link" } }, "Nora pressed a button of the bot (check in not now), by a link"],
  ])("tells %s", (action, more, words) => {
    expect(entry(action, more)).toBe(words);
  });

  it("tells what it doesn't know by its own name, and takes any detail", () => {
    expect(entry("round.freezeAll")).toBe("Nora: round freeze all");
    expect(entry("GET lunch-menus/:id", { detail: { status: 200 } })).toBe("Nora looked at lunch menus");
    expect(entry("pulse.close", { detail: "odd" })).toBe("Nora closed the survey");
    expect(entry("pulse.close", { detail: { status: "odd", fields: 3 } })).toBe("Nora closed the survey");
  });

  it("puts a name in as it is, whatever signs it has", () => {
    expect(entry("person.leave", { subject: "a", subjectName: "$& {a|b} *" })).toBe("Nora took $& {a|b} * out of the roster");
    expect(entry("person.update", { subject: "a", subjectName: "{a|b}", detail: { fields: [] } })).toBe("Nora changed {a|b}'s entry in the roster");
  });
});
