import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadCardTemplates } from "../../src/adapters/cards/templates.ts";
import type { OpenDatabase } from "../../src/adapters/sql/database.ts";
import { directory } from "../../src/adapters/sql/directory-store.ts";
import { sqlStore } from "../../src/adapters/sql/store.ts";
import { combinedFor, freezeClosed } from "../../src/features/check-ins/combined.ts";
import { combinedFiguresJob } from "../../src/features/check-ins/jobs.ts";
import { mediansShown } from "../../src/features/check-ins/medians.ts";
import { closeDueRound, closeRound, openRound } from "../../src/features/check-ins/rounds.ts";
import { roundHandlers } from "../../src/features/check-ins/workers.ts";
import type { Actor } from "../../src/kernel/actor.ts";
import { newId, type NetworkId } from "../../src/kernel/ids.ts";
import { Temporal } from "../../src/kernel/time.ts";
import { aPerson, aTeam } from "../builders/roster.ts";
import { ManualClock } from "../fakes/manual-clock.ts";
import { testDatabase } from "../support/database.ts";

/** More than are read in one go. */
const teamCount = 130;

describe("the figures of a closed round", () => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await testDatabase("server", 2);
  });
  afterAll(() => database.close());

  it("are those of every team, read some at a time", async () => {
    const world = await network(database, "Portions");
    await world.round(() => 20);
    const { total, groups, coverage } = await world.combined();
    expect({ coverage, teams: total.teams, people: total.last12Weeks?.newPeople }).toEqual({ coverage: "130 of 130 teams", teams: 130, people: 2600 });
    expect(groups.map(({ name, teams, last12Weeks }) => [name, teams, last12Weeks?.newPeople])).toEqual([
      ["North", 65, 1300],
      ["South", 65, 1300],
    ]);
    expect(await world.medians()).toEqual([{ openedOn: "2026-05-19", median12: 0.7 }]);
  });

  it("follow when working them out was cut off, as of the close, and until then those of the round before are seen", async () => {
    const world = await network(database, "Cut off");
    await world.round(() => 20);
    const before = await world.combined();
    const { id } = await world.open(() => 40);
    await world.closeOnly(id);
    const { store, clock, network: ours } = world;
    // Somebody has begun, and has been killed since.
    expect(await store.read(ours).closing.take(clock.now(), clock.now())).toBe(id);
    await closeDueRound(world.deps, ours);
    expect(await world.combined()).toEqual(before);
    expect(await world.medians()).toEqual([{ openedOn: "2026-05-19", median12: 0.7 }, { openedOn: "2026-06-30", median12: null }]);

    // A round that opens meanwhile changes nothing about the one that has closed.
    clock.moveTo(clock.now().add({ hours: 24 }));
    await world.open(() => 60);
    await closeDueRound(world.deps, ours);
    const { asOf, total } = await world.combined();
    expect({ asOf, people: total.last12Weeks?.newPeople, trend: total.trend }).toEqual({
      asOf: "2026-06-30",
      people: 130 * 60,
      trend: [{ openedOn: "2026-05-19", load12: 0.7 }, { openedOn: "2026-06-30", load12: 1.04 }],
    });
    expect((await world.medians()).slice(0, 2)).toEqual([{ openedOn: "2026-05-19", median12: 0.7 }, { openedOn: "2026-06-30", median12: 1.04 }]);
  });

  it("follow by a job of the close's own, and the close itself waits for none of them", async () => {
    const world = await network(database, "Job");
    const { id } = await world.open(() => 20);
    await closeRound(world.deps, world.network, null, id);
    expect(await world.rowsOf("combined_summaries")).toBe(0);
    const { network: ours } = world;
    expect(world.jobs.filter(({ kind }) => kind === combinedFiguresJob.name)).toEqual([{ kind: combinedFiguresJob.name, payloads: [{ network: ours, round: id }] }]);
    await roundHandlers(world.deps).find(({ kind }) => kind === combinedFiguresJob)?.run([{ network: ours, round: id }]);
    expect((await world.combined()).total.teams).toBe(130);
  });

  it("are kept once when two work them out", async () => {
    const world = await network(database, "Two");
    const { id } = await world.open(() => 20);
    await world.closeOnly(id);
    await Promise.all([freezeClosed(world.deps, world.network), freezeClosed(world.deps, world.network)]);
    expect((await world.combined()).total.teams).toBe(130);
    expect(await world.rowsOf("unfrozen_rounds")).toBe(0);
    expect(await world.rowsOf("combined_summaries")).toBe(2);
  });

  it("have the medians of rounds that an earlier version closed, as it showed them", async () => {
    const world = await network(database, "Earlier");
    for (const base of [20, 30, 26]) await world.round((n) => base + (n % 9));
    const kept = await world.medians();
    expect(kept.map(({ median12 }) => median12)).toEqual([0.83, 1.01, 1.11]);
    await database.db.deleteFrom("round_medians").where("network", "=", world.network).execute();
    expect((await world.medians()).map(({ median12 }) => median12)).toEqual([null, null, null]);
    await closeDueRound(world.deps, world.network);
    expect(await world.medians()).toEqual(kept);
  });
});

