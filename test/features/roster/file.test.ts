import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parseWte } from "../../../src/features/roster/cells.ts";
import { readRosterFile } from "../../../src/features/roster/file.ts";
import { anotherRow, aRow, rosterCsv, type Row, someTenant } from "../../builders/roster.ts";

const ids = ["0f8fad5b-d9cb-469f-a165-70867728950e", "7c9e6679-7425-40de-944b-e07fc1f90ae7"] as const;
const lead = anotherRow("Lea Lead", "lead", { scope: "network" });

/** The file with a lead in row 2, so that what is tested starts in row 3. */
const read = (...rows: Row[]) => readRosterFile(rosterCsv([lead, ...rows]), someTenant);
const problems = (...rows: Row[]) => read(...rows).problems.map(({ row, column }) => `${row} ${column}`);

describe("reading a roster file's rows", () => {
  it("reads a person with one of their teams", () => {
    const row = aRow("Ana Silva", {
      place: "Camden",
      pcn: "North",
      link_worker_wte: "2,6",
      health_coach_wte: "0",
      external: "Yes",
      aad_object_id: ids[0].toUpperCase(),
    });
    const { people, teams, problems: found } = read({ ...row, email: "Ana.Silva@Example.org" });
    expect(found).toEqual([]);
    expect(people[1]).toMatchObject({
      email: "ana.silva@example.org",
      area: "North Central",
      external: true,
      account: { objectId: ids[0], tenantId: someTenant },
    });
    expect(teams).toMatchObject([
      {
        name: "Team Ana Silva",
        pcn: "North",
        posts: { link_worker: 2.6, health_coach: 0 },
        managerEmails: ["ana.silva@example.org"],
      },
    ]);
  });

  it.each<[string, Row, string]>([
    ["a missing name", { name: "" }, "3 name"],
    ["a name of 121 characters", { name: "x".repeat(121) }, "3 name"],
    ["a control character in a name", { name: "Ana\u0007" }, "3 name"],
    ["a missing e-mail", { email: "" }, "3 email"],
    ["a malformed e-mail", { email: "ana at example.org" }, "3 email"],
    ["an e-mail without a domain", { email: "ana@example" }, "3 email"],
    ["a malformed object id", { aad_object_id: "123" }, "3 aad_object_id"],
    ["a malformed tenant id", { tenant_id: "contoso" }, "3 tenant_id"],
    ["a missing role", { role: "" }, "3 role"],
    ["an unknown role", { role: "boss" }, "3 role"],
    ["a lead without a scope", { role: "lead", scope: "" }, "3 scope"],
    ["a lead for an area that nobody has", { role: "lead", scope: "North Central; Atlantis" }, "3 scope"],
    ["a scope of somebody who isn't a lead", { scope: "network" }, "3 scope"],
    ["a negative WTE", { link_worker_wte: "-0,5" }, "3 link_worker_wte"],
    ["a WTE that isn't a number", { care_coordinator_wte: "two" }, "3 care_coordinator_wte"],
    ["a WTE above 200", { health_coach_wte: "200.1" }, "3 health_coach_wte"],
    ["a WTE that is a formula", { link_worker_wte: "=2*0.8" }, "3 link_worker_wte"],
    ["a WTE without a team", { team: "" }, "3 link_worker_wte"],
    ["an unknown deputy", { deputy_email: "nobody@example.org" }, "3 deputy_email"],
    ["somebody as their own deputy", { deputy_email: "ana.silva@example.org" }, "3 deputy_email"],
    ["an unknown manager", { manager_email: "nobody@example.org" }, "3 manager_email"],
    ["somebody as their own manager", { manager_email: "ana.silva@example.org" }, "3 manager_email"],
    ["neither yes nor no", { external: "maybe" }, "3 external"],
  ])("refuses %s, with row and column", (_, cells, problem) => {
    expect(problems(aRow("Ana Silva", cells))).toEqual([problem]);
  });

  it("reports everything that is wrong at once", () => {
    expect(
      problems(
        aRow("Ana Silva", { name: "", link_worker_wte: "x" }),
        aRow("Bo", { role: "boss", deputy_email: "no@example.org" }),
      ),
    ).toEqual(["3 name", "3 link_worker_wte", "4 role", "4 deputy_email"]);
  });

  it("says what to change without repeating a whole cell", () => {
    const [problem] = read(aRow("Ana", { aad_object_id: "x".repeat(500) })).problems;
    expect(problem?.message.length).toBeLessThan(200);
  });

  it("needs a tenant for an object id when there is no default one", () => {
    const bytes = rosterCsv([lead, aRow("Ana", { aad_object_id: ids[0] }), aRow("Bo")]);
    expect(readRosterFile(bytes, null).problems).toMatchObject([{ row: 3, column: "tenant_id" }]);
    expect(readRosterFile(bytes, someTenant).problems).toEqual([]);
  });

  it("lets a manager have several teams and finds rows of theirs that disagree", () => {
    const first = aRow("Ana Silva", { team: "North", area: "North Central" });
    const second = { ...first, team: "South", area: "South East", organisation: "Another Trust" };
    expect(read(first, second)).toMatchObject({
      problems: [],
      people: [{}, { area: "North Central" }],
      teams: [{}, { area: "South East" }],
    });
    expect(problems(first, { ...second, name: "Ana da Silva", external: "yes", job_role: "Lead nurse" })).toEqual([
      "4 name",
      "4 job_role",
      "4 external",
    ]);
  });

  it("takes a person's own area from a row of theirs without a team", () => {
    const first = aRow("Ana Silva", { area: "North Central" });
    const own = { ...first, team: "", link_worker_wte: "", area: "South East" };
    expect(read(first, own).people[1]).toMatchObject({ area: "South East" });
  });

  it("puts a job-share's team under both people, however they capitalise it", () => {
    const { teams, problems: found } = read(
      aRow("Ana", { team: "Camden Team", link_worker_wte: "0.8" }),
      aRow("Bo", { team: "camden team", organisation: "RIVERSIDE CARE", link_worker_wte: "0,80" }),
    );
    expect(found).toEqual([]);
    expect(teams).toMatchObject([{ name: "Camden Team", managerEmails: ["ana@example.org", "bo@example.org"] }]);
  });

  it("refuses a job-share whose team differs between the two", () => {
    expect(
      problems(aRow("Ana", { team: "One" }), aRow("Bo", { team: "One", place: "Camden", link_worker_wte: "2" })),
    ).toEqual(["4 place", "4 link_worker_wte"]);
  });

  it("keeps teams of the same name apart when their organisations differ", () => {
    const { teams } = read(aRow("Ana", { team: "One" }), aRow("Bo", { team: "One", organisation: "Another Trust" }));
    expect(teams).toHaveLength(2);
  });

  it("refuses the same team twice for one person, and the same person twice without a team", () => {
    expect(problems(aRow("Ana"), aRow("Ana", { team: "team ana" }), lead)).toEqual(["4 team", "5 email"]);
  });

  it("refuses one object id for two e-mails", () => {
    expect(
      problems(aRow("Ana", { aad_object_id: ids[0] }), aRow("Bo", { aad_object_id: ids[0].toUpperCase() })),
    ).toEqual(["4 aad_object_id"]);
  });

  it("reads a lead's areas separated by semicolons or bars, in the areas' own spelling", () => {
    const south = aRow("Bo", { area: "South East" });
    const { people, problems: found } = read(
      anotherRow("Lee", "lead", { scope: "south east | NORTH CENTRAL; South East" }),
      south,
    );
    expect(found).toEqual([]);
    expect(people[1]?.scope).toEqual({ kind: "areas", areas: ["South East", "North Central"] });
  });

  it("reads areas that differ in capitals only as one, and says so", () => {
    const { people, warnings } = read(aRow("Ana"), aRow("Bo", { area: "north central" }));
    expect(people[2]?.area).toBe("North Central");
    expect(warnings).toEqual(["Row 4, area: “north central” was read as “North Central”, as further up."]);
  });

  it("refuses a file in which nobody could run the network", () => {
    expect(readRosterFile(rosterCsv([aRow("Ana")]), someTenant).problems).toMatchObject([
      { row: null, column: "role" },
    ]);
    expect(readRosterFile(rosterCsv([aRow("Ana"), anotherRow("Al", "admin")]), someTenant).problems).toEqual([]);
  });

  it("warns of managers without a team, of members' teams, and of teams without WTE or area", () => {
    const {
      problems: found,
      teams,
      warnings,
    } = read(
      anotherRow("Ana", "manager"),
      aRow("Bo", { link_worker_wte: "0", area: "" }),
      aRow("Cy", { role: "member", manager_email: "ana@example.org" }),
    );
    expect(found).toEqual([]);
    expect(teams).toHaveLength(1);
    expect(warnings).toEqual([
      expect.stringMatching(/no check-ins: Ana\.$/),
      expect.stringMatching(/member's team .*: row 5\.$/),
      expect.stringMatching(/no WTE.*: Team Bo\.$/),
      expect.stringMatching(/no area.*: Team Bo\.$/),
    ]);
  });

  it("keeps a name that looks like a formula as it is", () => {
    expect(read(aRow("Ana", { name: "=HYPERLINK(1)" }))).toMatchObject({
      problems: [],
      people: [{}, { name: "=HYPERLINK(1)" }],
    });
  });
});

describe("reading WTE", () => {
  it("reads what British and continental spreadsheets write", () => {
    const amount = fc.integer({ min: 0, max: 20_000 }).map((hundredths) => hundredths / 100);
    fc.assert(
      fc.property(amount, fc.constantFrom(".", ","), (wte, mark) => {
        expect(parseWte(String(wte).replace(".", mark))).toBe(wte);
      }),
    );
    expect(parseWte(",5")).toBe(0.5);
    expect(parseWte("")).toBeNull();
  });

  it("gives a number from 0 to 200, nothing, or a sentence for any text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double().map(String), fc.integer().map(String)), (cell) => {
        const read = parseWte(cell);
        if (typeof read === "number") expect(read >= 0 && read <= 200).toBe(true);
        else if (cell !== "") expect(read).toMatch(/: /);
      }),
    );
  });
});
