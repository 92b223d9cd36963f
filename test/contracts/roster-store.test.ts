import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { directory } from "../../src/adapters/sql/directory-store.ts";
import { conversationStore } from "../../src/adapters/sql/conversation-store.ts";
import { rosterStore } from "../../src/adapters/sql/roster-store.ts";
import { importRoster } from "../../src/features/roster/import.ts";
import { actorOf, type ChatState, chatStates, type Person } from "../../src/features/roster/model.ts";
import type { Directory, RosterStore } from "../../src/features/roster/ports.ts";
import { type NetworkId, newId, type PersonId } from "../../src/kernel/ids.ts";
import { Temporal } from "../../src/kernel/time.ts";
import { aPerson, aTeam, someTenant } from "../builders/roster.ts";
import { memoryRoster } from "../features/roster/memory-roster.ts";
import { testDatabase } from "../support/database.ts";
import "../builders/temporal-equality.ts";

interface Stores {
  readonly roster: (network: NetworkId) => RosterStore;
  readonly directory: Directory;
  saveChat(network: NetworkId, person: PersonId, state: ChatState): Promise<void>;
  close(): Promise<void>;
}

const open = {
  embedded: () => openSql("embedded"),
  server: () => openSql("server"),
  // The fake of the feature's own tests, so that it doesn't promise what the store doesn't keep.
  memory: async (): Promise<Stores> => {
    const { store, directory, saveChat } = memoryRoster();
    return { roster: (network) => store.read(network).roster, directory, saveChat, close: async () => undefined };
  },
};

async function openSql(engine: "embedded" | "server"): Promise<Stores> {
  const database = await testDatabase(engine);
  return {
    roster: (network) => rosterStore(database.db, network),
    directory: directory(database.db),
    saveChat: (network, person, state) =>
      conversationStore(database.db, network).save(person, { ref: null, state }, moment),
    close: () => database.close(),
  };
}

const today = Temporal.PlainDate.from("2026-11-22");
const moment = Temporal.Instant.from("2026-11-22T09:30:00.123Z");
const account = () => ({ objectId: crypto.randomUUID(), tenantId: crypto.randomUUID() });

