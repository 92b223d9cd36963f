import { expect } from "@jest/globals";
import { z } from "zod";
import { type DatabaseOptions, type Engine, openDatabase } from "../../src/adapters/sql/database.ts";
import type { DirectoryPerson } from "../../src/local/entra/index.ts";
import type { StandIns } from "../../src/local/stand-ins.ts";
import { arrivals } from "./arrivals.ts";
import { lead, manager } from "../app/rosters.ts";
import { silent } from "./logger.ts";
import { inDirectory, withServerToKill } from "./server-to-kill.ts";

const managers = Array.from({ length: 70 }, (_, n) => manager(`Manager ${n}`, { email: `manager${n}@example.org` }));
const managerPeople = managers.map(inDirectory);

export interface KilledRound {
  /** Cards that somebody got beyond the one meant for them. */
  readonly duplicates: number;
  /** Cards that had arrived when the server was killed, and that it hadn't recorded yet. */
  readonly inFlight: number;
}

async function delivered(options: DatabaseOptions): Promise<number> {
  const database = await openDatabase(options, silent);
  try {
    const rows = await database.db.selectFrom("deliveries").select("id").where("state", "=", "delivered").execute();
    return rows.length;
  } finally {
    await database.close();
  }
}

const RoundId = z.object({ id: z.string() });
const Round = z.object({
  deliveries: z.object({
    intended: z.number(),
    delivered: z.number(),
    failed: z.number(),
    skipped: z.number(),
    pending: z.number(),
  }),
});

function expectToAddUp({ intended, delivered, failed, skipped, pending }: z.infer<typeof Round>["deliveries"]): void {
  expect({ intended, sum: delivered + failed + skipped + pending }).toEqual({ intended, sum: intended });
}

/**
 * Opens a round for 70 managers on the built server, kills it (SIGKILL) each time that another so many cards have
 * arrived, starts it again, and waits until the round is complete. Fails when the round's counts don't add up at any
 * look, or when somebody gets no card.
 * @param killAfter cards from one start to the kill that follows; fewer than 70 in all
 */
export async function killedRound(engine: Engine, killAfter: readonly number[]): Promise<KilledRound> {
  return withServerToKill(engine, { rows: managers, leader: lead("Lea") }, async (server) => {
    const { standIns, api } = server;
    const counts = async (round: string) => Round.parse(await api("GET", `check-in-rounds/${round}`)).deliveries;
    const { id } = RoundId.parse(await api("POST", "check-in-rounds", {}));
    let inFlight = 0;
    for (const cards of killAfter) {
      await arrivals(standIns, cards);
      await server.kill();
      inFlight += total(standIns) - (await delivered(server.database));
      await server.start();
      expectToAddUp(await counts(id));
    }
    for (let now = await counts(id); now.pending > 0; now = await counts(id)) {
      expectToAddUp(now);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(await counts(id)).toEqual({ intended: 70, delivered: 70, failed: 0, skipped: 0, pending: 0 });
    const without = managerPeople.filter((person) => cardsOf(standIns, person) === 0).map((person) => person.name);
    expect(without).toEqual([]);
    return { inFlight, duplicates: total(standIns) - managerPeople.length };
  });
}

function cardsOf({ connector }: StandIns, person: DirectoryPerson): number {
  return connector.client(person.objectId).messages().filter((message) => message.card !== null).length;
}

function total(standIns: StandIns): number {
  return managerPeople.reduce((sum, person) => sum + cardsOf(standIns, person), 0);
}
