import type { Actor } from "../../kernel/actor.ts";
import { chunksOf, letOthersIn } from "../../kernel/chunks.ts";
import type { NetworkId, WaveId } from "../../kernel/ids.ts";
import { type Instant, Temporal } from "../../kernel/time.ts";
import { refreshAll } from "../deliveries/outbox.ts";
import { readSettings } from "./deps.ts";
import { withLabelsDropped } from "./labels.ts";
import { type Response, takesAnswers, type Wave } from "./model.ts";
import type { PulseDeps, PulseStores } from "./ports.ts";
import { lostResults, resultsOf } from "./results.ts";

/** Sealed answers that are opened side by side, before others get their turn. */
const openedAtOnce = 50;

// A wave closes in steps, each of which may be done again: its end; then in one transaction the count; then, once that
// is committed, the clearing of what was sealed, and of the key. A process that dies in between leaves the rest to the
// run of the next minute.

export type CloseResult =
  | { readonly ok: true; readonly wave: Wave }
  /** "key-missing": nobody can read the answers; "key-there": they can be read, so nothing needs to be given up. */
  | { readonly ok: false; readonly why: "unknown" | "key-missing" | "key-there" };

/**
 * Closes a wave now, whatever is left of its time: no more answers are taken, those that came are counted and
 * published, and then nothing is left that ties an answer to anybody. Harmless when it is closed already.
 * @param actor the lead who closes it, or null for the schedule
 * @param giveUp true when a lead gives up a wave whose key is lost: it closes without results
 */
export async function closeWave(
  deps: PulseDeps,
  network: NetworkId,
  actor: Actor | null,
  id: WaveId,
  giveUp = false,
): Promise<CloseResult> {
  const present = await deps.store.read(network).pulse.byId(id);
  if (present === null) return { ok: false, why: "unknown" };
  if (present.closedAt !== null) return { ok: true, wave: present };
  // A wave that needn't be given up goes on.
  if (giveUp && (await deps.keys.read(id)) !== null) return { ok: false, why: "key-there" };
  await deps.store.transaction(network, (tx) => endAnswering(deps, tx, id));
  // Outside any transaction: the key's keeper may be far away.
  const key = await deps.keys.read(id);
  const result = await deps.store.transaction(network, (tx) => publish(deps, tx, network, actor, { id, key, giveUp }));
  if (!result.ok) {
    deps.logger.error({ network, wave: id }, "a wave can't be closed: its key is missing");
    return result;
  }
  await clearWave(deps, network, result.wave).catch((error: unknown) => {
    deps.logger.error({ network, wave: id, err: error }, "a closed wave wasn't cleared; the next run tries again");
  });
  return result;
}

async function endAnswering(deps: PulseDeps, tx: PulseStores, id: WaveId): Promise<void> {
  const wave = await tx.pulse.lock(id);
  const now = deps.clock.now();
  if (wave !== null && takesAnswers(wave, now)) await tx.pulse.save({ ...wave, closesAt: now });
}

async function publish(
  deps: PulseDeps,
  tx: PulseStores,
  network: NetworkId,
  actor: Actor | null,
  { id, key, giveUp }: { id: WaveId; key: string | null; giveUp: boolean },
): Promise<CloseResult> {
  const wave = await tx.pulse.lock(id);
  if (wave === null) return { ok: false, why: "unknown" };
  // Another run may have closed it since, and then it has purged the key, too.
  if (wave.closedAt !== null) return { ok: true, wave };
  if (key === null && !giveUp) return { ok: false, why: "key-missing" };
  const sealed = await tx.pulse.sealed(id);
  if (key === null) {
    await tx.pulse.publish(id, [], lostResults(wave, sealed.length));
  } else {
    const opened: Response[] = [];
    for (const some of chunksOf(sealed, openedAtOnce)) {
      opened.push(...(await Promise.all(some.map((one) => deps.sealing.open(key, one)))));
    }
    const responses = withLabelsDropped(wave.instrument, opened, wave.threshold);
    await letOthersIn();
    const results = resultsOf(wave, responses);
    await letOthersIn();
    // Too few to hide among, and nothing is ever shown of them: whoever knows who took part would know who said what.
    const kept = responses.length < wave.threshold ? [] : responses;
    await tx.pulse.publish(id, deps.shuffled(kept), results);
  }
  const now = deps.clock.now();
  const closed: Wave = { ...wave, closedAt: now, sent: sealed.length, isLost: key === null };
  await tx.pulse.save(closed);
  await settleCards(tx, network, id, now);
  await tx.audit.record({ at: now, actor, action: "pulse.close", subject: id, detail: { isLost: closed.isLost } });
  return { ok: true, wave: closed };
}

/** Cards that were still to go are given up, those in the chats say that it has closed; reminders say who had been silent, so they go. */
async function settleCards(tx: PulseStores, network: NetworkId, id: WaveId, now: Instant): Promise<void> {
  await tx.deliveries.forgetAll(id, ["pulse-reminder", "pulse-nudge"]);
  await tx.deliveries.giveUp(id, "pulse", null, "The survey closed before the card could go.", now);
  await refreshAll(tx, network, id, ["pulse"]);
}

/** Rewrites what sealed answers were kept in, and then purges the key; each is harmless when it was done before. */
async function clearWave(deps: PulseDeps, network: NetworkId, { id, clearedAt }: Wave): Promise<void> {
  if (clearedAt !== null) return;
  await deps.clear();
  await deps.keys.purge(id);
  await deps.store.transaction(network, async (tx) => {
    const wave = await tx.pulse.lock(id);
    if (wave !== null && wave.clearedAt === null) await tx.pulse.save({ ...wave, clearedAt: deps.clock.now() });
  });
}

/** Closes a network's wave whose time is over. Runs every minute; safe to run twice. */
export async function closeDueWave(deps: PulseDeps, network: NetworkId): Promise<void> {
  const wave = await deps.store.read(network).pulse.current();
  if (wave === null || Temporal.Instant.compare(wave.closesAt, deps.clock.now()) > 0) return;
  await closeWave(deps, network, null, wave.id);
}

/** Clears what closed waves have left behind, where that didn't come to its end before. */
export async function clearClosedWaves(deps: PulseDeps, network: NetworkId): Promise<void> {
  for (const wave of await deps.store.read(network).pulse.uncleared()) {
    await clearWave(deps, network, wave).catch((error: unknown) => {
      deps.logger.error({ network, wave: wave.id, err: error }, "a closed wave wasn't cleared; the next run tries again");
    });
  }
}

/** Deletes the single answers of waves that closed long enough ago; what was published of them stays. */
export async function deleteOldAnswers(deps: PulseDeps, network: NetworkId): Promise<void> {
  const read = deps.store.read(network);
  const { rawDays } = await readSettings(read.settings);
  const now = deps.clock.now();
  const over = await read.pulse.withRawBefore(now.subtract({ hours: rawDays * 24 }));
  for (const { id } of over) {
    await deps.store.transaction(network, async (tx) => {
      const wave = await tx.pulse.lock(id);
      if (wave === null || wave.rawDeletedAt !== null) return;
      await tx.pulse.deleteResponses(id);
      await tx.pulse.save({ ...wave, rawDeletedAt: now });
    });
  }
  // Deleted rows stay in their tables until those are rewritten.
  if (over.length > 0) await deps.clear();
}