/** Teams of two areas and as many employers; each answers by its number. */
async function network({ db }: OpenDatabase, name: string) {
  const id: NetworkId = await directory(db).createNetwork(name);
  const jobs: { readonly kind: string; readonly payloads: readonly object[] }[] = [];
  const store = sqlStore(db, () => ({
    add: ({ name: kind }, payloads) => {
      jobs.push({ kind, payloads });
      return Promise.resolve();
    },
  }));
  const clock = new ManualClock(Temporal.Instant.from("2026-05-19T08:30:00Z"));
  const deps = { store, clock, templates: loadCardTemplates(), nextMeeting: () => Promise.resolve(null) };
  const managers = Array.from({ length: teamCount }, (_, n) => aPerson({ network: id, name: `Manager ${n}`, email: `m${n}@${name.replace(" ", "")}.example.org` }));
  const teams = managers.map((one, n) =>
    aTeam({ name: `Team ${n}`, managers: [one.id], area: n % 2 === 0 ? "North" : "South", place: null, organisation: `Employer ${n % 3}`, posts: { link_worker: 1 }, filePosts: { link_worker: 1 } }),
  );
  await store.transaction(id, async (tx) => {
    await tx.roster.savePeople(managers);
    await tx.roster.saveTeams(teams);
  });
  const actor: Actor = { network: id, person: managers[0]?.id ?? newId(), role: "viewer", scope: null, managesTeams: false, name: "Vic" };

  async function open(peopleOf: (n: number) => number) {
    const opened = await openRound(deps, id, null);
    if (!opened.ok) throw new Error(opened.why);
    const { round } = opened;
    await store.transaction(id, async (tx) => {
      const answersOf = (n: number) => ({ newPeople: { link_worker: peopleOf(n) } });
      await tx.checkIns.save(
        ...teams.map((team, n) => ({ round: round.id, team: team.id, person: managers[n]?.id ?? newId(), posts: team.posts, carried: [], submittedAt: clock.now(), answers: answersOf(n) })),
      );
      await tx.rounds.setAnswered(round.id, ...teams.map((team) => team.id));
    });
    return round;
  }

  return {
    ...{ store, clock, deps, network: id, jobs, open },
    async round(peopleOf: (n: number) => number) {
      const { id: opened } = await open(peopleOf);
      await closeRound(deps, id, null, opened);
      await freezeClosed(deps, id);
      clock.moveTo(clock.now().add({ hours: 24 * 42 }));
    },
    /** As if the server had been killed right after. */
    closeOnly: (round: Awaited<ReturnType<typeof open>>["id"]) =>
      store.transaction(id, async (tx) => {
        await tx.rounds.close(round, clock.now());
        await tx.closing.begin(round);
      }),
    combined: () => combinedFor(deps, actor, "area"),
    async medians() {
      const latest = await store.read(id).rounds.latest();
      return latest === null ? [] : mediansShown(store.read(id), latest.opensOn);
    },
    async rowsOf(table: "unfrozen_rounds" | "combined_summaries") {
      return (await db.selectFrom(table).select("round").where("network", "=", id).execute()).length;
    },
  };
}
