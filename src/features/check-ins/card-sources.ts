import type { Card } from "../../kernel/cards.ts";
import { asId, type DeliveryId, type NetworkId, type RequestId } from "../../kernel/ids.ts";
import { dateIn, dayInWords } from "../../kernel/time.ts";
import type { Delivery, Purpose } from "../deliveries/model.ts";
import type { CardSource, Content } from "../deliveries/ports.ts";
import { rolling } from "./caseload.ts";
import { closedCard, detailsCard, detailsDoneCard, formCard, skippedCard } from "./cards.ts";
import { type CheckInDeps, readSettings } from "./deps.ts";
import { periodsOf } from "./periods.ts";
import { erasedRequestCard, requestCard, type RequestView } from "./request-card.ts";
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
      const next = await nextOpeningInWords(deps, network);
      const contents = new Map<DeliveryId, Content>();
      for (const [id, view] of views) {
        const drawn = draw(view, deps, next, moment);
        contents.set(id, "card" in drawn ? { kind: "card", card: drawn.card, notification } : { kind: "skip", reason: drawn.skip });
      }
      return contents;
    },
  };
}

/** What the check-in card shows now: the questions, or what became of them. */
function checkInContent(view: CheckInView, deps: CheckInDeps, next: string | null, moment: "send" | "refresh"): Drawn {
  if (moment === "send") {
    if (view.round.closedAt !== null) return { skip: "The round closed before the card could go." };
    if (view.part.state === "answered") return { skip: `${view.answeredBy?.name ?? "Somebody"} has answered for the team.` };
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
  if (view.round.closedAt !== null) {
    if (moment === "send") return { skip: "The round closed before the card could go." };
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
      const contents = new Map<DeliveryId, Content>();
      for (const delivery of deliveries) {
        const view = await requestView(deps, network, delivery);
        const isOver = view === null || view.request.state === "withdrawn" || view.request.state === "done";
        if (isOver && moment === "send") {
          contents.set(delivery.id, { kind: "skip", reason: "The team no longer asks for this." });
          continue;
        }
        const card =
          view === null ? erasedRequestCard(deps.templates) : requestCard(deps.templates, view, delivery.recipient);
        contents.set(delivery.id, { kind: "card", card, notification: "A team needs you" });
      }
      return contents;
    },
  };
}

/** What a request's card shows; null when the request is gone. */
export async function requestView(deps: CheckInDeps, network: NetworkId, delivery: Delivery): Promise<RequestView | null> {
  const read = deps.store.read(network);
  const request = await read.requests.byId(asId<RequestId>(delivery.subject));
  if (request === null) return null;
  const team = await read.roster.team(request.team);
  const round = await read.rounds.byId(request.round);
  if (team === null || round === null) return null;
  const settings = await readSettings(read.settings);
  const people = await read.roster.peopleByIds([request.askedBy, request.owner, ...team.managers]);
  const past = await read.checkIns.since([team.id], round.opensOn.subtract({ weeks: 26 }));
  return {
    request,
    team,
    managers: team.managers.flatMap((id) => people.get(id) ?? []),
    askedBy: people.get(request.askedBy) ?? null,
    owner: people.get(request.owner) ?? null,
    rolling12: rolling(periodsOf(past), round.guides, round.opensOn, 12),
    today: dateIn(settings.zone, deps.clock.now()),
    network: await read.roster.networkName(),
  };
}
