import {
  type CardAction,
  type CardLink,
  noticeCard,
  type NoticeCard,
  questionsCard,
} from "../../kernel/card-layouts.ts";
import type { Card, CardTemplates } from "../../kernel/cards.ts";
import { dateIn, dayInWords, Temporal } from "../../kernel/time.ts";
import { listInWords, sentBy } from "../../kernel/words.ts";
import type { FilledIn } from "./answering.ts";
import type { Purpose } from "../deliveries/model.ts";
import { longestRaise } from "./constants.ts";
import { isStale, stateOf, takesAnswers } from "./model.ts";
import type { Counts, MeetingView } from "./views.ts";
import { momentInWords, plainTitle, saidInWords, seenInWords, whenInWords } from "./words.ts";

function button(view: MeetingView, title: string, verb: string, more: Partial<CardAction> = {}): CardAction {
  return { title, verb, ...more, data: { delivery: view.delivery.id, ...more.data } };
}

/** The card as things stand: the question, the answer, or what became of the meeting. */
export function presentCard(templates: CardTemplates, view: MeetingView): Card {
  if (view.event.cancelledAt !== null) return cancelledCard(templates, view);
  if (!takesAnswers(view.event, view.now)) return heldCard(templates, view);
  return view.answer === null ? askingCard(templates, view, null) : answeredCard(templates, view);
}

/** Asks whether somebody comes, with what they gave before filled in. */
export function askingCard(templates: CardTemplates, view: MeetingView, filled: FilledIn | null): Card {
  const { event, answer, last } = view;
  const title = plainTitle(event.title);
  const raise = filled?.raise ?? last?.raise ?? "";
  const isListed = filled?.isListed ?? last?.isListed ?? false;
  const say = (given: string, value: string, more: Partial<CardAction> = {}) =>
    button(view, given, "meeting.rsvp", { ...more, data: { answer: value } });
  return questionsCard(templates, {
    title: `${openings.get(view.delivery.purpose) ?? ""}${title}`,
    about: whenInWords(event, view.today),
    intro: introOf(view),
    notice: filled === null ? null : notRecorded,
    sections: [
      {
        fields: [
          {
            kind: "text",
            id: "raise",
            label: "I want to raise…",
            value: raise === "" ? null : raise,
            max: longestRaise,
            placeholder: "Don't name patients or colleagues.",
            error: filled?.error ?? null,
            aside: "If you like. It may go on the agenda, which everybody invited can read.",
          },
          {
            kind: "choices",
            id: "listed",
            label: "Your name",
            value: isListed ? listed : null,
            choices: [{ title: "Others may see that I'm coming", value: listed }],
          },
        ],
      },
    ],
    footer: footerOf(view),
    actions: [
      say("Yes", "yes", { style: "positive" }),
      say("Maybe", "maybe"),
      say("No", "no"),
      ...(answer === null ? [button(view, "Remind me tomorrow", "meeting.remindTomorrow", { inputs: "none" })] : []),
    ],
  });
}

const openings: ReadonlyMap<Purpose, string> = new Map([
  ["moved", "Moved: "],
  ["rsvp-reminder", "Reminder: "],
]);

const notRecorded = "Your answer isn't recorded yet. See what is marked below, then press Yes, Maybe or No again.";

/** What the choice "Others may see that I'm coming" sends when it is on. */
export const listed = "listed";

function introOf(view: MeetingView): string {
  const { event, answer, last, agenda } = view;
  const isAsked = answer === null;
  return [
    isAsked ? questionOf(view) : `${saidInWords[answer.answer]}. You can change it until the meeting starts.`,
    ...(isAsked && last !== null && isStale(event, last) ? [`${saidInWords[last.answer]} to the earlier time.`] : []),
    ...(event.capacity === null
      ? []
      : [`There are ${event.capacity} places; once they are taken, a yes puts you on the waiting list.`]),
    ...(agenda.length === 0 ? [] : [`On the agenda: ${agenda.join("; ")}.`]),
  ].join(" ");
}

function questionOf({ event, delivery, last }: MeetingView): string {
  const { movedAt } = event;
  const knewEarlierTime =
    movedAt !== null &&
    (delivery.purpose === "moved" || last !== null || Temporal.Instant.compare(delivery.updatedAt, movedAt) < 0);
  return knewEarlierTime ? "The meeting has moved to this time. Can you come?" : "Can you come?";
}

/** What somebody answered, and what the others did so far. */
export function answeredCard(templates: CardTemplates, view: MeetingView): Card {
  return noticeCard(templates, {
    ...headOf(view),
    highlight: answerOf(view),
    sections: [...agendaPart(view), ...raisedBy(view), ...answersSoFar(view)],
    footer: footerOf(view),
    links: joinLink(view),
    actions: [button(view, "Change answer", "meeting.change")],
  });
}

