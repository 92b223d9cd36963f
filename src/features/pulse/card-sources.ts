import type { Card } from "../../kernel/cards.ts";
import type { DeliveryId } from "../../kernel/ids.ts";
import type { Purpose } from "../deliveries/model.ts";
import type { CardSource, Content } from "../deliveries/ports.ts";
import { noLongerYoursCard, presentCard } from "./cards.ts";
import { pulseLinkWords } from "./link-words.ts";
import { stateOf } from "./model.ts";
import type { PulseDeps } from "./ports.ts";
import { resultCard } from "./result-card.ts";
import { type PulseView, loadViews } from "./views.ts";
import { surveyName } from "./words.ts";

/** The cards of one purpose. */
interface Kind {
  readonly purpose: Purpose;
  readonly notification: string;
  /** Why the card needn't go any more; null when it should. It is kept, so it never says what anybody did. */
  readonly pointless: (view: PulseView) => string | null;
  readonly draw: (deps: Pick<PulseDeps, "templates">, view: PulseView) => Card | null;
}

/** The cards that waves put into people's chats, by purpose. */
export function pulseCardSources(deps: PulseDeps): CardSource[] {
  return kinds.map((kind) => source(deps, kind));
}

const present: Kind["draw"] = ({ templates }, view) => presentCard(templates, view);
const noLongerNeeded = "It is no longer needed.";

const kinds: readonly Kind[] = [
  {
    purpose: "pulse",
    notification: surveyName,
    // It goes to those who took part meanwhile, too: whether it went is kept after the close, and mustn't tell.
    pointless: (view) => (isOpen(view) ? null : "The survey closed before the card could go."),
    draw: present,
  },
  { purpose: "pulse-reminder", notification: `Reminder: ${surveyName}`, pointless: isDone, draw: present },
  {
    purpose: "pulse-nudge",
    notification: `Reminder: ${surveyName}`,
    // It was asked for before they went away, and nothing else keeps such a card back.
    pointless: (view) => (view.isAway ? noLongerNeeded : isDone(view)),
    draw: present,
  },
  {
    purpose: "pulse-result",
    notification: `${surveyName} The results`,
    pointless: ({ results }) => (results === null ? "There are no results to show." : null),
    draw: ({ templates }, view) => {
      const { results } = view;
      if (!view.isTheirs) return noLongerYoursCard(templates, view.network);
      return results === null ? null : resultCard(templates, { ...view, results });
    },
  },
];

function isOpen({ wave, now }: PulseView): boolean {
  return stateOf(wave, now) === "open";
}

function isDone(view: PulseView): string | null {
  return isOpen(view) && view.participation === null ? null : noLongerNeeded;
}

function source(deps: PulseDeps, { purpose, notification, pointless, draw }: Kind): CardSource {
  return {
    purpose,
    async render(network, deliveries, moment) {
      const contents = new Map<DeliveryId, Content>();
      for (const [id, view] of await loadViews(deps, network, deliveries)) {
        const reason = moment === "refresh" ? null : view.isTheirs ? pointless(view) : "They aren't asked any more.";
        const card = reason === null ? draw(deps, view) : null;
        if (card !== null) contents.set(id, { kind: "card", card, notification, link: pulseLinkWords(view) });
        else contents.set(id, { kind: "skip", reason: reason ?? noLongerNeeded });
      }
      return contents;
    },
  };
}
