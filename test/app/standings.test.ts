import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { loadCardTemplates } from "../../src/adapters/cards/templates.ts";
import type { OpenDatabase } from "../../src/adapters/sql/database.ts";
import { directory } from "../../src/adapters/sql/directory-store.ts";
import { sqlStore } from "../../src/adapters/sql/store.ts";
import { currentQuestionSet } from "../../src/features/check-ins/question-set.ts";
import { teamsToRing } from "../../src/features/check-ins/ring.ts";
import { standingOf } from "../../src/features/check-ins/standing.ts";
import { summaryFor } from "../../src/features/check-ins/standing-summary.ts";
import { loadSummary } from "../../src/features/check-ins/summary.ts";
import { openSummary } from "../../src/features/check-ins/summary-groups.ts";
import { checkInPersonalData } from "../../src/features/check-ins/personal-data.ts";
import { closeRound, openRound } from "../../src/features/check-ins/rounds.ts";
import type { Team } from "../../src/features/roster/model.ts";
import type { Actor, Scope } from "../../src/kernel/actor.ts";
import { newId, type NetworkId, type RequestId } from "../../src/kernel/ids.ts";
import { Temporal } from "../../src/kernel/time.ts";
import { aPerson, aTeam } from "../builders/roster.ts";
import { ManualClock } from "../fakes/manual-clock.ts";
import { testDatabase } from "../support/database.ts";

const areas = ["North", "South", null];
const places = ["Hill", "River", null];
const feelings = ["comfortable", "busy", "stretched", "unsafe"];
const number = (max: number) => fc.integer({ min: 0, max });

/** What happens in a network that its summaries must follow; `who` picks a team. */
const events = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("answer"), who: number(50), people: number(60), feeling: number(3), waiting: fc.option(number(9)), carried: fc.boolean(), request: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("details"), who: number(50), pick: number(4) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("next round"), days: fc.constantFrom(21, 42, 63) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("close", "look") }) },
  fc.record({ kind: fc.constantFrom("skip", "erase", "leave", "request done", "posts"), who: number(50) }),
  fc.record({ kind: fc.constant("place"), who: number(50), area: number(2), place: number(2) }),
  fc.record({ kind: fc.constantFrom("days pass", "guides", "retention", "look") }),
);
type Happening = typeof events extends fc.Arbitrary<infer One> ? One : never;

/** Teams of which nothing is known but that two rounds closed without them. */
const silentTwice: Happening[] = [{ kind: "next round", days: 21 }, { kind: "look" }, { kind: "close" }];

describe("what summaries are read from", () => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await testDatabase("server", 2);
  });
  afterAll(() => database.close());

  it("is the same as what the answers give anew, whatever happens", async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(events, { minLength: 12, maxLength: 30 }), fc.integer({ min: 3, max: 9 }), async (happenings, teamCount) => {
        runs += 1;
        const world = await network(database, `Standings ${runs} ${newId<NetworkId>()}`, teamCount);
        for (const one of happenings) {
          await world.happen(one);
          if (one.kind === "look") await world.compare();
        }
        await world.compare();
      }),
      { numRuns: 8, seed: 20261201, examples: [[silentTwice, 3]] },
    );
  }, 60_000);
});

