import type { Delivery, Purpose } from "../../src/features/deliveries/model.ts";
import { defaultInstrument } from "../../src/features/pulse/instrument.ts";
import type { Score, Wave, WaveResults } from "../../src/features/pulse/model.ts";
import { PulseSettings } from "../../src/features/pulse/settings.ts";
import { supportLines } from "../../src/features/pulse/support.ts";
import type { PulseView } from "../../src/features/pulse/views.ts";
import { asId, type DeliveryId, type PersonId, type WaveId } from "../../src/kernel/ids.ts";
import { dateIn, Temporal } from "../../src/kernel/time.ts";

const zone = "Europe/London";

/** The moment at which London's clocks show this. */
export const at = (wallClock: string) => Temporal.PlainDateTime.from(wallClock).toZonedDateTime(zone).toInstant();

export const northAreas = { name: "North areas", members: ["North Central", "North East", "North West"] };
export const southAreas = { name: "South areas", members: ["South East", "South West"] };

/** A wave that opened on Tuesday 24 November 2026 for two weeks, asked with the default instrument. */
export function aWave(more: Partial<Wave> = {}): Wave {
  return {
    id: asId<WaveId>("019ab1c0-0000-7000-8000-000000000001"),
    openedAt: at("2026-11-24T09:30"),
    closesAt: at("2026-12-08T17:00"),
    closedAt: null,
    clearedAt: null,
    sharedAt: null,
    rawDeletedAt: null,
    remindedAt: null,
    isLost: false,
    instrument: defaultInstrument,
    threshold: 10,
    groups: { by: "area", madeOn: Temporal.PlainDate.from("2026-11-24"), groups: [northAreas, southAreas] },
    sealKey: "public key",
    asked: { managers: 70, members: 241 },
    sent: null,
    ...more,
  };
}

export const someone = asId<PersonId>("019ab1c0-0000-7000-8000-00000000000a");

/** A card of the wave that has reached somebody. */
export function aPulseDelivery(purpose: Purpose = "pulse", more: Partial<Delivery> = {}): Delivery {
  const { id } = aWave();
  return {
    id: asId<DeliveryId>("019ab1c0-0000-7000-8000-0000000000d1"),
    occasion: id,
    subject: id,
    purpose,
    recipient: someone,
    channel: "teams",
    state: "delivered",
    reason: null,
    attempts: 1,
    deliveredAt: at("2026-11-24T09:31"),
    updatedAt: at("2026-11-24T09:31"),
    ...more,
  };
}

const score = (shown: number, margin: number, people: number): Score => ({ kind: "shown", score: shown, margin, people });

/** What was published of the wave. */
export function someResults(more: Partial<WaveResults> = {}): WaveResults {
  return {
    people: { asked: 310, managersAsked: 70, membersAsked: 240, answered: 185 },
    responseRate: 60,
    score: score(54, 4, 185),
    bands: {
      kind: "shown",
      parts: [
        { labels: ["under 50"], percent: 45 },
        { labels: ["50 to 74"], percent: 40 },
        { labels: ["75 to 99", "100"], percent: 15 },
      ],
    },
    items: [],
    groups: [
      { ...northAreas, score: score(52, 6, 110) },
      { ...southAreas, score: { kind: "suppressed", why: "too-few" } },
    ],
    ...more,
  };
}

/** What a card about the wave can say to somebody who hasn't taken part, a day after it opened. */
export function aPulseView(more: Partial<PulseView> = {}): PulseView {
  const now = more.now ?? at("2026-11-25T10:00");
  return {
    delivery: aPulseDelivery(),
    network: "Test network",
    wave: aWave(),
    now,
    zone,
    today: dateIn(zone, now),
    isTheirs: true,
    isAway: false,
    lead: null,
    group: northAreas.name,
    participation: null,
    results: null,
    supportLines: supportLines(PulseSettings.parse({})),
    ...more,
  };
}
