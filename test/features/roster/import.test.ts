import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Actor } from "../../../src/kernel/actor.ts";
import { asId, type NetworkId } from "../../../src/kernel/ids.ts";
import { Temporal } from "../../../src/kernel/time.ts";
import { importRoster, type ImportReport } from "../../../src/features/roster/import.ts";
import { actorOf, type ChatState } from "../../../src/features/roster/model.ts";
import { anotherRow, aRow, rosterCsv, type Row, someNetwork, someTenant } from "../../builders/roster.ts";
import { memoryRoster } from "./memory-roster.ts";
import "../../builders/temporal-equality.ts";

const ids = ["0f8fad5b-d9cb-469f-a165-70867728950e", "7c9e6679-7425-40de-944b-e07fc1f90ae7"] as const;
const lead = anotherRow("Lea Lead", "lead", { scope: "network" });

function testRoster(network: NetworkId = someNetwork, memory = memoryRoster(), canMail = true) {
  // Half past eleven at night in universal time is the next day in London's summer.
  const clock = { now: () => Temporal.Instant.from("2026-06-30T23:30:00Z") };
  const deps = { store: memory.store, clock, defaultTenant: someTenant, canMail };
  const roster = memory.store.read(network).roster;
  const run = (rows: Row[], options: { dryRun?: boolean; actor?: Actor } = {}) =>
    importRoster(deps, { network, actor: options.actor ?? null }, rosterCsv(rows), { dryRun: options.dryRun ?? false });
  const good = async (...args: Parameters<typeof run>) => {
    const outcome = await run(...args);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
    return outcome.report;
  };
  const bad = async (...args: Parameters<typeof run>) => {
    const outcome = await run(...args);
    return outcome.ok ? [] : outcome.problems;
  };
  return { ...memory, memory, roster, run, good, bad };
}

/** "Ana: In Teams." for everybody in the report. */
const reached = ({ reach }: ImportReport) => reach.map(({ name, why }) => `${name}: ${why}`);

