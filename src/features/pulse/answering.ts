import type { Actor } from "../../kernel/actor.ts";
import { asId, type DeliveryId, type WaveId } from "../../kernel/ids.ts";
import { dateIn, type Instant, momentOn, Temporal } from "../../kernel/time.ts";
import { nextWorkingDay } from "../../kernel/working-days.ts";
import { confidentialPurposes, type Delivery } from "../deliveries/model.ts";
import { sendAskedFor } from "../deliveries/outbox.ts";
import { readSettings } from "./deps.ts";
import type { Instrument } from "./instrument.ts";
import { type Asked, type Choices, takesAnswers, type Wave } from "./model.ts";
import type { PulseDeps, PulseStores } from "./ports.ts";

// What is done here writes one participation and, for an answer, one sealed row. No delivery, job, audit entry or log
// line takes note of it: each has a time, and with that would say who answered when.

/** What a pressed button came to. */
export type Outcome =
  /** The answers are in. */
  | { readonly kind: "sent"; readonly delivery: Delivery }
  /** The first ones count, and nothing was changed. */
  | { readonly kind: "sent-before"; readonly delivery: Delivery }
  /** The card as things stand now says the rest. */
  | { readonly kind: "changed"; readonly delivery: Delivery }
  | { readonly kind: "empty" | "unreadable" }
  | { readonly kind: "closed"; readonly wave: Wave }
  | { readonly kind: "not-yours" }
  /** There is no such card: reminders go when their survey closes. */
  | { readonly kind: "gone" };

type Refused = Extract<Outcome, { kind: "closed" | "not-yours" | "gone" }>;

interface Pressed {
  readonly kind: "pressed";
  readonly delivery: Delivery;
  readonly wave: Wave;
  readonly asked: Asked;
}

/** What a pressed card is about, if the person may answer it: only the one it was meant for, and only before the close. */
async function find(deps: PulseDeps, stores: PulseStores, actor: Actor, id: DeliveryId): Promise<Pressed | Refused> {
  const delivery = await stores.deliveries.byId(id);
  if (delivery === null) return { kind: "gone" };
  if (delivery.recipient !== actor.person || !confidentialPurposes.includes(delivery.purpose)) return { kind: "not-yours" };
  const wave = await stores.pulse.byId(asId<WaveId>(delivery.occasion));
  const asked = wave === null ? null : await stores.pulse.askedOne(wave.id, actor.person);
  if (wave !== null && !takesAnswers(wave, deps.clock.now())) return { kind: "closed", wave };
  return wave === null || asked === null ? { kind: "not-yours" } : { kind: "pressed", delivery, wave, asked };
}

/** Runs `work` in one transaction in which the wave can't close; a wave that takes no more answers is left alone. */
async function whileOpen<T>(
  deps: PulseDeps,
  actor: Actor,
  wave: WaveId,
  work: (tx: PulseStores) => Promise<T>,
): Promise<T | Refused> {
  return deps.store.transaction(actor.network, async (tx) => {
    const held = await tx.pulse.hold(wave);
    if (held === null) return { kind: "not-yours" };
    return takesAnswers(held, deps.clock.now()) ? work(tx) : { kind: "closed", wave: held };
  });
}

/**
 * Keeps what somebody answered, sealed, and notes that they took part. The first answers count: sent again they change
 * nothing.
 * @param raw what came with the button: by item the place of a choice in its scale
 */
export async function submitAnswers(
  deps: PulseDeps,
  actor: Actor,
  id: DeliveryId,
  raw: Readonly<Record<string, unknown>>,
): Promise<Outcome> {
  const read = deps.store.read(actor.network);
  const found = await find(deps, read, actor, id);
  if (found.kind !== "pressed") return found;
  const { delivery, wave, asked } = found;
  if ((await read.pulse.participation(wave.id, actor.person)) === "sent") return { kind: "sent-before", delivery };
  const choices = choicesIn(wave.instrument, raw);
  if (choices === null) return { kind: "unreadable" };
  if (Object.keys(choices).length === 0) return { kind: "empty" };
  const sealed = await deps.sealing.seal(wave.sealKey, { group: asked.group, choices });
  return whileOpen<Outcome>(deps, actor, wave.id, async (tx) => {
    const isFirst = await tx.pulse.takePart(wave.id, actor.person, sealed);
    return { kind: isFirst ? "sent" : "sent-before", delivery };
  });
}

/**
 * The choices in what a card sent, in the instrument's own order; items that were left blank are left out. Null when
 * something was sent that isn't on offer.
 */
export function choicesIn(instrument: Instrument, raw: Readonly<Record<string, unknown>>): Choices | null {
  const choices: Record<string, number> = {};
  for (const { id, scale } of instrument.items) {
    const given = raw[id];
    if (given === undefined || given === null || given === "") continue;
    const offered = instrument.scales[scale]?.choices ?? [];
    const place = offered.findIndex((_, index) => String(index) === given);
    if (place < 0) return null;
    choices[id] = place;
  }
  return choices;
}

/** Notes that somebody wants no more of this wave, or that they do after all; nothing once they have sent. */
export async function skipWave(deps: PulseDeps, actor: Actor, id: DeliveryId, skip: boolean): Promise<Outcome> {
  const found = await find(deps, deps.store.read(actor.network), actor, id);
  if (found.kind !== "pressed") return found;
  const { delivery, wave } = found;
  return whileOpen<Outcome>(deps, actor, wave.id, async (tx) => {
    await (skip ? tx.pulse.skip(wave.id, actor.person) : tx.pulse.unskip(wave.id, actor.person));
    return { kind: "changed", delivery };
  });
}

export type Reminder =
  | { readonly kind: "reminder"; readonly at: Instant; readonly zone: string }
  /** The survey closes before the card could come again. */
  | { readonly kind: "too-late"; readonly wave: Wave; readonly zone: string }
  /** They have said stop, so nothing would come. */
  | { readonly kind: "stopped" }
  | Extract<Outcome, { kind: "sent-before" }>
  | Refused;

/** Sends the survey again on the next working day, because the person asked for it. */
export async function remindTomorrow(deps: PulseDeps, actor: Actor, id: DeliveryId): Promise<Reminder> {
  const found = await find(deps, deps.store.read(actor.network), actor, id);
  if (found.kind !== "pressed") return found;
  const { delivery, wave } = found;
  return whileOpen<Reminder>(deps, actor, wave.id, async (tx) => {
    if ((await tx.pulse.participation(wave.id, actor.person)) === "sent") return { kind: "sent-before", delivery };
    if ((await tx.roster.person(actor.person))?.stoppedAt != null) return { kind: "stopped" };
    const { time, zone, holidayOverrides } = await readSettings(tx.settings);
    const now = deps.clock.now();
    const day = nextWorkingDay(dateIn(zone, now).add({ days: 1 }), holidayOverrides);
    const at = momentOn(day, time, zone);
    if (Temporal.Instant.compare(at, wave.closesAt) >= 0) return { kind: "too-late", wave, zone };
    // Whoever wants to be reminded hasn't skipped it for good.
    await tx.pulse.unskip(wave.id, actor.person);
    const key = { occasion: wave.id, subject: wave.id, recipient: actor.person, purpose: "pulse-nudge" } as const;
    await sendAskedFor(tx, actor.network, key, now, at);
    return { kind: "reminder", at, zone };
  });
}
