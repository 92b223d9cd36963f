import { answerByCard, type CardInput } from "../../features/meetings/answering.ts";
import { type Answer, type NetworkEvent, withAnswer } from "../../features/meetings/model.ts";
import type { DeliveryId, EventId, PersonId } from "../../kernel/ids.ts";
import { luckOf } from "./luck.ts";
import { momentAfter } from "./moments.ts";
import { raised } from "./words.ts";
import { actorWith, type World, wrong } from "./world.ts";

/** What a hundred people answer: to the meetings of the year, and to the next one by now. The rest say nothing. */
const usual = { yes: 52, maybe: 10, no: 18 };
const byNow = { yes: 33, maybe: 9, no: 17 };
/** Of a hundred who said so, how many came. */
const came = { yes: 86, maybe: 45 };

/** Adds the answers to a meeting's cards, which have just gone out. */
export async function planAnswers(world: World, event: NetworkEvent, nth: number, isNext: boolean): Promise<void> {
  const { timeline, clock, today, store, network } = world;
  const asked = clock.now();
  const until = isNext ? today : event.startsAt;
  const days = Math.max(1, asked.until(until).total("hours") / 24);
  for (const { id, recipient, state } of await store.read(network).deliveries.ofOccasion(event.id, "rsvp")) {
    const luck = luckOf("rsvp", actorWith(world, recipient).name, nth);
    const drawn = answerOf(luck.between(0, 100), isNext ? byNow : usual);
    // Whoever runs the meeting comes.
    const answer = recipient === world.lead.person ? "yes" : drawn;
    if (answer === null || state !== "delivered") continue;
    const at = momentAfter(asked, luck.between(0, 1) ** 1.5 * days, until, luck);
    const raise = luck.chance(0.06) ? luck.pick(raised) : "";
    const input = { answer, raise, isListed: luck.chance(0.3) };
    timeline.add(at, (then) => (then.isLive ? press(then, recipient, id, input) : record(then, event.id, recipient, input)));
  }
}

function answerOf(drawn: number, { yes, maybe, no }: typeof usual): Answer | null {
  if (drawn < yes) return "yes";
  if (drawn < yes + maybe) return "maybe";
  return drawn < yes + maybe + no ? "no" : null;
}

async function press(world: World, person: PersonId, card: DeliveryId, input: CardInput): Promise<void> {
  const outcome = await answerByCard(world.features.calendars, actorWith(world, person), card, input);
  if (outcome.kind !== "recorded") throw wrong(`an answer to a meeting came to "${outcome.kind}"`);
}

/** An answer of long ago, without looking after cards that nobody sees any more. */
async function record({ store, network, clock }: World, event: EventId, person: PersonId, input: CardInput): Promise<void> {
  const blank = { event, person, raise: input.raise || null, isListed: input.isListed, mirror: "none" } as const;
  const rsvp = withAnswer(null, { answer: input.answer, answeredAt: clock.now(), from: "card" }, blank);
  if (rsvp !== null) await store.transaction(network, ({ events }) => events.saveRsvp(rsvp));
}

/** Notes who was there, of those who had said yes or maybe. */
export async function recordAttendance(world: World, { id }: NetworkEvent): Promise<void> {
  await world.store.transaction(world.network, async ({ events }) => {
    for (const rsvp of await events.rsvps(id)) {
      if (rsvp.answer === "no") continue;
      const luck = luckOf("came", actorWith(world, rsvp.person).name, rsvp.answeredAt.toString());
      await events.saveAttendance(id, rsvp.person, luck.between(0, 100) < came[rsvp.answer]);
    }
  });
}