describe("importing a roster", () => {
  it("adds people, teams and accounts, and records who did it", async () => {
    const { good, roster, audit } = testRoster();
    const report = await good([
      lead,
      aRow("Ana", { aad_object_id: ids[0], deputy_email: "bo@example.org" }),
      aRow("Bo"),
      anotherRow("Mo", "member", { manager_email: "ana@example.org" }),
    ]);
    expect(report).toMatchObject({ counts: { people: 4, teams: 2, adds: 4, changes: 0, leavers: 0 }, warnings: [] });
    const [ana, bo, mo] = [
      await roster.personByEmail("ana@example.org"),
      await roster.personByEmail("bo@example.org"),
      await roster.personByEmail("mo@example.org"),
    ];
    expect(ana).toMatchObject({ deputy: bo?.id, organisation: "Riverside Care" });
    expect(mo).toMatchObject({ manager: ana?.id });
    expect(await roster.identities()).toEqual(new Map([[ana?.id, { objectId: ids[0], tenantId: someTenant }]]));
    expect(audit()).toMatchObject([{ actor: null, action: "roster.import", detail: report.counts }]);
  });

  it("writes nothing in a dry run, which says the same as the import after it", async () => {
    const { good, roster, counters, audit } = testRoster();
    const rows = [lead, aRow("Ana")];
    const dry = await good(rows, { dryRun: true });
    expect(counters.writes).toBe(0);
    expect(audit()).toEqual([]);
    expect(await roster.people()).toEqual([]);
    expect(await good(rows)).toEqual({ ...dry, dryRun: false });
  });

  it("writes nothing when any row is bad", async () => {
    const { bad, counters } = testRoster();
    expect(await bad([lead, aRow("Ana"), aRow("Bo", { link_worker_wte: "-1" })])).toMatchObject([{ row: 4 }]);
    expect(counters.writes).toBe(0);
  });

  it("says which cells change, in the roster's own columns", async () => {
    const { good, roster } = testRoster();
    await good([lead, aRow("Ana", { team: "North", place: "Camden" }), aRow("Bo")]);
    const report = await good([
      lead,
      aRow("Ana", {
        team: "North",
        place: "Barnet",
        link_worker_wte: "1.5",
        job_role: "Head",
        deputy_email: "bo@example.org",
        aad_object_id: ids[0],
      }),
      aRow("Bo"),
    ]);
    expect(report).toMatchObject({ adds: [], leavers: [] });
    expect(report.changes).toEqual([
      {
        name: "Ana",
        email: "ana@example.org",
        fields: [
          { column: "job_role", team: null, from: null, to: "Head" },
          { column: "deputy_email", team: null, from: null, to: "bo@example.org" },
          { column: "aad_object_id", team: null, from: null, to: ids[0] },
          { column: "place", team: "North", from: "Camden", to: "Barnet" },
          { column: "link_worker_wte", team: "North", from: "1", to: "1.5" },
        ],
      },
    ]);
    expect(await roster.teams()).toHaveLength(2);
    expect((await roster.personByEmail("ana@example.org"))?.place).toBe("Barnet");
  });

  it("marks those left out, and their teams, as left on London's day, and brings them back", async () => {
    const { good, roster } = testRoster();
    const ana = aRow("Ana");
    await good([lead, ana, aRow("Bo", { team: "Team Ana" })]);
    const before = await roster.personByEmail("ana@example.org");
    expect(await good([lead])).toMatchObject({ leavers: [{ name: "Ana" }, { name: "Bo" }], adds: [], changes: [] });
    expect((await roster.personByEmail("ana@example.org"))?.leftOn?.toString()).toBe("2026-07-01");
    expect(await roster.teams()).toEqual([]);
    expect(await good([lead])).toMatchObject({ counts: { leavers: 0 } });
    expect(await good([lead, ana])).toMatchObject({ adds: [{ name: "Ana", returning: true }], leavers: [] });
    expect(await roster.personByEmail("ana@example.org")).toEqual(before);
    expect(await roster.teams()).toMatchObject([{ name: "Team Ana", managers: [before?.id], leftOn: null }]);
  });

  it("says that a manager is given a team which had left", async () => {
    const { good } = testRoster();
    const idle = anotherRow("Ana", "manager");
    await good([lead, aRow("Ana", { team: "One" })]);
    await good([lead, idle]);
    const report = await good([lead, aRow("Ana", { team: "One" })]);
    expect(report.changes).toMatchObject([{ fields: [{ column: "team", from: null, to: "One" }] }]);
  });

  it("keeps a job-share's team when one of the two leaves", async () => {
    const { good, roster } = testRoster();
    await good([lead, aRow("Ana", { team: "One" }), aRow("Bo", { team: "One" })]);
    expect(await good([lead, aRow("Ana", { team: "One" })])).toMatchObject({ changes: [], leavers: [{ name: "Bo" }] });
    const ana = await roster.personByEmail("ana@example.org");
    expect(await roster.teams()).toMatchObject([{ managers: [ana?.id] }]);
  });

  it("says that a team moved from one manager to another", async () => {
    const { good } = testRoster();
    await good([lead, aRow("Ana", { team: "One" }), aRow("Bo")]);
    const report = await good([lead, anotherRow("Ana", "manager"), aRow("Bo"), aRow("Bo", { team: "One" })]);
    expect(report.changes).toMatchObject([
      { name: "Ana", fields: [{ column: "team", from: "One", to: null }] },
      { name: "Bo", fields: [{ column: "team", from: null, to: "One" }] },
    ]);
  });

  it("knows somebody whose e-mail changed by their account", async () => {
    const { good, roster } = testRoster();
    await good([lead, aRow("Ana", { aad_object_id: ids[0] })]);
    const before = await roster.personByEmail("ana@example.org");
    const report = await good([lead, aRow("Ana", { aad_object_id: ids[0], email: "ana.nova@example.org" })]);
    expect(report).toMatchObject({
      leavers: [],
      adds: [],
      changes: [{ fields: [{ column: "email", from: "ana@example.org" }] }],
    });
    expect((await roster.personByEmail("ana.nova@example.org"))?.id).toBe(before?.id);
  });

  it("keeps an account that the file leaves empty and replaces one that it corrects", async () => {
    const { good, directory } = testRoster();
    await good([lead, aRow("Ana", { aad_object_id: ids[0] })]);
    expect(await good([lead, aRow("Ana")])).toMatchObject({ changes: [] });
    const who = async (objectId: string) => (await directory.actorByIdentity({ objectId, tenantId: someTenant }))?.name;
    expect(await who(ids[0])).toBe("Ana");
    await good([lead, aRow("Ana", { aad_object_id: ids[1] })]);
    expect([await who(ids[0]), await who(ids[1])]).toEqual([undefined, "Ana"]);
  });

  it("refuses an account that belongs to somebody else, here or in another network, without saying to whom", async () => {
    const { good, bad, memory } = testRoster();
    await good([lead, aRow("Ana", { aad_object_id: ids[0] }), aRow("Bo")]);
    const tied = [{ row: 4, column: "aad_object_id", message: expect.not.stringMatching(/ana/i) }];
    expect(await bad([lead, aRow("Ana"), aRow("Bo", { aad_object_id: ids[0] })])).toEqual(tied);
    expect(await bad([lead, aRow("Cy"), aRow("Bo", { aad_object_id: ids[0] })])).toEqual(tied);
    expect(await bad([lead, aRow("Ana"), aRow("Cy", { aad_object_id: ids[0] })])).toEqual(tied);
    const other = testRoster(asId<NetworkId>("018f0000-0000-7000-8000-000000000002"), memory);
    expect(await other.bad([lead, aRow("Dee"), aRow("Eve", { aad_object_id: ids[0] })])).toEqual(tied);
  });

  it("refuses to let the one who imports remove themself", async () => {
    const { good, bad, roster } = testRoster();
    await good([lead, anotherRow("Al Admin", "admin")]);
    const admin = await roster.personByEmail("al.admin@example.org");
    if (admin === null) throw new Error("The admin wasn't imported.");
    expect(await bad([lead], { actor: actorOf(admin, false) })).toMatchObject([
      { row: null, message: expect.stringMatching(/^You would remove yourself/) },
    ]);
    expect(await bad([lead])).toEqual([]);
  });

  it("says how everybody will be reached, by account, chat and the file's hint, before and after", async () => {
    const { good, roster, saveChat } = testRoster();
    const account = (last: string) => ({ aad_object_id: `0f8fad5b-d9cb-469f-a165-7086772895${last}` });
    const known = ["Open", "Blocked", "Removed", "Off", "Stopped", "Replaced"];
    const row = (name: string) => aRow(name, account(String(10 + known.indexOf(name))));
    await good([lead, ...known.map(row)]);
    const idOf = async (name: string) => {
      const person = await roster.personByEmail(`${name.toLowerCase()}@example.org`);
      if (person === null) throw new Error(`${name} wasn't imported.`);
      return person.id;
    };
    const chat = async (name: string, state: ChatState) => saveChat(someNetwork, await idOf(name), state);
    await chat("Open", "open");
    await chat("Blocked", "blocked");
    await chat("Removed", "not-installed");
    await chat("Off", "disabled");
    await chat("Replaced", "blocked");
    await roster.setStopped(await idOf("Stopped"), Temporal.Instant.from("2026-06-30T12:00:00Z"));
    const rows = [
      aRow("Open", { external: "yes" }),
      aRow("New", account("20")),
      aRow("Guest", { ...account("21"), external: "yes" }),
      aRow("Unlinked"),
      aRow("Far", { external: "yes" }),
      ...["Blocked", "Removed", "Off", "Stopped"].map(row),
      aRow("Replaced", account("22")),
      lead,
    ];
    const dry = await good(rows, { dryRun: true });
    expect(reached(dry)).toEqual([
      "Open: In Teams.",
      "New: In Teams.",
      "Guest: In Teams if the app is installed for them; otherwise by a link in an e-mail.",
      "Unlinked: By a link in an e-mail, until they first meet the bot in Teams.",
      "Far: By a link in an e-mail, until they first meet the bot in Teams.",
      "Blocked: By a link in an e-mail: they have blocked the bot in Teams.",
      "Removed: By a link in an e-mail: the app isn't installed in Teams for them.",
      "Off: By a link in an e-mail: an admin has switched the bot off in Teams.",
      "Stopped: Not at all: they have said stop.",
      "Replaced: In Teams.",
      "Lea Lead: By a link in an e-mail, until they first meet the bot in Teams.",
    ]);
    expect(dry.reach[1]).toEqual({ name: "New", email: "new@example.org", by: "teams", why: "In Teams." });
    expect((await good(rows)).reach).toEqual(dry.reach);
    expect((await good(rows)).reach).toEqual(dry.reach);
  });

  it("says who can't be reached where no mailbox is set, once for each person", async () => {
    const { good } = testRoster(someNetwork, memoryRoster(), false);
    const ana = aRow("Ana", { team: "One" });
    const guest = aRow("Guest", { aad_object_id: ids[0], external: "yes" });
    expect(reached(await good([ana, { ...ana, team: "Two" }, guest, { ...lead, aad_object_id: ids[1] }]))).toEqual([
      "Ana: Not yet: no Microsoft account is known, and no mailbox is set to send links.",
      "Guest: In Teams if the app is installed for them; otherwise not at all: no mailbox is set to send links.",
      "Lea Lead: In Teams.",
    ]);
  });

  it("keeps an absence and a stop through an import", async () => {
    const { good, roster } = testRoster();
    await good([lead, aRow("Ana")]);
    const ana = await roster.personByEmail("ana@example.org");
    if (ana === null) throw new Error("Ana wasn't imported.");
    await roster.setAway(ana.id, Temporal.PlainDate.from("2026-07-20"));
    await roster.setStopped(ana.id, Temporal.Instant.from("2026-06-30T12:00:00Z"));
    await good([lead, aRow("Ana", { name: "Ana Nova", email: "ana@example.org" })]);
    expect(await roster.person(ana.id)).toMatchObject({
      name: "Ana Nova",
      awayUntil: { day: 20 },
      stoppedAt: { epochMilliseconds: 1782820800000 },
    });
  });

  it("changes nothing when any roster is imported a second time", async () => {
    const names = ["Ana", "Bo", "Cy", "Dee"];
    const row = fc
      .record({
        name: fc.constantFrom(...names),
        team: fc.constantFrom("One", "Two", "Three"),
        place: fc.constantFrom("", "Camden", "Barnet"),
        deputy: fc.constantFrom("", ...names),
        wte: fc.constantFrom("", "0", "0.8", "1,5"),
        object: fc.boolean(),
      })
      .map(({ name, team, place, deputy, wte, object }) =>
        aRow(name, {
          team,
          place,
          link_worker_wte: wte,
          deputy_email: deputy === "" || deputy === name ? "" : `${deputy.toLowerCase()}@example.org`,
          aad_object_id: object ? `0f8fad5b-d9cb-469f-a165-70867728950${names.indexOf(name)}` : "",
        }),
      );
    const rosters = fc.array(row, { maxLength: 8 }).map((rows) => {
      const everyone = names.map((name) => anotherRow(name, "manager"));
      const own = new Map(rows.toReversed().map((one) => [one.name, one]));
      // One row a person and one person a team, so that every generated roster is a good one.
      const teams = new Map([...own.values()].map((one) => [one.team, one]));
      const named = new Set([...teams.values()].map((one) => one.name));
      return [lead, ...teams.values(), ...everyone.filter((one) => !named.has(one.name))];
    });
    await fc.assert(
      fc.asyncProperty(rosters, rosters, async (first, second) => {
        const { good, counters, roster } = testRoster();
        await good(first);
        await good(second);
        const writes = counters.writes;
        const people = await roster.people({ includeLeft: true });
        expect(await good(second)).toMatchObject({ adds: [], changes: [], leavers: [] });
        expect(counters.writes).toBe(writes);
        expect(await roster.people({ includeLeft: true })).toEqual(people);
      }),
    );
  });
});
