import { z } from "zod";
import { type Actor, allow } from "../../kernel/actor.ts";
import { type CardVerb, cardVerb, notYours, type Reply } from "../../kernel/bot.ts";
import type { Card } from "../../kernel/cards.ts";
import { asId, type DeliveryId } from "../../kernel/ids.ts";
import { dateIn, dayInWords, type LocalDate, Temporal } from "../../kernel/time.ts";
import { confidentialPurposes, type Delivery } from "../deliveries/model.ts";
import { type Outcome, remindTomorrow, skipWave, submitAnswers } from "./answering.ts";
import { awayCard, formCard, notNowCard, presentCard, thankYouCard } from "./cards.ts";
import { readSettings } from "./deps.ts";
import { stateOf, type Wave } from "./model.ts";
import type { PulseDeps } from "./ports.ts";
import { type PulseView, loadViews } from "./views.ts";
import { momentInWords } from "./words.ts";

const onDelivery = z.looseObject({ delivery: z.uuid().transform((text) => asId<DeliveryId>(text)) });
const away = onDelivery.extend({ until: z.iso.date({ error: "Choose the last day you are away." }) });

type OnDelivery = z.infer<typeof onDelivery>;

/** What the buttons need besides the pulse itself. */
export interface PulseVerbDeps extends PulseDeps {
  /** Pauses a person's cards up to and including a day, or refuses it, and says so. */
  readonly goAway: (actor: Actor, until: LocalDate) => Promise<Reply>;
}

/** What the buttons of people's pulse cards do. None of them leaves a trace of who pressed it. */
export function pulseVerbs(deps: PulseVerbDeps): CardVerb[] {
  const confidential = <D extends OnDelivery>(verb: string, data: z.ZodType<D>, handle: CardVerb<D>["handle"]) =>
    cardVerb<D>({ verb, allow: allow.everyone, data, about: ({ delivery }) => delivery, isConfidential: true, handle });
  const act = (verb: string, run: (actor: Actor, data: OnDelivery) => Promise<Outcome>) =>
    confidential(verb, onDelivery, async (actor, data) => replyTo(deps, actor, await run(actor, data)));
  const look = (verb: string, draw: (view: PulseView) => Card) =>
    confidential(verb, onDelivery, (actor, data) => cardOf(deps, actor, data.delivery, draw));
  return [
    act("pulse.submit", (actor, { delivery, ...raw }) => submitAnswers(deps, actor, delivery, raw)),
    act("pulse.skip", (actor, { delivery }) => skipWave(deps, actor, delivery, true)),
    act("pulse.unskip", (actor, { delivery }) => skipWave(deps, actor, delivery, false)),
    look("pulse.open", (view) => formCard(deps.templates, view)),
    look("pulse.notNow", (view) => notNowCard(deps.templates, view)),
    look("pulse.away", (view) => awayCard(deps.templates, view)),
    confidential("pulse.remindTomorrow", onDelivery, (actor, data) => tomorrow(deps, actor, data.delivery)),
    confidential("pulse.setAway", away, (actor, data) => deps.goAway(actor, Temporal.PlainDate.from(data.until))),
  ];
}

function refused(text: string): Reply {
  return { kind: "refused", text };
}

const gone = refused("This card isn't in use any more: its survey has closed. Nothing was changed.");

async function replyTo(deps: PulseDeps, actor: Actor, outcome: Outcome): Promise<Reply> {
  switch (outcome.kind) {
    case "sent":
    case "changed":
      return cardFor(deps, actor, outcome.delivery, (view) => presentCard(deps.templates, view));
    case "sent-before":
      return cardFor(deps, actor, outcome.delivery, (view) => thankYouCard(deps.templates, view, true));
    case "empty":
      return refused("Nothing is filled in yet. Answer at least one question, or choose Not now.");
    case "unreadable":
      return refused("Something on this card isn't one of the answers on offer. Choose one of them, or leave it blank.");
    case "closed":
      return closed(deps, actor, outcome.wave);
    case "not-yours":
      return notYours;
    case "gone":
      return gone;
  }
}

async function closed(deps: PulseDeps, actor: Actor, wave: Wave): Promise<Reply> {
  const { zone } = await readSettings(deps.store.read(actor.network).settings);
  const at = momentInWords(wave.closesAt, zone, dateIn(zone, deps.clock.now()));
  return refused(`This survey closed on ${at}, so nothing was changed.`);
}

async function cardFor(deps: PulseDeps, actor: Actor, delivery: Delivery, draw: (view: PulseView) => Card): Promise<Reply> {
  // What the card says of who learns that they pressed goes by where they press.
  const channel = actor.via === "link" ? "link" : "teams";
  const view = (await loadViews(deps, actor.network, [{ ...delivery, channel }])).get(delivery.id);
  return view === undefined ? notYours : { kind: "card", card: draw(view) };
}

/** A card that shows something and changes nothing; only to the one whom the delivery was meant for. */
async function cardOf(
  deps: PulseDeps,
  actor: Actor,
  id: DeliveryId,
  draw: (view: PulseView) => Card,
): Promise<Reply> {
  const delivery = await deps.store.read(actor.network).deliveries.byId(id);
  if (delivery === null) return gone;
  if (delivery.recipient !== actor.person || !confidentialPurposes.includes(delivery.purpose)) return notYours;
  return cardFor(deps, actor, delivery, (view) => {
    const isAsked = view.isTheirs && stateOf(view.wave, view.now) === "open" && view.participation !== "sent";
    return isAsked ? draw(view) : presentCard(deps.templates, view);
  });
}

async function tomorrow(deps: PulseDeps, actor: Actor, id: DeliveryId): Promise<Reply> {
  const result = await remindTomorrow(deps, actor, id);
  const today = (zone: string) => dateIn(zone, deps.clock.now());
  switch (result.kind) {
    case "reminder": {
      const day = dayInWords(dateIn(result.zone, result.at), today(result.zone));
      return { kind: "text", text: `The card comes again on ${day}.` };
    }
    case "too-late": {
      const closes = momentInWords(result.wave.closesAt, result.zone, today(result.zone));
      return refused(`This survey closes on ${closes}, before the card could come again. Answer it now, or skip it.`);
    }
    case "stopped":
      return refused("You have said stop. Start messages again first, then ask for the reminder.");
    case "sent-before":
    case "closed":
    case "not-yours":
    case "gone":
      return replyTo(deps, actor, result);
  }
}
