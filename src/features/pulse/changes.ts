import type { Actor } from "../../kernel/actor.ts";
import type { Card } from "../../kernel/cards.ts";
import type { DeliveryId, NetworkId, PersonId, WaveId } from "../../kernel/ids.ts";
import { findPersonalData, refusal } from "../../kernel/personal-data.ts";
import type { CardSource, Content } from "../deliveries/ports.ts";
import { longestChange } from "./constants.ts";
import type { Change } from "./model.ts";
import type { PulseDeps, PulseStores } from "./ports.ts";

export const changeHeading = "You said, we did";

export type ChangeResult =
  | { readonly ok: true; readonly change: Change }
  | { readonly ok: false; readonly why: "unknown" | "not-shared" }
  /** What was written can't be taken as it is; the message says what to do about it. */
  | { readonly ok: false; readonly why: "invalid"; readonly message: string };

/** Publishes what changed after a wave: it goes out with the next card that each of those asked gets anyway. */
export async function publishChange(deps: PulseDeps, actor: Actor, id: WaveId, written: string): Promise<ChangeResult> {
  const text = written.trim();
  const message = faultOf(text);
  if (message !== null) return { ok: false, why: "invalid", message };
  return deps.store.transaction(actor.network, async (tx): Promise<ChangeResult> => {
    const wave = await tx.pulse.lock(id);
    if (wave === null) return { ok: false, why: "unknown" };
    if (wave.sharedAt === null) return { ok: false, why: "not-shared" };
    const change = { wave: id, text, publishedAt: deps.clock.now() };
    await tx.pulse.saveChange(change);
    await tx.audit.record({ at: change.publishedAt, actor, action: "pulse.change", subject: id, detail: {} });
    return { ok: true, change };
  });
}

function faultOf(text: string): string | null {
  if (text === "") return "Write what has changed.";
  if (text.length > longestChange) return `Write at most ${longestChange} characters; this is ${text.length}.`;
  const found = findPersonalData(text);
  return found === null ? null : refusal(found);
}

/** How long a change waits for a next card; after that it is old news. */
const waits = { hours: 24 * 7 * 26 };

/**
 * The same cards, where the first one that somebody gets without having asked, after a change was published about a
 * wave that they were asked in, ends with what changed.
 */
export function withChanges(deps: Pick<PulseDeps, "store" | "clock">, source: CardSource): CardSource {
  return {
    ...source,
    async render(network, deliveries, moment) {
      const contents = await source.render(network, deliveries, moment);
      const recipients = new Map(
        deliveries.filter(({ id }) => contents.get(id)?.kind === "card").map(({ id, recipient }) => [id, recipient]),
      );
      if (recipients.size === 0) return contents;
      const texts = await changesFor(deps, network, recipients);
      return new Map([...contents].map(([id, content]) => [id, withTexts(content, texts.get(id) ?? [])]));
    },
  };
}

/** By delivery: what its card has to say of changes, oldest first. */
async function changesFor(
  { store, clock }: Pick<PulseDeps, "store" | "clock">,
  network: NetworkId,
  recipients: ReadonlyMap<DeliveryId, PersonId>,
): Promise<Map<DeliveryId, string[]>> {
  const read = store.read(network);
  const texts = new Map<DeliveryId, string[]>();
  for (const change of await read.pulse.changesSince(clock.now().subtract(waits))) {
    const asked = await askedAmong(read, change.wave, new Set(recipients.values()));
    if (asked.length === 0) continue;
    const first = await read.deliveries.firstUnaskedSince(asked, change.publishedAt);
    for (const [id, recipient] of recipients) {
      if (first.get(recipient) === id) texts.set(id, [...(texts.get(id) ?? []), change.text]);
    }
  }
  return texts;
}

async function askedAmong(read: PulseStores, wave: WaveId, people: ReadonlySet<PersonId>): Promise<PersonId[]> {
  const [only] = people;
  // Most cards are drawn one at a time, and a wave may have asked hundreds.
  if (only !== undefined && people.size === 1) return (await read.pulse.askedOne(wave, only)) === null ? [] : [only];
  return (await read.pulse.asked(wave)).map(({ person }) => person).filter((person) => people.has(person));
}

function withTexts(content: Content, texts: readonly string[]): Content {
  return content.kind === "card" && texts.length > 0 ? { ...content, card: endingWith(content.card, texts) } : content;
}

// A text run reads no markdown, so a lead's words stay what they are.
function endingWith(card: Card, texts: readonly string[]): Card {
  const body: readonly unknown[] = Array.isArray(card["body"]) ? card["body"] : [];
  const line = (text: string, more: object = {}) => ({ type: "RichTextBlock", inlines: [{ type: "TextRun", text, ...more }] });
  const section = {
    type: "Container",
    separator: true,
    spacing: "Medium",
    items: [line(changeHeading, { weight: "Bolder" }), ...texts.map((text) => ({ ...line(text), spacing: "Small" }))],
  };
  return { ...card, body: [...body, section] };
}
