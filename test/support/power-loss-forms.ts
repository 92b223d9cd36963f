import { expect } from "@jest/globals";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { openDatabase } from "../../src/adapters/sql/database.ts";
import { silent } from "./logger.ts";
import { losePower, recordFiles } from "./power-loss.ts";

/** A sequence of numbers from 0 to 1 that is the same for the same seed (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface PowerLosses {
  readonly losses: number;
  readonly acknowledged: number;
  /** Writes that never reached the disk, over all losses. */
  readonly writesLost: number;
}

/**
 * Writes into an embedded store, checkpoints it on the way, lets the power go at random moments of all that, and opens what
 * had reached the disk. Fails when it can't be opened, or lacks anything that had been acknowledged before that moment.
 */
export async function powerLosses({ seed, losses, writes }: { readonly seed: number; readonly losses: number; readonly writes: number }): Promise<PowerLosses> {
  const random = numbers(seed);
  const root = await mkdtemp(join(tmpdir(), "steady-power-"));
  const [live, base] = [join(root, "live"), join(root, "base")];
  try {
    const store = await openDatabase({ kind: "embedded", dataDir: live }, silent);
    await sql`create table answers (n int primary key, text text, changed int not null default 0)`.execute(store.db);
    await sql`checkpoint`.execute(store.db);
    await cp(join(live, "postgres"), join(base, "postgres"), { recursive: true });
    const recording = recordFiles(join(live, "postgres"));
    /** How many deeds were done when each answer, or the change of one, was acknowledged. */
    const acknowledged: { readonly n: number; readonly changed: number; readonly deeds: number }[] = [];
    for (let n = 0; n < writes; n += 1) {
      await store.db.transaction().execute(async (tx) => {
        await sql`insert into answers values (${n}, ${"x".repeat(Math.floor(random() * 4_000))})`.execute(tx);
      });
      acknowledged.push({ n, changed: 0, deeds: recording.deeds.length });
      if (random() < 0.3) {
        const other = Math.floor(random() * (n + 1));
        await sql`update answers set changed = ${n} where n = ${other}`.execute(store.db);
        acknowledged.push({ n: other, changed: n, deeds: recording.deeds.length });
      }
      if (random() < 0.05) await sql`checkpoint`.execute(store.db);
      if (random() < 0.02) await sql`vacuum analyze answers`.execute(store.db);
    }
    recording.stop();
    const { deeds } = recording;
    await store.close();
    let writesLost = 0;
    for (let loss = 0; loss < losses; loss += 1) {
      const folder = join(root, `loss${loss}`);
      await cp(base, folder, { recursive: true });
      const after = Math.floor(random() * deeds.length);
      const share = [0, 0.5, 0.9][loss % 3] ?? 0;
      writesLost += losePower(join(folder, "postgres"), deeds, after, () => random() < share).lost;
      const left = await openDatabase({ kind: "embedded", dataDir: folder }, silent);
      try {
        const { rows } = await sql<{ n: number; changed: number }>`select n, changed from answers`.execute(left.db);
        const found = new Map(rows.map(({ n, changed }) => [n, changed]));
        const missing = acknowledged.filter(({ n, changed, deeds: at }) => at <= after && (found.get(n) ?? -1) < changed);
        expect({ seed, loss, after, missing }).toEqual({ seed, loss, after, missing: [] });
        await sql`insert into answers values (-1, 'goes on')`.execute(left.db);
      } finally {
        await left.close();
      }
      await rm(folder, { recursive: true, force: true });
    }
    return { losses, acknowledged: acknowledged.length, writesLost };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
