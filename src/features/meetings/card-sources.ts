import type { Card, CardTemplates } from "../../kernel/cards.ts";
import type { DeliveryId } from "../../kernel/ids.ts";
import type { Purpose } from "../deliveries/model.ts";
import type { CardSource, Content } from "../deliveries/ports.ts";
import { notesCard, quorumCard } from "./announcement-cards.ts";
import { cancelledCard, dayBeforeCard, noLongerYoursCard, presentCard } from "./cards.ts";
import { meetingLinkWords } from "./link-words.ts";
import { takesAnswers } from "./model.ts";
import type { MeetingDeps } from "./ports.ts";
import { loadViews, type MeetingView } from "./views.ts";
import { dayOf } from "./words.ts";

/** The cards of one purpose. */
interface Kind {
  readonly purpose: Purpose;
  /** What the platform's notification says before the meeting's title and day; "" for nothing. */
  readonly notification: string;
  /** Why the card needn't go any more; null when it should. */
  readonly pointless: (view: MeetingView) => string | null;
  readonly draw: (templates: CardTemplates, view: MeetingView) => Card;
}

/** The cards that events put into chats, by purpose; polls about dates have a source of their own. */
export function meetingCardSources(deps: MeetingDeps): CardSource[] {
  return kinds.map((kind) => source(deps, kind));
}

const kinds: readonly Kind[] = [
  { purpose: "rsvp", notification: "Can you come? ", pointless: isOver, draw: presentCard },
  {
    purpose: "rsvp-reminder",
    notification: "Reminder: can you come? ",
    pointless: (view) => isOver(view) ?? hasAnswered(view),
    draw: presentCard,
  },
  {
    purpose: "moved",
    notification: "Moved: ",
    pointless: (view) => isOver(view) ?? hasAnswered(view),
    draw: presentCard,
  },
  {
    purpose: "cancelled",
    notification: "Cancelled: ",
    pointless: ({ event, now }) => {
      if (event.cancelledAt === null) return "The meeting isn't cancelled.";
      return takesAnswers({ ...event, cancelledAt: null }, now) ? null : "Its time had passed before the card could go.";
    },
    draw: (templates, view) =>
      view.event.cancelledAt === null ? presentCard(templates, view) : cancelledCard(templates, view),
  },
  {
    purpose: "day-before",
    notification: "",
    pointless: (view) => isOver(view) ?? (isComing(view) ? null : "They aren't among those who come."),
    draw: (templates, view) =>
      isOver(view) === null && isComing(view) ? dayBeforeCard(templates, view) : presentCard(templates, view),
  },
  {
    purpose: "notes",
    notification: "Notes: ",
    pointless: ({ event }) => (event.notes === null ? "There are no notes of the meeting any more." : null),
    draw: notesCard,
  },
  {
    purpose: "quorum",
    notification: "Few have said yes: ",
    pointless: (view) => isOver(view) ?? (isShort(view) ? null : "Enough people have said yes."),
    draw: (templates, view) => (isOver(view) === null ? quorumCard(templates, view) : presentCard(templates, view)),
  },
];

function source(deps: MeetingDeps, { purpose, notification, pointless, draw }: Kind): CardSource {
  return {
    purpose,
    async render(network, deliveries, moment) {
      const contents = new Map<DeliveryId, Content>();
      for (const [id, view] of await loadViews(deps, network, deliveries)) {
        const reason = moment === "refresh" ? null : view.isTheirs ? pointless(view) : "They aren't invited any more.";
        if (reason !== null) {
          contents.set(id, { kind: "skip", reason });
          continue;
        }
        const card = view.isTheirs ? draw(deps.templates, view) : noLongerYoursCard(deps.templates, view.network);
        const words = `${notification}${view.event.title}, ${dayOf(view.event, view.today)}`;
        contents.set(id, { kind: "card", card, notification: words, link: meetingLinkWords(view) });
      }
      return contents;
    },
  };
}

function isOver({ event, now }: MeetingView): string | null {
  if (event.cancelledAt !== null) return "The meeting was cancelled before the card could go.";
  return takesAnswers(event, now) ? null : "The meeting had started before the card could go.";
}

function hasAnswered({ answer }: MeetingView): string | null {
  return answer === null ? null : "They have answered.";
}

function isComing({ answer, place }: MeetingView): boolean {
  return answer?.answer === "maybe" || place === "coming";
}

function isShort({ quorum, counts }: MeetingView): boolean {
  return quorum !== null && counts.yes < quorum;
}
