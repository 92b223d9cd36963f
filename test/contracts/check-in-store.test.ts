import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { checkInStore } from "../../src/adapters/sql/check-in-store.ts";
import type { OpenDatabase } from "../../src/adapters/sql/database.ts";
import { directory } from "../../src/adapters/sql/directory-store.ts";
import { requestStore } from "../../src/adapters/sql/request-store.ts";
import { rosterStore } from "../../src/adapters/sql/roster-store.ts";
import { roundStore } from "../../src/adapters/sql/round-store.ts";
import type { CheckIn, CheckInDetails, HelpRequest } from "../../src/features/check-ins/model.ts";
import type { CheckInStore } from "../../src/features/check-ins/ports.ts";
import { newId, type PersonId, type RequestId, type RoundId, type TeamId } from "../../src/kernel/ids.ts";
import { Temporal } from "../../src/kernel/time.ts";
import { aPerson, aTeam } from "../builders/roster.ts";
import { engines, testDatabase } from "../support/database.ts";

const day = (text: string) => Temporal.PlainDate.from(text);
const moment = Temporal.Instant.from("2026-05-19T08:30:00.123Z");

/** What a team answered in a round, with nothing about the round itself; null when it didn't. */
async function answerOf(checkIns: CheckInStore, round: RoundId, team: TeamId): Promise<CheckIn | null> {
  const found = (await checkIns.since([team], day("2000-01-01"))).find((one) => one.round === round);
  if (found === undefined) return null;
  const { opensOn, periodFrom, questionSet, ...answer } = found;
  expect({ opensOn, periodFrom, questionSet }).toEqual({ opensOn: day("2026-05-19"), periodFrom: day("2026-04-07"), questionSet: "2026-11" });
  return answer;
}

