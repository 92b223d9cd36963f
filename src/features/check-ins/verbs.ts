import { z } from "zod";
import { type Actor, allow } from "../../kernel/actor.ts";
import { type CardVerb, cardVerb, notYours, type Reply } from "../../kernel/bot.ts";
import type { Card } from "../../kernel/cards.ts";
import { asId, type DeliveryId, type NetworkId, type RequestId } from "../../kernel/ids.ts";
import { findPersonalData } from "../../kernel/personal-data.ts";
import { dateIn, dayInWords, Temporal } from "../../kernel/time.ts";
import { together } from "../../kernel/together.ts";
import type { Delivery } from "../deliveries/model.ts";
import { answerAll, type Outcome, type Press, type Pressing, remindTomorrow, skipCheckIn, submitDetails } from "./answering.ts";
import type { RawInputs } from "./answers.ts";
import { goAway } from "./away.ts";
import { nextOpeningInWords, presentCard } from "./card-sources.ts";
import { awayCard, changeCard, detailsCard, detailsDoneCard, formCard, notNowCard } from "./cards.ts";
import { type CheckInDeps, readSettings } from "./deps.ts";
import { requestCard } from "./request-card.ts";
import { loadRequestViews } from "./request-views.ts";
import { moveRequest } from "./requests.ts";
import { type CheckInView, loadViews } from "./views.ts";
import { closesInWords } from "./words.ts";

const onDelivery = z.looseObject({ delivery: z.uuid().transform((text) => asId<DeliveryId>(text)) });
const onRequest = z.looseObject({ request: z.uuid().transform((text) => asId<RequestId>(text)) });
const away = onDelivery.extend({ until: z.iso.date({ error: "Choose the last day you are away." }) });

type OnDelivery = z.infer<typeof onDelivery>;

/** The use cases, and what is done for many who press at the same moment at once. */
interface VerbDeps extends CheckInDeps {
  answer(press: Press): Promise<Pressing>;
  /** All that the card of a delivery can say; null when its round or team is gone. */
  view(asked: { readonly network: NetworkId; readonly delivery: Delivery }): Promise<CheckInView | null>;
}

/** What the buttons of check-in cards do. Answers that arrive together share a transaction. */
export function checkInVerbs(checkIns: CheckInDeps): CardVerb[] {
  const deps: VerbDeps = {
    ...checkIns,
    answer: together<Press, Pressing>(({ actor }) => actor.network, (presses) => answerAll(checkIns, presses), { regathers: true }),
    view: together<Parameters<VerbDeps["view"]>[0], CheckInView | null>(
      ({ network }) => network,
      async (asked) => {
        const views = await loadViews(checkIns, asked[0].network, asked.map(({ delivery }) => delivery));
        return asked.map(({ delivery }) => views.get(delivery.id) ?? null);
      },
    ),
  };
  type Act = (actor: Actor, data: OnDelivery) => Promise<Pressing>;
  const alone = async (outcome: Promise<Outcome>): Promise<Pressing> => ({ outcome: await outcome, view: null });
  const submit = (verb: string, act: Act, draw: Draw) =>
    cardVerb<OnDelivery>({
      verb,
      allow: allow.everyone,
      data: onDelivery,
      about: (data) => data.delivery,
      handle: async (actor, data) => {
        const { outcome, view } = await act(actor, data);
        return replyTo(deps, actor, outcome, draw, view);
      },
    });
  const answer = (isSame: boolean): Act => (actor, raw) => deps.answer({ actor, delivery: raw.delivery, raw, isSame });
  const look = (verb: string, draw: (view: CheckInView) => Card) =>
    cardVerb<OnDelivery>({
      verb,
      allow: allow.everyone,
      data: onDelivery,
      about: (data) => data.delivery,
      handle: (actor, data) => cardOf(deps, actor, data.delivery, draw),
    });
  return [
    submit("checkIn.submit", answer(false), form),
    submit("checkIn.sameAsLast", answer(true), form),
    submit("checkIn.skip", (actor, { delivery }) => alone(skipCheckIn(deps, actor, delivery)), form),
    submit("checkIn.details", (actor, raw) => alone(submitDetails(deps, actor, raw.delivery, raw)), details),
    look("checkIn.notNow", (view) => notNowCard(deps.templates, view)),
    look("checkIn.open", (view) => formCard(deps.templates, view, null)),
    look("checkIn.change", (view) => changeCard(deps.templates, view)),
    look("checkIn.changeDetails", (view) => detailsCard(deps.templates, view, null)),
    look("checkIn.away", (view) => awayCard(deps.templates, view)),
    tomorrow(deps),
    setAway(deps),
    ...requestVerbs(deps),
  ];
}

/** Draws the card again with what was typed, and the present one, for one kind of card. */
interface Draw {
  again(deps: CheckInDeps, view: CheckInView, outcome: Extract<Outcome, { kind: "invalid" }>): Card;
  present(deps: CheckInDeps, view: CheckInView, next: string | null): Card;
}

const form: Draw = {
  again: (deps, view, { raw, errors }) => formCard(deps.templates, view, { values: raw, errors }),
  present: presentCard,
};

const details: Draw = {
  again: (deps, view, { raw, errors }) => detailsCard(deps.templates, view, { values: withoutPersonalData(raw), errors }),
  present: (deps, view) => detailsDoneCard(deps.templates, view),
};

/** What was refused as personal must not be sent back and forth, so that part of the card starts empty again. */
function withoutPersonalData(raw: RawInputs): RawInputs {
  return Object.fromEntries(
    Object.entries(raw).filter(([, value]) => typeof value !== "string" || findPersonalData(value) === null),
  );
}

