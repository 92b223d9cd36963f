import { type CardAction, lastDayAway, noticeCard, type NoticeCard, questionsCard } from "../../kernel/card-layouts.ts";
import type { Card, CardTemplates } from "../../kernel/cards.ts";
import { sentBy } from "../../kernel/words.ts";
import { stateOf } from "./model.ts";
import { notMonitored } from "./support.ts";
import type { PulseView } from "./views.ts";
import { footerOf, keptInWords, momentInWords, surveyName } from "./words.ts";

type Sections = NonNullable<NoticeCard["sections"]>;

/** Below another title it would read as a question. */
const quotedName = `“${surveyName}”`;

function button(view: PulseView, title: string, verb: string, more: Partial<CardAction> = {}): CardAction {
  return { title, verb, data: { delivery: view.delivery.id }, ...more };
}

/** The card as things stand: the questions, what becomes of the answers, or that the survey is over. */
export function presentCard(templates: CardTemplates, view: PulseView): Card {
  if (!view.isTheirs) return noLongerYoursCard(templates, view.network);
  if (stateOf(view.wave, view.now) !== "open") return closedCard(templates, view);
  if (view.participation === "sent") return thankYouCard(templates, view, false);
  return view.participation === "skipped" ? skippedCard(templates, view) : formCard(templates, view);
}

/** The survey: what is kept and what isn't before the first question, and every question optional. */
export function formCard(templates: CardTemplates, view: PulseView): Card {
  const { instrument, threshold } = view.wave;
  const fields = instrument.items.map(({ id, text, scale }) => ({
    kind: "choice" as const,
    id,
    label: text,
    style: "expanded" as const,
    errorMessage: "Choose one of these, or leave it blank.",
    // What is sent is a place in the scale, so that every choice is as long as the others.
    choices: (instrument.scales[scale]?.choices ?? []).map(({ label }, place) => ({ title: label, value: String(place) })),
  }));
  return questionsCard(templates, {
    title: view.delivery.purpose === "pulse" ? surveyName : `Reminder: ${surveyName.charAt(0).toLowerCase()}${surveyName.slice(1)}`,
    about: `One minute, every question optional. Open until ${closes(view)}.`,
    intro: keptInWords(view.group, threshold, view.delivery.channel),
    sections: fields.map((field) => ({ fields: [field] })),
    footer: footerOf(view.network, view.wave),
    actions: [
      button(view, "Send", "pulse.submit", { style: "positive" }),
      button(view, "Not now", "pulse.notNow", { inputs: "none" }),
    ],
  });
}

function closes({ wave, zone, today }: PulseView): string {
  return momentInWords(wave.closesAt, zone, today);
}

/**
 * Thanks, where anybody can turn, and when results come: the same for everybody, whatever they answered.
 * @param isAgain true for somebody who sends a second time
 */
export function thankYouCard(templates: CardTemplates, view: PulseView, isAgain: boolean): Card {
  return noticeCard(templates, {
    title: "Thank you",
    about: quotedName,
    highlight: isAgain ? { style: "warning", title: sentBefore } : { style: "good", title: "Your answers are in" },
    sections: [
      {
        heading: "What happens next",
        lines: [
          `Results come after the survey closes on ${closes(view)}, once the network's lead has shared them.`,
          ...(isAgain ? [] : ["Your answers can't be changed or deleted. No reminder comes."]),
        ],
      },
      supportSection(view.supportLines),
    ],
    footer: footerOf(view.network, view.wave),
  });
}

const sentBefore = "You have already sent your answers; they can't be changed.";

/** All lines, every time; nothing here depends on what anybody answered. */
export function supportSection(lines: readonly string[]): Sections[number] {
  return { heading: "If you would like to talk to somebody", lines: [...lines, notMonitored], separator: true };
}

/** Somebody who leaves this survey out. */
export function skippedCard(templates: CardTemplates, view: PulseView): Card {
  return noticeCard(templates, {
    title: "Skipped this time",
    about: quotedName,
    sections: [
      { lines: [`No reminder of this survey comes. You can still answer until ${closes(view)}.`] },
      supportSection(view.supportLines),
    ],
    footer: footerOf(view.network, view.wave),
    actions: [button(view, "Answer after all", "pulse.unskip")],
  });
}

/** Ways not to answer now. */
export function notNowCard(templates: CardTemplates, view: PulseView): Card {
  return noticeCard(templates, {
    title: "Not now",
    about: quotedName,
    sections: [{ lines: [`The survey is open until ${closes(view)}. It is never passed on to anybody else.`] }],
    footer: footerOf(view.network, view.wave),
    actions: [
      button(view, "Remind me tomorrow", "pulse.remindTomorrow"),
      button(view, "Skip this survey", "pulse.skip"),
      button(view, "I'm away", "pulse.away"),
      button(view, "Back to the questions", "pulse.open"),
    ],
  });
}

/** Asks until when somebody is away. */
export function awayCard(templates: CardTemplates, view: PulseView): Card {
  return questionsCard(templates, {
    title: "Away until",
    about: quotedName,
    intro: "You get no cards up to and including that day. If you have a deputy, your open check-ins go to them; this survey doesn't.",
    sections: [{ fields: [lastDayAway(view.today)] }],
    footer: footerOf(view.network, view.wave),
    actions: [
      button(view, "Set", "pulse.setAway", { style: "positive" }),
      button(view, "Back", "pulse.notNow", { inputs: "none" }),
    ],
  });
}

/** A survey that is over: the same for everybody, whether they took part or not. */
export function closedCard(templates: CardTemplates, view: PulseView): Card {
  return noticeCard(templates, {
    title: "This survey has closed",
    about: quotedName,
    sections: [{ lines: [afterwards(view)] }, supportSection(view.supportLines)],
    footer: footerOf(view.network, view.wave),
  });
}

function afterwards({ wave, now, delivery }: PulseView): string {
  if (stateOf(wave, now) === "lost") return "The key to its answers was lost, so nobody can read them any more.";
  return wave.sharedAt === null
    ? "Results come once the network's lead has shared them."
    : `Its results have been shared with those who were asked.${delivery.channel === "teams" ? " Write “pulse” to see them." : ""}`;
}

/** What becomes of a card whose reader has no more to do with the network: it says nothing of the survey. */
export function noLongerYoursCard(templates: CardTemplates, network: string): Card {
  return noticeCard(templates, {
    title: "This card is no longer yours",
    sections: [{ lines: ["The network's roster has changed, and the card isn't meant for you now."] }],
    footer: sentBy(network),
  });
}
