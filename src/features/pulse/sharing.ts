import type { Actor } from "../../kernel/actor.ts";
import type { WaveId } from "../../kernel/ids.ts";
import { aWeekApart, deliver, refreshAll } from "../deliveries/outbox.ts";
import type { Wave } from "./model.ts";
import type { PulseDeps } from "./ports.ts";
import { cardAbout } from "./wave-cards.ts";

export type ShareResult =
  | { readonly ok: true; readonly wave: Wave }
  | { readonly ok: false; readonly why: "unknown" | "not-closed" };

/**
 * Shares a closed wave's results with everybody who was asked, as a card each, and with viewers. What was lost is
 * shared, too: people answered, and are told. Harmless when it was shared before.
 */
export async function shareWave(deps: PulseDeps, actor: Actor, id: WaveId): Promise<ShareResult> {
  return deps.store.transaction(actor.network, async (tx): Promise<ShareResult> => {
    const wave = await tx.pulse.lock(id);
    if (wave === null) return { ok: false, why: "unknown" };
    if (wave.closedAt === null) return { ok: false, why: "not-closed" };
    if (wave.sharedAt !== null) return { ok: true, wave };
    const now = deps.clock.now();
    const shared = { ...wave, sharedAt: now };
    await tx.pulse.save(shared);
    const cards = (await tx.pulse.asked(id)).map(({ person }) => cardAbout(id, "pulse-result", person, true));
    await deliver(tx, actor.network, await aWeekApart(tx, cards, now), now);
    // The survey's own cards say how to see the results meanwhile.
    await refreshAll(tx, actor.network, id, ["pulse"]);
    await tx.audit.record({ at: now, actor, action: "pulse.share", subject: id, detail: {} });
    return { ok: true, wave: shared };
  });
}
