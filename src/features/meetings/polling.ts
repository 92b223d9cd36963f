import type { Actor } from "../../kernel/actor.ts";
import { asId, type DeliveryId, newId, type PollId } from "../../kernel/ids.ts";
import type { LocalDate } from "../../kernel/time.ts";
import type { Delivery } from "../deliveries/model.ts";
import { aWeekApart, deliver, refresh } from "../deliveries/outbox.ts";
import { cardAbout } from "./announcing.ts";
import { audienceIn } from "./audience.ts";
import { planMeetings, type PlanningDeps } from "./planning.ts";
import { mostPollSlots, type Poll } from "./polls.ts";
import type { MeetingDeps } from "./ports.ts";
import type { PollView } from "./poll-views.ts";

export type AskResult =
  | { readonly ok: true; readonly poll: Poll; readonly asked: number }
  | { readonly ok: false; readonly why: "not-open" | "no-choice" | "asked" };

/** Asks everybody who would be invited which of the best slots for a planned date suit them. */
export async function askWhichSuit(deps: PlanningDeps, actor: Actor, plannedOn: LocalDate): Promise<AskResult> {
  const plan = await planMeetings(deps, actor.network);
  const proposal = plan.ok ? plan.proposals.find((one) => one.plannedOn.equals(plannedOn)) : undefined;
  if (proposal === undefined) return { ok: false, why: "not-open" };
  const slots = proposal.slots.filter(({ faults }) => faults.length === 0).slice(0, mostPollSlots);
  if (slots.length < 2) return { ok: false, why: "no-choice" };
  return deps.store.transaction(actor.network, async (tx): Promise<AskResult> => {
    const now = deps.clock.now();
    const poll: Poll = {
      id: newId<PollId>(),
      planned: { index: proposal.index, on: plannedOn },
      slots: slots.map(({ startsAt, endsAt }) => ({ startsAt, endsAt })),
      askedAt: now,
      closedAt: null,
    };
    if (!(await tx.polls.add(poll))) return { ok: false, why: "asked" };
    const people = await audienceIn(tx);
    const cards = people.map(({ id }) => cardAbout(poll, "poll", id));
    await deliver(tx, actor.network, await aWeekApart(tx, cards, now), now);
    const detail = { plannedOn: plannedOn.toString(), asked: people.length };
    await tx.audit.record({ at: now, actor, action: "meeting.poll", subject: poll.id, detail });
    return { ok: true, poll, asked: people.length };
  });
}

export type PollOutcome = { readonly kind: "recorded" | "over"; readonly delivery: Delivery } | { readonly kind: "not-yours" };

/** Records which slots suit somebody, by their place in the poll; the latest answer before a slot is booked counts. */
export async function answerPoll(
  deps: MeetingDeps,
  actor: Actor,
  id: DeliveryId,
  slots: readonly number[],
): Promise<PollOutcome> {
  return deps.store.transaction(actor.network, async (tx): Promise<PollOutcome> => {
    const delivery = await tx.deliveries.byId(id);
    if (delivery?.recipient !== actor.person || delivery.purpose !== "poll") return { kind: "not-yours" };
    const poll = (await tx.polls.byIds([asId<PollId>(delivery.occasion)])).get(asId<PollId>(delivery.occasion));
    if (poll === undefined) return { kind: "not-yours" };
    if (poll.closedAt !== null) return { kind: "over", delivery };
    const known = slots.filter((place) => place in poll.slots);
    await tx.polls.saveAnswer({ poll: poll.id, person: actor.person, slots: known, answeredAt: deps.clock.now() });
    await refresh(tx, actor.network, [id]);
    return { kind: "recorded", delivery };
  });
}

/** Loads what the cards of polls say. */
export async function loadPollViews(
  deps: MeetingDeps,
  network: Actor["network"],
  deliveries: readonly Delivery[],
): Promise<Map<DeliveryId, PollView>> {
  const read = deps.store.read(network);
  const name = await read.roster.networkName();
  const polls = await read.polls.byIds([...new Set(deliveries.map(({ occasion }) => asId<PollId>(occasion)))]);
  const views = new Map<DeliveryId, PollView>();
  for (const poll of polls.values()) {
    const answers = await read.polls.answers(poll.id);
    const planned = poll.planned.on.toString();
    const booked = (await read.events.upcoming(poll.askedAt)).find((event) => event.planned?.on.toString() === planned) ?? null;
    for (const delivery of deliveries.filter(({ occasion }) => occasion === poll.id)) {
      const answer = answers.find(({ person }) => person === delivery.recipient) ?? null;
      views.set(delivery.id, { delivery, poll, answer, answers, booked, network: name, now: deps.clock.now() });
    }
  }
  return views;
}

