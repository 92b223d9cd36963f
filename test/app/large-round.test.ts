import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadCardTemplates } from "../../src/adapters/cards/templates.ts";
import type { OpenDatabase } from "../../src/adapters/sql/database.ts";
import { directory } from "../../src/adapters/sql/directory-store.ts";
import { sqlStore } from "../../src/adapters/sql/store.ts";
import { openRound } from "../../src/features/check-ins/rounds.ts";
import type { JobQueue } from "../../src/kernel/jobs.ts";
import type { NetworkId } from "../../src/kernel/ids.ts";
import { Temporal } from "../../src/kernel/time.ts";
import { aPerson, aTeam } from "../builders/roster.ts";
import { ManualClock } from "../fakes/manual-clock.ts";
import { testDatabase } from "../support/database.ts";

const teamCount = 230;
const today = Temporal.PlainDate.from("2026-05-19");

describe("a round for more teams than are asked in one go", () => {
  let database: OpenDatabase;
  let networks = 0;
  beforeAll(async () => {
    database = await testDatabase("server", 3);
  });
  afterAll(() => database.close());

  /** Every fifth team is the busy manager's; the last one's manager is away, and the busy one is their deputy. */
  async function network(whileAsking: (jobs: number) => Promise<void> = () => Promise.resolve()) {
    networks += 1;
    const id = await directory(database.db).createNetwork(`Large ${networks}`);
    let sends = 0;
    const queue: JobQueue = {
      async add(kind, payloads) {
        if (kind.name !== "deliveries.send") return;
        sends += payloads.length;
        await whileAsking(sends);
      },
    };
    const store = sqlStore(database.db, () => queue);
    const clock = new ManualClock(Temporal.Instant.from("2026-05-19T08:30:00Z"));
    const deps = { store, clock, templates: loadCardTemplates(), nextMeeting: () => Promise.resolve(null) };
    const busy = aPerson({ network: id, name: "Busy" });
    const people = Array.from({ length: teamCount }, (_, n) =>
      aPerson({ network: id, name: `Manager ${n}`, ...(n === teamCount - 1 ? { awayUntil: today.add({ days: 9 }), deputy: busy.id } : {}) }),
    );
    const teams = people.map((person, n) => aTeam({ name: `Team ${n}`, managers: [n % 5 === 0 ? busy.id : person.id] }));
    const nobodys = aTeam({ name: "Nobody's" });
    await store.transaction(id, async (tx) => {
      await tx.roster.savePeople([busy, ...people]);
      await tx.roster.saveTeams([...teams, nobodys]);
    });
    return { id, store, deps, busy, teams, away: people.at(-1), sent: () => sends, open: (of: NetworkId) => openRound(deps, of, null) };
  }

  it("asks each team once, and nobody's card waits for another one of the same round", async () => {
    const { id, store, busy, teams, away, sent, open } = await network();
    const opened = await open(id);
    if (!opened.ok) throw new Error(opened.why);
    const read = store.read(id);
    const parts = await read.rounds.teams(opened.round.id);
    expect(parts.map(({ team }) => team).sort()).toEqual(teams.map((team) => team.id).sort());
    const cards = await read.deliveries.ofOccasion(opened.round.id, "check-in");
    const waiting = cards.filter(({ state }) => state === "pending");
    expect(new Set(waiting.map(({ subject }) => subject)).size).toBe(teamCount);
    expect(waiting.every(({ reason }) => reason === null)).toBe(true);
    expect(waiting.filter(({ recipient }) => recipient === busy.id)).toHaveLength(teamCount / 5 + 1);
    expect(cards.filter(({ state }) => state !== "pending").map(({ recipient, reason }) => [recipient, reason])).toEqual([
      [away?.id, "Away until Thursday 28 May; Busy has the card."],
    ]);
    expect(sent()).toBe(teamCount);
  });

  it("isn't there until it is whole, and can't be opened twice meanwhile", async () => {
    const seen: unknown[] = [];
    const { id, store, open } = await network(async (jobs) => {
      if (jobs > 150) return;
      const read = store.read(id);
      seen.push([await read.rounds.current(), (await read.rounds.page({ limit: 9, after: null })).length, await open(id)]);
    });
    expect(await open(id)).toMatchObject({ ok: true });
    expect(seen).toEqual([[null, 0, { ok: false, why: "already-open" }]]);
  });

  it("isn't there at all when it breaks off half way, and can be opened again", async () => {
    let isBroken = true;
    const { id, store, open } = await network((jobs) => (isBroken && jobs > 150 ? Promise.reject(new Error("The server ends.")) : Promise.resolve()));
    await expect(open(id)).rejects.toThrow("The server ends.");
    const { rounds } = store.read(id);
    expect([await rounds.current(), await rounds.count()]).toEqual([null, 0]);
    isBroken = false;
    const opened = await open(id);
    expect(opened.ok && (await rounds.teamCounts(opened.round.id)).waiting).toBe(teamCount);
  });
});
