import type { LocalDate } from "../../kernel/time.ts";
import { candidatesFor } from "./candidates.ts";
import type { Exclusions } from "./fairness.ts";
import type { FreeBusy, PlannedPerson } from "./presence.ts";
import { rank, type RankedSlot } from "./ranking.ts";
import type { PlannedDate } from "./series.ts";
import type { MeetingSettings } from "./settings.ts";

/** What a lead is shown for one planned date. */
export interface Proposal {
  readonly plannedOn: LocalDate;
  readonly index: number;
  /** The planned day can be booked as it is; nobody needs to look at the alternatives. */
  readonly isFine: boolean;
  /** At most eight, the one to take first; the planned day is always among them. */
  readonly slots: readonly RankedSlot[];
  /** What to book when nobody chooses; null when no day can be booked. */
  readonly best: RankedSlot | null;
}

const mostSlots = 8;
/** A planned day that more than this share of people can't make gets alternatives. A choice of ours. */
const tooManyOut = 0.4;

/**
 * What to book for a planned date. The rhythm is worth keeping, so a planned day is fine, and best, when nothing
 * forbids it and at most 40 % of people (by weight, see `fairness` and `RankedSlot.shareOut`) are busy or don't work
 * then. As those whom the last slots left out weigh more, a day that leaves out many of the same people again stops
 * being fine.
 */
export function propose(asked: {
  readonly settings: MeetingSettings;
  readonly planned: PlannedDate;
  /** Today in the zone of the meetings. */
  readonly today: LocalDate;
  readonly people: readonly PlannedPerson[];
  readonly busy: FreeBusy;
  readonly history: Exclusions;
}): Proposal {
  const { settings, planned, today, people, busy, history } = asked;
  const candidates = candidatesFor(settings, planned.on, today);
  const ranked = rank({ planned: planned.on, candidates, people, busy, history, zone: settings.zone });
  const [asPlanned, others] = [ranked.filter((slot) => slot.isPlanned), ranked.filter((slot) => !slot.isPlanned)];
  const isFine = asPlanned.some((slot) => slot.faults.length === 0 && slot.shareOut <= tooManyOut);
  const shown = isFine ? [...asPlanned, ...others] : ranked;
  const slots = withPlanned(shown.slice(0, mostSlots), asPlanned);
  return {
    plannedOn: planned.on,
    index: planned.index,
    isFine,
    slots,
    best: slots.find((slot) => slot.faults.length === 0) ?? null,
  };
}

function withPlanned(slots: readonly RankedSlot[], asPlanned: readonly RankedSlot[]): readonly RankedSlot[] {
  if (slots.some((slot) => slot.isPlanned)) return slots;
  return [...slots.slice(0, mostSlots - asPlanned.length), ...asPlanned];
}
