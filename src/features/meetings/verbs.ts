import { z } from "zod";
import { type Actor, allow } from "../../kernel/actor.ts";
import { type CardVerb, cardVerb, notYours, type Reply } from "../../kernel/bot.ts";
import type { Card } from "../../kernel/cards.ts";
import { asId, type DeliveryId } from "../../kernel/ids.ts";
import { dateIn, dayInWords } from "../../kernel/time.ts";
import type { Delivery } from "../deliveries/model.ts";
import { answerByCard, type CardOutcome, remindTomorrow } from "./answering.ts";
import { askingCard, listed, presentCard } from "./cards.ts";
import { answers } from "./constants.ts";
import { takesAnswers } from "./model.ts";
import type { MeetingDeps } from "./ports.ts";
import { loadViews, type MeetingView } from "./views.ts";
import { momentInWords, overInWords } from "./words.ts";

const onDelivery = z.looseObject({ delivery: z.uuid().transform((text) => asId<DeliveryId>(text)) });
// Clients leave out inputs that are empty.
const rsvp = onDelivery.extend({
  answer: z.enum(answers, { error: "Press Yes, Maybe or No." }),
  raise: z.string().default(""),
  listed: z.string().default(""),
});

type OnDelivery = z.infer<typeof onDelivery>;

/** What the buttons of cards about events do. */
export function meetingVerbs(deps: MeetingDeps): CardVerb[] {
  return [
    cardVerb<z.infer<typeof rsvp>>({
      verb: "meeting.rsvp",
      allow: allow.everyone,
      data: rsvp,
      about: (data) => data.delivery,
      async handle(actor, { delivery, answer, raise, ...data }) {
        const outcome = await answerByCard(deps, actor, delivery, { answer, raise, isListed: data.listed === listed });
        return replyTo(deps, actor, outcome);
      },
    }),
    cardVerb<OnDelivery>({
      verb: "meeting.change",
      allow: allow.everyone,
      data: onDelivery,
      about: (data) => data.delivery,
      async handle(actor, data) {
        const delivery = await deps.store.read(actor.network).deliveries.byId(data.delivery);
        if (delivery?.recipient !== actor.person) return notYours;
        return cardFor(deps, actor, delivery, (view) =>
          takesAnswers(view.event, view.now) ? askingCard(deps.templates, view, null) : presentCard(deps.templates, view),
        );
      },
    }),
    cardVerb<OnDelivery>({
      verb: "meeting.remindTomorrow",
      allow: allow.everyone,
      data: onDelivery,
      about: (data) => data.delivery,
      async handle(actor, data) {
        const result = await remindTomorrow(deps, actor, data.delivery);
        if (result.kind === "stopped") return hasStopped;
        if (result.kind !== "reminder" && result.kind !== "too-late") return replyTo(deps, actor, result);
        const { zone } = result.event;
        const today = dateIn(zone, deps.clock.now());
        if (result.kind === "reminder") {
          return { kind: "text", text: `The card comes again on ${dayInWords(dateIn(zone, result.at), today)}.` };
        }
        const starts = momentInWords(result.event.startsAt, zone, today);
        const text = `The meeting starts at ${starts}, before the card could come again. Answer it now.`;
        return { kind: "refused", text };
      },
    }),
  ];
}

const hasStopped: Reply = {
  kind: "refused",
  text: "You have said stop. Start messages again first, then ask for the reminder.",
};

const notInvited: Reply = {
  kind: "refused",
  text: "You aren't invited to this meeting any more: the network's roster has changed. Nothing was changed here.",
};

async function replyTo(deps: MeetingDeps, actor: Actor, outcome: CardOutcome): Promise<Reply> {
  switch (outcome.kind) {
    case "recorded":
      return cardFor(deps, actor, outcome.delivery, (view) => presentCard(deps.templates, view));
    case "invalid":
      return cardFor(deps, actor, outcome.delivery, (view) => askingCard(deps.templates, view, outcome.filled));
    case "over":
      return { kind: "refused", text: overInWords(outcome.event, deps.clock.now()) };
    case "not-yours":
      return notYours;
    case "not-invited":
      return notInvited;
  }
}

async function cardFor(
  deps: MeetingDeps,
  actor: Actor,
  delivery: Delivery,
  draw: (view: MeetingView) => Card,
): Promise<Reply> {
  const view = (await loadViews(deps, actor.network, [delivery])).get(delivery.id);
  if (view === undefined) return notYours;
  return view.isTheirs ? { kind: "card", card: draw(view) } : notInvited;
}