describe.each(["embedded", "server", "memory"] as const)("the roster's store (%s)", (engine) => {
  let stores: Stores;
  let names = 0;

  beforeAll(async () => {
    stores = await open[engine]();
  }, 60_000);
  afterAll(() => stores.close());

  async function network() {
    names += 1;
    const id = await stores.directory.createNetwork(`Network ${names}`);
    const person = (changes: Partial<Person> = {}) => aPerson({ network: id, ...changes });
    return { id, roster: stores.roster(id), person };
  }

  it("gives people back as they were saved, and changes them when saved again", async () => {
    const { roster, person } = await network();
    const plain = person();
    const full = person({
      name: "Zoë Ó Briain",
      role: "lead",
      scope: { kind: "areas", areas: ["North, Central", 'South "East"'] },
      area: "North",
      place: "Camden",
      pcn: "PCN",
      organisation: "Trust",
      jobRole: "Head",
      manager: plain.id,
      deputy: plain.id,
      external: true,
      leftOn: today,
      awayUntil: today.add({ days: 1 }),
      stoppedAt: moment,
    });
    await roster.savePeople([plain, full]);
    expect(await roster.person(plain.id)).toEqual(plain);
    expect(await roster.person(full.id)).toEqual(full);
    const changed: Person = {
      ...plain,
      name: "Ana Nova",
      email: `nova-${plain.email}`,
      role: "lead",
      scope: { kind: "network" },
    };
    await roster.savePeople([changed]);
    expect(await roster.personByEmail(changed.email)).toEqual(changed);
    expect(await roster.personByEmail(plain.email)).toBeNull();
    expect([...(await roster.peopleByIds([plain.id, full.id, newId<PersonId>()])).values()]).toHaveLength(2);
  });

  it("finds the managers of some teams, and others by their ids, in one question", async () => {
    const { roster, person } = await network();
    const [ana, ben, cem, dee, eve] = [person(), person({ leftOn: today }), person(), person(), person()];
    await roster.savePeople([ana, ben, cem, dee, eve]);
    const teams = [aTeam({ managers: [ana.id, ben.id] }), aTeam({ managers: [cem.id] }), aTeam({ managers: [dee.id] })];
    await roster.saveTeams(teams);
    const around = async (n: number, ...others: readonly PersonId[]) =>
      [...(await roster.peopleAround(teams.slice(0, n).map(({ id }) => id), others)).keys()].sort();
    expect(await around(2, eve.id)).toEqual([ana.id, ben.id, cem.id, eve.id].sort());
    expect(await around(1, ana.id)).toEqual([ana.id, ben.id].sort());
    expect(await around(0, newId<PersonId>())).toEqual([]);
  });

  it("leaves out people and teams that have left unless asked for", async () => {
    const { roster, person } = await network();
    const here = person({ role: "lead", scope: { kind: "network" } });
    const gone = person({ role: "lead", scope: { kind: "network" }, leftOn: today });
    await roster.savePeople([here, gone]);
    await roster.saveTeams([
      aTeam({ name: "Here", managers: [here.id] }),
      aTeam({ name: "Gone", managers: [here.id], leftOn: today }),
    ]);
    expect(await roster.people()).toEqual([here]);
    expect(await roster.leads()).toEqual([here]);
    expect(await roster.people({ includeLeft: true })).toHaveLength(2);
    expect(await roster.listing(gone.id)).toBeNull();
    expect((await roster.teams()).map((team) => team.name)).toEqual(["Here"]);
    expect((await roster.teamsOf(here.id)).map((team) => team.name)).toEqual(["Here"]);
    expect(await roster.teams({ includeLeft: true })).toHaveLength(2);
  });

  it("gives teams back with their managers and posts, and replaces both when saved again", async () => {
    const { roster, person } = await network();
    const [ana, bo] = [person(), person()].toSorted((a, b) => (a.id < b.id ? -1 : 1)) as [Person, Person];
    await roster.savePeople([ana, bo]);
    const team = aTeam({ managers: [ana.id, bo.id], posts: { link_worker: 2.6, health_coach: 0 } });
    await roster.saveTeams([team]);
    expect(await roster.team(team.id)).toEqual(team);
    const changed = aTeam({ id: team.id, name: "Other", managers: [bo.id], posts: { care_coordinator: 0.1 } });
    await roster.saveTeams([changed]);
    expect(await roster.teamsByIds([team.id])).toEqual(new Map([[team.id, changed]]));
    expect(await roster.teamsOf(ana.id)).toEqual([]);
    const empty = aTeam({ id: team.id, managers: [], posts: {} });
    await roster.saveTeams([empty]);
    expect(await roster.teams()).toEqual([empty]);
  });

  it("keeps what a manager reported until the file's own figure changes", async () => {
    const { roster, person } = await network();
    const ana = person();
    await roster.savePeople([ana]);
    const team = aTeam({ managers: [ana.id], posts: { link_worker: 2, health_coach: 1 } });
    await roster.saveTeams([team]);
    await roster.reportPosts(team.id, { link_worker: 1.5, care_coordinator: 3 });
    const reported = { ...team, posts: { link_worker: 1.5, health_coach: 1 } };
    expect(await roster.team(team.id)).toEqual(reported);
    await roster.saveTeams([team]);
    expect(await roster.team(team.id)).toEqual(reported);
    await roster.saveTeams([{ ...team, filePosts: { link_worker: 2, health_coach: 0.5 } }]);
    expect((await roster.team(team.id))?.posts).toEqual({ link_worker: 1.5, health_coach: 0.5 });
    await roster.saveTeams([{ ...team, filePosts: { link_worker: 3 } }]);
    expect((await roster.team(team.id))?.posts).toEqual({ link_worker: 3 });
  });

  it("pages people by name without missing or repeating any, also people of the same name", async () => {
    const { roster, person } = await network();
    const people = ["bo", "Ana", "Ana", "Cy", "Dee", "ana", "Left"].map((name) =>
      person({ name, leftOn: name === "Left" ? today : null }),
    );
    await roster.savePeople(people);
    const seen: Person[] = [];
    for (let after: PersonId | null = null; ;) {
      const page = await roster.peoplePage({ limit: 2, after });
      seen.push(...page.map((one) => one.person));
      after = page.at(-1)?.person.id ?? null;
      if (page.length < 2) break;
    }
    expect(seen.map((one) => one.name.toLowerCase())).toEqual(["ana", "ana", "ana", "bo", "cy", "dee"]);
    expect(new Set(seen.map((one) => one.id)).size).toBe(6);
  });

  it("narrows a page to areas, by people's own and by their teams'", async () => {
    const { roster, person } = await network();
    const [south, north, both, former] = [
      person({ name: "A", area: "South" }),
      person({ name: "B", area: "North" }),
      person({ name: "C", area: "North" }),
      person({ name: "D", area: "North" }),
    ];
    await roster.savePeople([south, north, both, former]);
    await roster.saveTeams([
      aTeam({ area: "South", managers: [both.id] }),
      aTeam({ name: "X", area: "South", managers: [former.id], leftOn: today }),
    ]);
    const page = async (areas: string[]) =>
      (await roster.peoplePage({ limit: 9, after: null, areas })).map((one) => one.person.name);
    expect(await page(["South", "West"])).toEqual(["A", "C"]);
    expect(await page(["East"])).toEqual([]);
    expect(await page([])).toEqual([]);
  });

  it("narrows a page to a role, and to a part of a name, an e-mail or an area as it is written", async () => {
    const { roster, person } = await network();
    const people = [
      person({ name: "Ana", email: "a@one.example.org", area: "South_East" }),
      person({ name: "Bo 100%", email: "b@one.example.org" }),
      person({ name: "Cy \\", email: "c@two.example.org", role: "viewer" }),
    ];
    await roster.savePeople(people);
    const page = async (wanted: { search?: string; role?: "viewer" }) =>
      (await roster.peoplePage({ limit: 9, after: null, ...wanted })).map((one) => one.person.name);
    expect(await page({ search: "ONE.example" })).toEqual(["Ana", "Bo 100%"]);
    expect(await page({ search: "south_" })).toEqual(["Ana"]);
    expect(await page({ search: "_" })).toEqual(["Ana"]);
    expect(await page({ search: "0%" })).toEqual(["Bo 100%"]);
    expect(await page({ search: "\\" })).toEqual(["Cy \\"]);
    expect(await page({ role: "viewer" })).toEqual(["Cy \\"]);
    expect(await page({ role: "viewer", search: "one" })).toEqual([]);
  });

  it("shows in a list who stands in for somebody, their teams, and whether they have an account and a chat", async () => {
    const { id, roster, person } = await network();
    const deputy = person({ name: "Bo" });
    const ana = person({ deputy: deputy.id });
    await roster.savePeople([ana, deputy]);
    const [south, north] = [aTeam({ name: "South", area: null, managers: [ana.id] }), aTeam({ name: "north", area: "North", managers: [ana.id, deputy.id] })];
    await roster.saveTeams([south, north, aTeam({ name: "Gone", managers: [ana.id], leftOn: today })]);
    const ofNorth = { id: north.id, name: "north", area: "North" };
    const teams = [ofNorth, { id: south.id, name: "South", area: null }];
    await roster.linkIdentity(ana.id, account());
    await stores.saveChat(id, ana.id, "blocked");
    const withDeputy = { person: ana, deputy: { id: deputy.id, name: "Bo" }, linked: true, chat: "blocked", teams };
    expect(await roster.listing(ana.id)).toEqual(withDeputy);
    expect(await roster.listing(deputy.id)).toEqual({ person: deputy, deputy: null, linked: false, chat: null, teams: [ofNorth] });
    expect(await roster.peoplePage({ limit: 9, after: null })).toContainEqual(withDeputy);
  });

  it("knows the state of every chat, and forgets a chat with the account that it went with", async () => {
    const { id, roster, person } = await network();
    const people = chatStates.map(() => person());
    const quiet = person();
    await roster.savePeople([...people, quiet]);
    const states = new Map(people.map((one, index) => [one.id, chatStates[index] ?? "open"]));
    for (const [one, state] of states) await stores.saveChat(id, one, state);
    expect(await roster.chats()).toEqual(states);
    const [first] = people;
    if (first === undefined) throw new Error("There are no states.");
    await roster.linkIdentity(first.id, account());
    await roster.unlinkIdentities(first.id);
    states.delete(first.id);
    expect(await roster.chats()).toEqual(states);
    expect(await roster.listing(first.id)).toMatchObject({ linked: false, chat: null });
  });

  it("changes when somebody is away, whether they stopped, and their deputy, one at a time", async () => {
    const { roster, person } = await network();
    const [ana, bo] = [person(), person()];
    await roster.savePeople([ana, bo]);
    await roster.setAway(ana.id, today);
    await roster.setStopped(ana.id, moment);
    await roster.setDeputy(ana.id, bo.id);
    expect(await roster.person(ana.id)).toEqual({ ...ana, awayUntil: today, stoppedAt: moment, deputy: bo.id });
    await roster.setAway(ana.id, null);
    await roster.setStopped(ana.id, null);
    await roster.setDeputy(ana.id, null);
    expect(await roster.people()).toEqual(expect.arrayContaining([ana, bo]));
  });

  it("ties an account to one person for good, until it is untied", async () => {
    const { roster, person } = await network();
    const [ana, bo] = [person(), person()];
    await roster.savePeople([ana, bo]);
    const mine = account();
    expect(await roster.identityOf(ana.id)).toBeNull();
    await roster.linkIdentity(ana.id, mine);
    await roster.linkIdentity(ana.id, mine);
    await roster.linkIdentity(bo.id, mine);
    expect(await roster.identityOf(ana.id)).toEqual(mine);
    expect(await roster.identities()).toEqual(new Map([[ana.id, mine]]));
    await roster.unlinkIdentities(ana.id);
    expect(await roster.identityOf(ana.id)).toBeNull();
  });

  it("reads and writes its own network only", async () => {
    const [here, there] = [await network(), await network()];
    const ana = there.person({ role: "lead", scope: { kind: "network" } });
    await there.roster.savePeople([ana]);
    const team = aTeam({ managers: [ana.id] });
    await there.roster.saveTeams([team]);
    const theirs = account();
    await there.roster.linkIdentity(ana.id, theirs);
    await stores.saveChat(there.id, ana.id, "open");
    await here.roster.setAway(ana.id, today);
    await here.roster.setStopped(ana.id, moment);
    await here.roster.setDeputy(ana.id, ana.id);
    await here.roster.unlinkIdentities(ana.id);

    expect(await here.roster.people({ includeLeft: true })).toEqual([]);
    expect(await here.roster.peoplePage({ limit: 9, after: null })).toEqual([]);
    expect(await here.roster.person(ana.id)).toBeNull();
    expect(await here.roster.listing(ana.id)).toBeNull();
    expect(await here.roster.personByEmail(ana.email)).toBeNull();
    expect((await here.roster.peopleByIds([ana.id])).size).toBe(0);
    expect(await here.roster.leads()).toEqual([]);
    expect(await here.roster.teams({ includeLeft: true })).toEqual([]);
    expect((await here.roster.teamsByIds([team.id])).size).toBe(0);
    expect(await here.roster.team(team.id)).toBeNull();
    expect(await here.roster.teamsOf(ana.id)).toEqual([]);
    expect(await here.roster.identityOf(ana.id)).toBeNull();
    expect((await here.roster.identities()).size).toBe(0);
    expect((await here.roster.chats()).size).toBe(0);
    expect(await here.roster.takenElsewhere([theirs, account(), { ...theirs, tenantId: crypto.randomUUID() }])).toEqual(
      [theirs],
    );
    expect(await there.roster.takenElsewhere([theirs])).toEqual([]);
    expect(await there.roster.person(ana.id)).toEqual(ana);
    expect(await there.roster.identityOf(ana.id)).toEqual(theirs);
    expect(await there.roster.chats()).toEqual(new Map([[ana.id, "open"]]));
  });

  it("saves thousands of people and teams at once", async () => {
    const { roster, person } = await network();
    const people = Array.from({ length: 1_201 }, () => person());
    await roster.savePeople(people);
    await roster.saveTeams(people.map((one, index) => aTeam({ name: `Team ${index}`, managers: [one.id] })));
    expect(await roster.people()).toHaveLength(1_201);
    expect((await roster.teams()).every((team) => team.managers.length === 1)).toBe(true);
  }, 30_000);

  it("takes the sample roster, and finds nothing to change in it the second time", async () => {
    const { id, roster } = await network();
    const stores = { roster, audit: { record: async () => undefined } };
    const deps = {
      store: { read: () => stores, transaction: <T>(_: NetworkId, work: (tx: typeof stores) => Promise<T>) => work(stores) },
      clock: { now: () => moment },
      defaultTenant: someTenant,
      canMail: true,
    };
    const csv = readFileSync(new URL("../../src/local/sample-roster/london.csv", import.meta.url));
    const run = () => importRoster(deps, { network: id, actor: null }, csv, { dryRun: false });
    expect(await run()).toMatchObject({ ok: true, report: { counts: { people: 86, teams: 71, adds: 86 } } });
    expect(await run()).toMatchObject({ ok: true, report: { adds: [], changes: [], leavers: [] } });
    const again = await run();
    const reach = again.ok ? again.report.reach : [];
    expect(reach).toHaveLength(86);
    expect(reach.filter((one) => one.why !== "In Teams.").map((one) => one.name)).toContain("Joel Baptiste");
    expect((await roster.people()).find((one) => one.name === "Tuấn Nguyễn")?.place).toBe("Enfield");
  });

  it("finds the actor behind an account, but not of somebody who left", async () => {
    const { roster, person } = await network();
    const ana = person({ role: "lead", scope: { kind: "areas", areas: ["South"] } });
    await roster.savePeople([ana]);
    const mine = account();
    await roster.linkIdentity(ana.id, mine);
    const find = () => stores.directory.actorByIdentity(mine);
    expect(await find()).toEqual(actorOf(ana, false));
    const team = aTeam({ managers: [ana.id] });
    await roster.saveTeams([team]);
    expect(await find()).toEqual(actorOf(ana, true));
    await roster.saveTeams([{ ...team, leftOn: today }]);
    expect(await find()).toEqual(actorOf(ana, false));
    expect(await stores.directory.actorByIdentity({ ...mine, tenantId: account().tenantId })).toBeNull();
    await roster.savePeople([{ ...ana, leftOn: today }]);
    expect(await find()).toBeNull();
  });

  it("finds somebody without an account by their e-mail, in whichever one network has them", async () => {
    const [one, two] = [await network(), await network()];
    const ana = one.person();
    const find = () => stores.directory.unlinkedByEmail(ana.email);
    expect(await find()).toBeNull();
    await one.roster.savePeople([ana]);
    expect(await find()).toEqual({ network: one.id, person: ana.id });
    await two.roster.savePeople([two.person({ email: ana.email })]);
    expect(await find()).toBeNull();
    await one.roster.linkIdentity(ana.id, account());
    expect(await find()).toMatchObject({ network: two.id });
    await one.roster.unlinkIdentities(ana.id);
    await one.roster.savePeople([{ ...ana, leftOn: today }]);
    expect(await find()).toMatchObject({ network: two.id });
  });

  it("creates a network once, however often it is asked", async () => {
    const { id, roster } = await network();
    const name = await roster.networkName();
    expect(await stores.directory.createNetwork(name)).toBe(id);
    expect(await stores.directory.networks()).toContainEqual({ id, name });
    await roster.lockForImport();
  });
});