/** @param loaded what the card can say, where that is known already */
async function replyTo(deps: VerbDeps, actor: Actor, outcome: Outcome, draw: Draw, loaded: CheckInView | null = null): Promise<Reply> {
  switch (outcome.kind) {
    case "recorded":
      return cardFor(deps, actor, outcome.delivery, (view, next) => draw.present(deps, view, next), loaded);
    case "invalid":
      return cardFor(deps, actor, outcome.delivery, (view) => draw.again(deps, view, outcome), loaded);
    case "test":
      return wasTest;
    case "closed":
      return { kind: "refused", text: await closedText(deps, actor) };
    case "not-yours":
      return notYours;
    case "no-longer-yours":
      return noLongerYours;
    case "no-last-time":
      return { kind: "refused", text: "There is no last time to take figures from. Fill in what you know and press Send." };
  }
}

const wasTest: Reply = { kind: "text", text: "This was a test card. Nothing was stored." };

const noLongerYours: Reply = {
  kind: "refused",
  text: "This card is no longer yours: the roster has somebody else for this team now. Nothing was changed.",
};

async function closedText(deps: CheckInDeps, actor: Actor): Promise<string> {
  const next = await nextOpeningInWords(deps, actor.network);
  return `This check-in has closed, so nothing was changed.${next === null ? "" : ` The next one opens on ${next}.`}`;
}

/** @param draw gets the next opening in words once the round has closed: no other card says it */
async function cardFor(
  deps: VerbDeps,
  actor: Actor,
  delivery: Delivery,
  draw: (view: CheckInView, next: string | null) => Card,
  loaded: CheckInView | null = null,
): Promise<Reply> {
  const view = loaded ?? (await deps.view({ network: actor.network, delivery }));
  if (view === null) return notYours;
  if (!view.isTheirs) return noLongerYours;
  const next = view.round.closedAt === null ? null : await nextOpeningInWords(deps, actor.network);
  return { kind: "card", card: draw(view, next) };
}

/** A card that shows something and changes nothing; only to the one whom the delivery was meant for. */
async function cardOf(
  deps: VerbDeps,
  actor: Actor,
  id: DeliveryId,
  draw: (view: CheckInView) => Card,
): Promise<Reply> {
  const delivery = await deps.store.read(actor.network).deliveries.byId(id);
  if (delivery === null || delivery.recipient !== actor.person) return notYours;
  return cardFor(deps, actor, delivery, (view, next) =>
    view.round.closedAt === null ? draw(view) : presentCard(deps, view, next),
  );
}

const hasStopped: Reply = {
  kind: "refused",
  text: "You have said stop. Start messages again first, then ask for the reminder.",
};

function tomorrow(deps: VerbDeps): CardVerb {
  return cardVerb<OnDelivery>({
    verb: "checkIn.remindTomorrow",
    allow: allow.everyone,
    data: onDelivery,
    about: (data) => data.delivery,
    async handle(actor, data) {
      const result = await remindTomorrow(deps, actor, data.delivery);
      if (result.kind === "stopped") return hasStopped;
      if (result.kind !== "nudge" && result.kind !== "too-late") return replyTo(deps, actor, result, form);
      const { zone } = await readSettings(deps.store.read(actor.network).settings);
      const today = dateIn(zone, deps.clock.now());
      if (result.kind === "too-late") {
        const closes = closesInWords(result.round, zone, today);
        return { kind: "refused", text: `This check-in closes on ${closes}, before the card could come again. Answer it now, or skip this round.` };
      }
      const day = dayInWords(dateIn(zone, result.at), today);
      return { kind: "text", text: `The card comes again on ${day}.` };
    },
  });
}

function setAway(deps: CheckInDeps): CardVerb {
  return cardVerb<z.infer<typeof away>>({
    verb: "checkIn.setAway",
    allow: allow.everyone,
    data: away,
    about: (data) => data.delivery,
    async handle(actor, data) {
      const delivery = await deps.store.read(actor.network).deliveries.byId(data.delivery);
      return delivery?.purpose === "test" ? wasTest : goAway(deps, actor, Temporal.PlainDate.from(data.until));
    },
  });
}

function requestVerbs(deps: CheckInDeps): CardVerb[] {
  const move = (verb: string, state: "taken" | "done") =>
    cardVerb<z.infer<typeof onRequest>>({
      verb,
      allow: allow.leads,
      data: onRequest,
      about: (data) => data.request,
      async handle(actor, data) {
        const result = await moveRequest(deps, actor, data.request, state);
        if (!result.ok) {
          const text = result.why === "over" ? "The team no longer needs this." : "This team isn't in your scope.";
          return { kind: "refused", text };
        }
        const card = await ownRequestCard(deps, actor, result.request.round, data.request);
        return card ?? { kind: "text", text: state === "taken" ? "You have taken this on." : "Marked as done." };
      },
    });
  return [move("request.take", "taken"), move("request.done", "done")];
}

async function ownRequestCard(deps: CheckInDeps, actor: Actor, round: string, request: RequestId): Promise<Reply | null> {
  const deliveries = await deps.store.read(actor.network).deliveries.about(round, request);
  const own = deliveries.find((delivery) => delivery.recipient === actor.person);
  if (own === undefined) return null;
  const view = (await loadRequestViews(deps, actor.network, [own])).get(own.id);
  return view === undefined ? null : { kind: "card", card: requestCard(deps.templates, view, actor.person) };
}
