import type { Card } from "../../kernel/cards.ts";
import type { DeliveryId, NetworkId } from "../../kernel/ids.ts";
import { dateIn, dayInWords } from "../../kernel/time.ts";
import type { Delivery, Purpose } from "../deliveries/model.ts";
import type { CardSource, Content } from "../deliveries/ports.ts";
import { closedCard, detailsCard, detailsDoneCard, formCard, noLongerYoursCard, skippedCard } from "./cards.ts";
import { type CheckInDeps, readSettings } from "./deps.ts";
import { checkInLinkWords, requestLinkWords } from "./link-words.ts";
import { erasedRequestCard, requestCard } from "./request-card.ts";
import { loadRequestViews, type RequestView } from "./request-views.ts";
import { resultCard } from "./result-card.ts";
import { nextOpening } from "./schedule.ts";
import { type CheckInView, loadViews } from "./views.ts";

/** The cards that check-ins put into chats, by purpose. */
export function checkInCardSources(deps: CheckInDeps): CardSource[] {
  const asking: readonly Purpose[] = ["check-in", "reminder", "nudge"];
  return [
    ...asking.map((purpose) => source(deps, purpose, "Your check-in is here", checkInContent)),
    source(deps, "details", "Two or three more questions, if you like", detailsContent),
    source(deps, "test", "A test of the check-in card", (view) => show(formCard(deps.templates, view, null))),
    requestSource(deps),
  ];
}

type Drawn = { readonly card: Card } | { readonly skip: string };
type Draw = (view: CheckInView, deps: CheckInDeps, next: string | null, moment: "send" | "refresh") => Drawn;

function show(card: Card): Drawn {
  return { card };
}

function source(deps: CheckInDeps, purpose: Purpose, notification: string, draw: Draw): CardSource {
  return {
    purpose,
    async render(network, deliveries, moment) {
      const views = await loadViews(deps, network, deliveries);
      const isAnyClosed = [...views.values()].some(({ round }) => round.closedAt !== null);
      // No other card says it.
      const next = isAnyClosed ? await nextOpeningInWords(deps, network) : null;
      const contents = new Map<DeliveryId, Content>();
      for (const [id, view] of views) {
        const drawn = view.isTheirs ? draw(view, deps, next, moment) : noLongerTheirs(deps, view.network, moment);
        const link = checkInLinkWords(view);
        contents.set(
          id,
          "card" in drawn ? { kind: "card", card: drawn.card, notification, link } : { kind: "skip", reason: drawn.skip },
        );
      }
      return contents;
    },
  };
}

/** For somebody who had a card and may see nothing of the team any more. */
function noLongerTheirs(deps: CheckInDeps, network: string, moment: "send" | "refresh"): Drawn {
  if (moment === "send") return { skip: "They no longer look after this team." };
  return show(noLongerYoursCard(deps.templates, network));
}

/** What the check-in card shows now: the questions, or what became of them. */
function checkInContent(view: CheckInView, deps: CheckInDeps, next: string | null, moment: "send" | "refresh"): Drawn {
  if (moment === "send") {
    if (view.round.closedAt !== null) return { skip: "The round closed before the card could go." };
    // One that had arrived and is asked for again brings what was answered, to be changed.
    const isAskedForAgain = view.delivery.purpose === "check-in" && view.delivery.deliveredAt !== null;
    if (view.part.state === "answered" && !isAskedForAgain) return { skip: `${view.answeredBy?.name ?? "Somebody"} has answered for the team.` };
    if (view.part.state === "skipped" && view.delivery.purpose !== "check-in") return { skip: "The team sits this round out." };
  }
  return show(presentCard(deps, view, next));
}

/** The card of a team in a round as things stand. */
export function presentCard(deps: CheckInDeps, view: CheckInView, next: string | null): Card {
  if (view.round.closedAt !== null) return closedCard(deps.templates, view, next);
  if (view.answer !== null) return resultCard(deps.templates, view);
  if (view.part.state === "skipped") return skippedCard(deps.templates, view);
  return formCard(deps.templates, view, null);
}

function detailsContent(view: CheckInView, deps: CheckInDeps, next: string | null, moment: "send" | "refresh"): Drawn {
  if (moment === "send") {
    if (view.round.closedAt !== null) return { skip: "The round closed before the card could go." };
    if (view.details !== null) return { skip: "It has been answered." };
  }
  if (view.round.closedAt !== null) {
    return show(view.details === null ? closedCard(deps.templates, view, next) : detailsDoneCard(deps.templates, view));
  }
  return show(view.details === null ? detailsCard(deps.templates, view, null) : detailsDoneCard(deps.templates, view));
}

/** The next opening in words; null when rounds open only by hand. */
export async function nextOpeningInWords(deps: CheckInDeps, network: NetworkId): Promise<string | null> {
  const read = deps.store.read(network);
  const settings = await readSettings(read.settings);
  if (!settings.opensByItself) return null;
  const now = deps.clock.now();
  const latest = await read.rounds.latest();
  const { opensOn } = nextOpening(settings, now, latest?.opensOn ?? null);
  return dayInWords(opensOn, dateIn(settings.zone, now));
}

function requestSource(deps: CheckInDeps): CardSource {
  return {
    purpose: "request",
    async render(network, deliveries, moment) {
      const views = await loadRequestViews(deps, network, deliveries);
      const name = await deps.store.read(network).roster.networkName();
      const link = requestLinkWords(name, deps.clock.now());
      const contents = new Map<DeliveryId, Content>();
      for (const delivery of deliveries) {
        const drawn = requestContent(deps, name, views.get(delivery.id) ?? null, delivery, moment);
        contents.set(
          delivery.id,
          "card" in drawn ? { kind: "card", card: drawn.card, notification: "A team needs you", link } : { kind: "skip", reason: drawn.skip },
        );
      }
      return contents;
    },
  };
}

function requestContent(
  deps: CheckInDeps,
  network: string,
  view: RequestView | null,
  delivery: Delivery,
  moment: "send" | "refresh",
): Drawn {
  if (view !== null && !view.isTheirs) return noLongerTheirs(deps, network, moment);
  const isOver = view === null || view.request.state === "withdrawn" || view.request.state === "done";
  if (isOver && moment === "send") return { skip: "The team no longer asks for this." };
  return show(
    view === null ? erasedRequestCard(deps.templates, network) : requestCard(deps.templates, view, delivery.recipient),
  );
}