describe.each(engines)("the store of check-ins and requests (%s)", (engine) => {
  let database: OpenDatabase;
  let names = 0;

  beforeAll(async () => {
    database = await testDatabase(engine);
  }, 60_000);
  afterAll(() => database.close());

  /** A network with some teams and closed rounds on the given days, each with every team. */
  async function network(openings: readonly string[] = ["2026-05-19"], teamCount = 1) {
    names += 1;
    const id = await directory(database.db).createNetwork(`Network ${names}`);
    const { db } = database;
    const person = aPerson({ network: id });
    const roster = rosterStore(db, id);
    await roster.savePeople([person]);
    const teams = Array.from({ length: teamCount }, (_, n) => aTeam({ name: `Team ${n}`, managers: [person.id] }));
    await roster.saveTeams(teams);
    const store = roundStore(db, id);
    const ids: RoundId[] = [];
    for (const [index, opensOn] of openings.entries()) {
      const round = newId<RoundId>();
      ids.push(round);
      const shared = { round, periodFrom: day(openings[index - 1] ?? "2026-04-07"), state: "waiting" as const };
      const times = { opensOn: day(opensOn), openedAt: moment, closesAt: moment, closedAt: null };
      const frozen = { questionSet: "2026-11", theme: "referrals", guides: { link_worker: { low: 200, high: 250 } } };
      await store.open({ id: round, ...times, ...frozen }, teams.map((team) => ({ ...shared, team: team.id })));
      await store.close(round, moment);
    }
    const teamIds = teams.map((team) => team.id);
    const [team = newId<TeamId>()] = teamIds;
    const [round = newId<RoundId>()] = ids;
    const checkIn = (changes: Partial<CheckIn> = {}): CheckIn => ({
      ...{ round, team, person: person.id, submittedAt: moment, carried: [] },
      answers: { feeling: "busy", newPeople: { link_worker: 27 } },
      posts: { link_worker: 1.25 },
      ...changes,
    });
    const details = (changes: Partial<CheckInDetails> = {}): CheckInDetails => ({
      ...{ round, team, person: person.id, submittedAt: moment },
      answers: { pressures: ["housing", "debt"], appointmentsLongEnough: false },
      ...changes,
    });
    const request = (changes: Partial<HelpRequest> = {}): HelpRequest => ({
      ...{ id: newId<RequestId>(), round, team, askedBy: person.id, reasons: ["unsafe", "call"], owner: person.id },
      ...{ dueOn: day("2026-05-21"), state: "open", updatedAt: moment, done: null },
      ...changes,
    });
    const stores = { checkIns: checkInStore(db, id), requests: requestStore(db, id), roundStore: store };
    return { id, person, team, teamIds, round, rounds: ids, ...stores, checkIn, details, request };
  }

  it("gives an answer and its details back as they were saved, and keeps the latest", async () => {
    const { checkIns, checkIn, details, round, team } = await network();
    expect([await answerOf(checkIns, round, team), (await checkIns.detailsOfTeams(round, [team])).get(team)]).toEqual([null, undefined]);
    await checkIns.save(checkIn());
    await checkIns.saveDetails(details());
    const other = newId<PersonId>();
    const later = checkIn({ person: other, answers: { feeling: "unsafe", waiting: 0 }, carried: ["waiting"], posts: {} });
    await checkIns.save(later);
    await checkIns.saveDetails(details({ answers: { note: "Zoë’s “note” $1 \\ 'quoted'" } }));
    expect(await answerOf(checkIns, round, team)).toEqual(later);
    expect((await checkIns.detailsOfTeams(round, [team])).get(team)?.answers).toEqual({ note: "Zoë’s “note” $1 \\ 'quoted'" });
  });

  it("keeps every answer that a card can give, figures to the last digit", async () => {
    const { checkIns, checkIn, round, team } = await network();
    const figure = fc.integer({ min: 0, max: 20_000 }).map((hundredths) => hundredths / 100);
    // U+0000 can't be stored by PostgreSQL and can't be typed.
    const text = fc.string({ unit: "grapheme", maxLength: 40 }).filter((one) => !one.includes("\0"));
    const perRole = fc.record({ link_worker: figure, health_coach: figure }, { requiredKeys: [] });
    const answers = fc.dictionary(fc.constantFrom("a", "b", "c"), fc.oneof(figure, text, fc.boolean(), fc.array(text), perRole));
    await fc.assert(
      fc.asyncProperty(answers, perRole, async (given, posts) => {
        await checkIns.save(checkIn({ answers: given, posts }));
        expect(await answerOf(checkIns, round, team)).toEqual(checkIn({ answers: { ...given }, posts }));
      }),
      { numRuns: 25 },
    );
  });

  it("finds each team's latest answer before a day, with the round that it belongs to", async () => {
    const { checkIns, checkIn, teamIds, rounds } = await network(["2026-05-19", "2026-06-30", "2026-08-11"], 3);
    const [one = newId<TeamId>(), two = newId<TeamId>()] = teamIds;
    const [first = newId<RoundId>(), second = newId<RoundId>()] = rounds;
    for (const round of rounds) await checkIns.save(checkIn({ round, team: one }));
    await checkIns.save(checkIn({ round: first, team: two }));
    const latest = await checkIns.latestBefore(teamIds, day("2026-08-11"));
    expect([...latest.keys()].sort()).toEqual([one, two].sort());
    const past = { questionSet: "2026-11", periodFrom: day("2026-05-19"), opensOn: day("2026-06-30") };
    expect(latest.get(one)).toEqual({ ...checkIn({ round: second, team: one }), ...past });
    expect(latest.get(two)?.opensOn).toEqual(day("2026-05-19"));
    const days = await checkIns.lastAnsweredBefore(teamIds, day("2026-08-11"));
    expect([...days].map(([team, opensOn]) => `${team} ${opensOn.toString()}`).sort()).toEqual([`${one} 2026-06-30`, `${two} 2026-05-19`].sort());
    expect((await checkIns.since([one], day("2026-06-30"))).map((past) => past.opensOn.toString())).toEqual(["2026-06-30", "2026-08-11"]);
    expect([await checkIns.since([], day("2026-01-01")), (await checkIns.latestBefore([], day("2027-01-01"))).size]).toEqual([[], 0]);
  });

  it("finds second cards since a day, with the round that each belongs to, and of no other team", async () => {
    const { checkIns, details, teamIds, rounds } = await network(["2026-05-19", "2026-06-30", "2026-08-11"], 2);
    const [one = newId<TeamId>(), two = newId<TeamId>()] = teamIds;
    for (const round of rounds.toReversed()) await checkIns.saveDetails(details({ round, team: one }));
    await checkIns.saveDetails(details({ round: rounds[1] ?? newId<RoundId>(), team: two }));
    const found = await checkIns.detailsSince([one], day("2026-06-30"));
    const past = { opensOn: day("2026-06-30"), periodFrom: day("2026-05-19"), questionSet: "2026-11", theme: "referrals" };
    expect(found[0]).toEqual({ ...details({ round: rounds[1] ?? newId<RoundId>(), team: one }), ...past });
    expect(found.map(({ opensOn }) => opensOn.toString())).toEqual(["2026-06-30", "2026-08-11"]);
    expect((await checkIns.detailsSince(teamIds, day("2026-01-01"))).map(({ team }) => team).sort()).toEqual([one, one, one, two].sort());
    expect(await checkIns.detailsSince([], day("2026-01-01"))).toEqual([]);
  });

  it("gives requests back as they were saved", async () => {
    const { requests, request, round, team } = await network();
    const open = request();
    await requests.save(open);
    expect([await requests.lock(open.id), await requests.lockOf(round, [team])]).toEqual([open, new Map([[team, open]])]);
    expect(await requests.ofTeams(round, [team])).toEqual(new Map([[team, open]]));
    expect([await requests.unfinished([team]), await requests.byIds([open.id])]).toEqual([[open], new Map([[open.id, open]])]);
    expect((await requests.byIds([])).size).toBe(0);
    const done = { ...open, state: "done" as const, reasons: ["peer"] as const, owner: newId<PersonId>(), dueOn: day("2026-06-01"), done: { at: moment, by: newId<PersonId>() } };
    await requests.save(done);
    expect(await requests.lock(open.id)).toEqual(done);
    expect(await requests.unfinished([team])).toEqual([]);
  });

  it("keeps one request per team and round", async () => {
    const { requests, request } = await network();
    await requests.save(request());
    await expect(requests.save(request())).rejects.toThrow();
    expect(await requests.add(request())).toBe(false);
  });

  it("gives requests a page at a time: unfinished ones by their day, others with the newest first, of all areas or some", async () => {
    const { id, requests, request, teamIds } = await network(undefined, 6);
    const areas = ["North", "North", "South", null, "North", "North"];
    const teams = teamIds.map((team, n) => aTeam({ id: team, name: `Team ${n}`, area: areas[n] ?? null }));
    await rosterStore(database.db, id).saveTeams(teams);
    const days = ["2026-06-03", "2026-06-01", "2026-06-02", "2026-06-01", "2026-05-01", "2026-05-02"];
    const states = ["open", "taken", "open", "taken", "done", "withdrawn"] as const;
    const all = teamIds.map((team, n) => request({ team, dueOn: day(days[n] ?? ""), state: states[n] ?? "open" }));
    for (const one of all) expect(await requests.add(one)).toBe(true);
    const pages = async (state: "unfinished" | "done" | "all", only: readonly string[] | null, limit = 2, team: TeamId | null = null) => {
      const found: number[] = [];
      for (let after: RequestId | null = null; ; ) {
        const page: HelpRequest[] = await requests.page({ state, areas: only, team, limit, after });
        found.push(...page.map((one) => all.findIndex((other) => other.id === one.id)));
        after = page.at(-1)?.id ?? null;
        if (page.length < limit) return found;
      }
    };
    expect(await pages("unfinished", null)).toEqual([1, 3, 2, 0]);
    expect(await pages("unfinished", null, 1)).toEqual([1, 3, 2, 0]);
    expect(await pages("unfinished", ["North"])).toEqual([1, 0]);
    expect(await pages("unfinished", ["South", "North"])).toEqual([1, 2, 0]);
    expect(await pages("done", null)).toEqual([4]);
    expect(await pages("all", null)).toEqual([5, 4, 3, 2, 1, 0]);
    expect(await pages("all", ["South"])).toEqual([2]);
    expect(await pages("all", null, 2, teamIds[5])).toEqual([5]);
    expect(await pages("unfinished", ["South"], 2, teamIds[0])).toEqual([]);
    expect([await requests.overdue(day("2026-06-02"), null), await requests.overdue(day("2026-06-02"), ["North"])]).toEqual([2, 1]);
    expect([await requests.overdue(day("2026-06-01"), null), await requests.overdue(day("2027-06-01"), ["East"])]).toEqual([0, 0]);
  });

  it("knows when a lead last marked something of a team as done, also once it is open again", async () => {
    const { requests, request, teamIds, rounds, roundStore: store } = await network(["2026-05-19", "2026-06-30"], 3);
    const [one = newId<TeamId>(), two = newId<TeamId>(), three = newId<TeamId>()] = teamIds;
    const [first = newId<RoundId>(), second = newId<RoundId>()] = rounds;
    const by = newId<PersonId>();
    const done = (hours: number) => ({ at: moment.add({ hours }), by });
    await requests.save(request({ team: one, round: first, done: done(2) }));
    await requests.save(request({ team: one, round: second, done: done(1), state: "done" }));
    await requests.save(request({ team: two, round: second, done: done(3), state: "taken" }));
    await requests.save(request({ team: three, round: second }));
    expect(await requests.lastDone(teamIds)).toEqual(new Map([[one, done(2)], [two, done(3)]]));
    expect(await requests.lastDone([])).toEqual(new Map());
    expect([await store.latestOf(one), await store.latestOf(newId<TeamId>())]).toEqual([second, null]);
  });

  it("lists and erases all that a person gave, and only that", async () => {
    const { checkIns, checkIn, details, requests, request, person, teamIds, round, roundStore: rounds } = await network(undefined, 2);
    const [own = newId<TeamId>(), others = newId<TeamId>()] = teamIds;
    const other = newId<PersonId>();
    for (const [team, giver] of [[own, person.id], [others, other]] as const) {
      await checkIns.save(checkIn({ team, person: giver }));
      await checkIns.saveDetails(details({ team, person: giver }));
      await requests.save(request({ team, askedBy: giver }));
      await rounds.setAnswered(round, team);
    }
    const mine = await checkIns.byPerson(person.id);
    expect([mine.checkIns, mine.details, mine.requests].map((list) => list.map((one) => one.team))).toEqual([[own], [own], [own]]);
    expect(await checkIns.eraseOf(person.id)).toBe(1);
    expect(await checkIns.byPerson(person.id)).toEqual({ checkIns: [], details: [], requests: [] });
    expect([(await rounds.team(round, own))?.state, (await rounds.team(round, others))?.state]).toEqual(["skipped", "answered"]);
    const left = await checkIns.byPerson(other);
    expect([left.checkIns.length, left.details.length, left.requests.length]).toEqual([1, 1, 1]);
    expect(await checkIns.eraseOf(person.id)).toBe(0);
  });

  it("shows nothing of one network to another", async () => {
    const one = await network();
    const two = await network();
    await one.checkIns.save(one.checkIn());
    await one.checkIns.saveDetails(one.details());
    const asked = one.request();
    await one.requests.save(asked);
    const { checkIns, requests } = two;
    expect((await checkIns.detailsOfTeams(one.round, [one.team])).size).toBe(0);
    expect((await checkIns.latestBefore([one.team], day("2027-01-01"))).size).toBe(0);
    expect(await checkIns.since([one.team], day("2026-01-01"))).toEqual([]);
    expect(await checkIns.byPerson(one.person.id)).toEqual({ checkIns: [], details: [], requests: [] });
    expect([await requests.lock(asked.id), await requests.lockOf(one.round, [one.team]), await requests.unfinished([one.team])]).toEqual([null, new Map(), []]);
    expect(await checkIns.eraseOf(one.person.id)).toBe(0);
    expect(await answerOf(one.checkIns, one.round, one.team)).not.toBeNull();
    await expect(checkIns.save(one.checkIn())).rejects.toThrow();
  });
});