async function network({ db }: OpenDatabase, name: string, teamCount: number) {
  const id = await directory(db).createNetwork(name);
  const store = sqlStore(db, () => ({ add: () => Promise.resolve() }));
  const clock = new ManualClock(Temporal.Instant.from("2026-05-19T08:30:00Z"));
  const deps = { store, clock, templates: loadCardTemplates(), nextMeeting: () => Promise.resolve(null) };
  const managers = Array.from({ length: teamCount }, (_, n) => aPerson({ network: id, name: `Manager ${n}`, email: `m${n}@example.org` }));
  const place = (n: number) => ({ area: areas[n % 3] ?? null, place: places[n % 2] ?? null, organisation: `Employer ${n % 2}` });
  const teams = new Map<number, Team>(
    managers.map((one, n) => [n, aTeam({ name: `Team ${n % 4}`, managers: [one.id], ...place(n), posts: { link_worker: 1 + (n % 3) / 2 }, filePosts: { link_worker: 1 } })]),
  );
  await store.transaction(id, async (tx) => {
    await tx.roster.savePeople(managers);
    await tx.roster.saveTeams([...teams.values()]);
  });
  await openRound(deps, id, null);

  const asLead = (scope: Scope): Actor => ({ network: id, person: managers[0]?.id ?? newId(), role: "lead", scope, managesTeams: true, name: "Lea" });
  const save = (n: number, team: Team) => {
    teams.set(n, team);
    return store.transaction(id, (tx) => tx.roster.saveTeams([team]));
  };

  async function happen(one: Happening): Promise<void> {
    const n = "who" in one ? one.who % teamCount : 0;
    const [team, person] = [teams.get(n), managers[n]];
    if (team === undefined || person === undefined) throw new Error(`There is no team ${n}.`);
    await store.transaction(id, async (tx) => {
      const round = await tx.rounds.current();
      if (round === null || (await tx.rounds.team(round.id, team.id)) === null) return;
      const shared = { round: round.id, team: team.id, person: person.id, submittedAt: clock.now() };
      if (one.kind === "answer" && "people" in one) {
        const figures = one.waiting === null ? {} : { waiting: one.waiting, longestWaitWeeks: one.waiting };
        const answers = { feeling: feelings[one.feeling] ?? "busy", newPeople: { link_worker: one.people }, help: "nothing", ...figures };
        await tx.checkIns.save({ ...shared, answers, posts: team.posts, carried: one.carried ? ["waiting"] : [] });
        await tx.rounds.setAnswered(round.id, team.id);
        const reasons = one.feeling === 3 ? (["unsafe"] as const) : (["call"] as const);
        const dueOn = round.opensOn.add({ days: one.people % 9 });
        if (one.request) await tx.requests.add({ ...shared, id: newId<RequestId>(), askedBy: person.id, owner: person.id, reasons: [...reasons], dueOn, state: "open", updatedAt: clock.now(), done: null });
      }
      if (one.kind === "details" && "pick" in one) {
        const theme = currentQuestionSet.themes.find(({ id: known }) => known === round.theme);
        const answers = Object.fromEntries(
          (theme?.questions ?? []).flatMap((question, at): [string, any][] => {
            const pick = one.pick + at;
            if (question.kind === "choice") return [[question.id, question.choices[pick % question.choices.length]?.value]];
            if (question.kind === "choices") return [[question.id, pick % 4 === 0 ? [] : [question.choices[pick % question.choices.length]?.value]]];
            if (question.kind === "yes-no") return pick % 3 === 0 ? [] : [[question.id, pick % 2 === 0]];
            return question.kind === "number" ? [[question.id, question.min + pick]] : [];
          }),
        );
        await tx.checkIns.saveDetails({ ...shared, answers });
      }
      if (one.kind === "skip") await tx.rounds.setSkipped(round.id, team.id);
    });
    if (one.kind === "close" || one.kind === "next round") {
      const current = await store.read(id).rounds.current();
      if (current !== null) await closeRound(deps, id, null, current.id);
    }
    if (one.kind === "next round" && "days" in one) {
      clock.moveTo(clock.now().add({ hours: 24 * one.days }));
      await openRound(deps, id, null);
    }
    if (one.kind === "erase") await checkInPersonalData(deps).erase?.({ ...asLead({ kind: "network" }), person: person.id });
    if (one.kind === "leave") await save(n, { ...team, leftOn: team.leftOn === null ? Temporal.PlainDate.from("2026-05-20") : null });
    if (one.kind === "place" && "area" in one) await save(n, { ...team, area: areas[one.area] ?? null, place: places[one.place] ?? null });
    if (one.kind === "posts") await save(n, { ...team, name: `${team.name}b` });
    if (one.kind === "days pass") clock.moveTo(clock.now().add({ hours: 72 }));
    if (one.kind === "guides") {
      const low = 150 + (clock.now().epochMilliseconds / 86_400_000) % 50;
      await store.transaction(id, (tx) => tx.settings.put("check-ins", { guides: { link_worker: { low: Math.floor(low), high: 220 } } }, clock.now()));
    }
    if (one.kind === "retention") await store.transaction(id, (tx) => tx.retention.forgetCheckIns(clock.now().subtract({ hours: 24 * 90 })));
    if (one.kind === "request done") {
      await store.transaction(id, async (tx) => {
        for (const request of await tx.requests.unfinished([team.id])) await tx.requests.save({ ...request, state: "done", updatedAt: clock.now(), done: { at: clock.now(), by: person.id } });
      });
    }
  }

  async function compare(): Promise<void> {
    for (const scope of [{ kind: "network" }, { kind: "areas", areas: ["North"] }] as const) {
      const actor = asLead(scope);
      const data = await loadSummary(deps, actor, null);
      for (const by of ["area", "place"] as const) {
        expect(await summaryFor(deps, actor, { by, from: null, to: null })).toEqual(openSummary(data, by, null, true));
      }
      const rings = teamsToRing(data.teams, data.teams.length);
      const standing = await standingOf(deps, actor);
      expect(standing.ring.map(({ team, why }) => [team.id, why])).toEqual(rings.slice(0, 3).map(({ team, why }) => [team.id, why]));
      expect(standing.ringMore).toBe(Math.max(0, rings.length - 3));
    }
  }

  return { happen, compare };
}
