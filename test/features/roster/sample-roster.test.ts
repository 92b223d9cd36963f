import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { readRosterFile } from "../../../src/features/roster/file.ts";
import { someTenant } from "../../builders/roster.ts";

const bytes = readFileSync(new URL("../../../src/local/sample-roster/london.csv", import.meta.url));
const file = readRosterFile(bytes, someTenant);
const managers = file.people.filter((person) => person.role === "manager");
const count = <T>(rows: readonly T[], test: (row: T) => boolean) => rows.filter(test).length;

describe("the sample roster", () => {
  it("has nothing to put right or to remark on", () => {
    expect(file.problems).toEqual([]);
    expect(file.warnings).toEqual([]);
  });

  it("has 70 managers over five areas and all 33 boroughs", () => {
    const perArea = Map.groupBy(managers, (person) => person.area);
    expect(Object.fromEntries([...perArea].map(([area, people]) => [area, people.length]))).toEqual({
      "North Central": 11,
      "North East": 17,
      "North West": 17,
      "South East": 13,
      "South West": 12,
    });
    expect(new Set(managers.map((person) => person.place)).size).toBe(33);
  });

  it("has job-shares, managers of two teams, deputies, people outside, and people without an account", () => {
    const teamsOf = (email: string) => count(file.teams, (team) => team.managerEmails.includes(email));
    expect(count(file.teams, (team) => team.managerEmails.length === 2)).toBe(4);
    expect(count(managers, (person) => teamsOf(person.email) === 2)).toBe(5);
    expect(count(managers, (person) => person.deputyEmail !== null)).toBe(12);
    expect(count(managers, (person) => person.external && person.account?.tenantId !== someTenant)).toBe(5);
    expect(count(file.people, (person) => person.account === null)).toBe(4);
    expect(count(managers, (person) => !/^[\x20-\x7f]*$/.test(person.name))).toBeGreaterThan(10);
  });

  it("has two leads, a viewer, an admin, and members who know their manager", () => {
    expect(file.people.filter((person) => person.role === "lead").map((person) => person.scope)).toEqual([
      { kind: "network" },
      { kind: "areas", areas: ["South East"] },
    ]);
    expect(count(file.people, (person) => person.role === "viewer")).toBe(1);
    expect(count(file.people, (person) => person.role === "admin")).toBe(1);
    expect(count(file.people, (person) => person.role === "member" && person.managerEmail !== null)).toBe(12);
  });

  it("has more than one employer in every borough with more than one team of its own", () => {
    for (const [place, teams] of Map.groupBy(file.teams, (team) => team.place)) {
      const apart = teams.filter((team) => team.managerEmails.length === 1);
      if (new Set(apart.flatMap((team) => team.managerEmails)).size < 2) continue;
      expect([place, new Set(apart.map((team) => team.organisation)).size]).not.toEqual([place, 1]);
    }
  });

  it("uses reserved domains only", () => {
    for (const { email } of file.people) expect(email).toMatch(/[@.]example\.(org|com|net)$/);
  });
});