/** For the working day before: where to join, and what it will be about. */
export function dayBeforeCard(templates: CardTemplates, view: MeetingView): Card {
  return noticeCard(templates, {
    ...headOf(view),
    highlight: answerOf(view),
    sections: [...agendaPart(view), ...raisedBy(view)],
    footer: footerOf(view),
    links: joinLink(view),
    actions: [button(view, "Change answer", "meeting.change")],
  });
}

/** A meeting that has begun, or is over. */
export function heldCard(templates: CardTemplates, view: MeetingView): Card {
  const isOver = stateOf(view.event, view.now) === "held";
  const said = view.answer === null ? null : `${saidInWords[view.answer.answer]}.`;
  return noticeCard(templates, {
    ...headOf(view),
    highlight: { style: "emphasis", title: isOver ? "This meeting has been" : "This meeting has started", text: said },
    sections: isOver ? [] : agendaPart(view),
    footer: sentBy(view.network),
    links: isOver ? [] : joinLink(view),
  });
}

export function cancelledCard(templates: CardTemplates, view: MeetingView): Card {
  const { cancelledAt, zone } = view.event;
  const on = cancelledAt === null ? null : `It was cancelled on ${dayInWords(dateIn(zone, cancelledAt), view.today)}.`;
  return noticeCard(templates, {
    ...headOf(view),
    highlight: { style: "attention", title: "This meeting is cancelled", text: on },
    sections: [{ lines: [nothingLeft] }],
    footer: sentBy(view.network),
  });
}

const nothingLeft = "There is nothing left to do here.";

/** What becomes of a card whose reader has no more to do with the meeting: it says nothing of it. */
export function noLongerYoursCard(templates: CardTemplates, network: string): Card {
  return noticeCard(templates, {
    title: "This card is no longer yours",
    sections: [{ lines: ["The network's roster has changed, and the card isn't meant for you now.", nothingLeft] }],
    footer: sentBy(network),
  });
}

function headOf(view: MeetingView): Pick<NoticeCard, "title" | "about"> {
  return { title: plainTitle(view.event.title), about: whenInWords(view.event, view.today) };
}

type Sections = NonNullable<NoticeCard["sections"]>;

function agendaPart({ agenda }: MeetingView): Sections {
  return agenda.length === 0 ? [] : [{ heading: "On the agenda", lines: agenda.map((item) => `• ${item}`) }];
}

function answerOf({ answer, place, event, today }: MeetingView): NonNullable<NoticeCard["highlight"]> | null {
  if (answer === null) return null;
  const where = answer.from === "calendar" ? " in your calendar" : "";
  const text = `Answered${where} at ${momentInWords(answer.answeredAt, event.zone, today)}.`;
  if (typeof place === "number") {
    return { style: "warning", title: `You're on the waiting list: number ${place}`, text: `You said yes. ${text}` };
  }
  const style = { yes: "good", maybe: "accent", no: "emphasis" } as const;
  return { style: style[answer.answer], title: saidInWords[answer.answer], text };
}

function raisedBy({ answer }: MeetingView): Sections {
  return answer?.raise == null ? [] : [{ heading: "You want to raise", lines: answer.raise.split(/\n+/) }];
}

// A card isn't drawn anew with everybody's answer, so it says as of when its figures are.
function answersSoFar({ areas, named, now, event, today }: MeetingView): Sections {
  const by = momentInWords(now, event.zone, today);
  const lines = areas.map(({ area, counts }) => `${area ?? "No area"}: ${countsInWords(counts)}`);
  return [
    ...(lines.length === 0 ? [] : [{ heading: `Answers up to ${by}`, lines }]),
    ...(named.length === 0 ? [] : [{ heading: "Coming, of those who let others see it", lines: [listInWords(named)] }]),
  ];
}

function countsInWords({ yes, maybe }: Counts): string {
  return [...(yes > 0 ? [`${yes} yes`] : []), ...(maybe > 0 ? [`${maybe} maybe`] : [])].join(", ");
}

/** The way into the online meeting, for those who have a place or may come. */
function joinLink({ event, answer, place }: MeetingView): CardLink[] {
  const url = event.calendar.joinUrl;
  const mayCome = answer?.answer === "maybe" || place === "coming";
  return url?.startsWith("https://") === true && mayCome ? [{ title: "Join the meeting", url }] : [];
}

function footerOf({ network }: MeetingView): string {
  return `${sentBy(network)} ${seenInWords}`;
}
