import type { Actor } from "../../kernel/actor.ts";
import type { PollId } from "../../kernel/ids.ts";
import type { Instant, LocalDate } from "../../kernel/time.ts";
import { bookMeeting, type BookingResult } from "./booking.ts";
import { planMeetings, type PlanningDeps } from "./planning.ts";

export type SlotBooking = BookingResult | { readonly ok: false; readonly why: "not-bookable" };

/** Books a slot that the plan has for a date of the rhythm, if it can still be booked. */
export async function bookSlot(deps: PlanningDeps, actor: Actor, plannedOn: LocalDate, startsAt: Instant): Promise<SlotBooking> {
  const plan = await planMeetings(deps, actor.network);
  const proposal = plan.ok ? plan.proposals.find((one) => one.plannedOn.equals(plannedOn)) : undefined;
  const slot = proposal?.slots.find((one) => one.startsAt.equals(startsAt) && one.faults.length === 0);
  if (proposal === undefined || slot === undefined) return { ok: false, why: "not-bookable" };
  const planned = { index: proposal.index, on: plannedOn };
  const { endsAt, excluded } = slot;
  return bookMeeting(deps, actor.network, actor, { planned, startsAt, endsAt, excluded });
}

export type Decision = SlotBooking | { readonly ok: false; readonly why: "unknown" | "settled" | "no-such-slot" };

/** Books one of a poll's slots; the poll is over with that, and its cards say so. */
export async function decidePoll(deps: PlanningDeps, actor: Actor, id: PollId, startsAt: Instant): Promise<Decision> {
  const poll = (await deps.store.read(actor.network).polls.byIds([id])).get(id);
  if (poll === undefined) return { ok: false, why: "unknown" };
  if (poll.closedAt !== null) return { ok: false, why: "settled" };
  if (!poll.slots.some((slot) => slot.startsAt.equals(startsAt))) return { ok: false, why: "no-such-slot" };
  return bookSlot(deps, actor, poll.planned.on, startsAt);
}
