import { noticeCard } from "../../kernel/card-layouts.ts";
import type { Card, CardTemplates } from "../../kernel/cards.ts";
import { dayInWords, type LocalDate, Temporal } from "../../kernel/time.ts";
import { sentBy } from "../../kernel/words.ts";
import type { Notes } from "./model.ts";
import type { MeetingView } from "./views.ts";
import { dayOf, momentInWords, plainTitle, whenInWords } from "./words.ts";

/** What came of a meeting, for everybody who was invited. */
export function notesCard(templates: CardTemplates, view: MeetingView): Card {
  const { notes } = view.event;
  const text = notes?.text.split(/\n+/).filter((line) => line.trim() !== "") ?? [];
  const actions = notes?.actions.map((action) => actionInWords(action, view.today)) ?? [];
  return noticeCard(templates, {
    title: `Notes: ${plainTitle(view.event.title)}`,
    about: dayOf(view.event, view.today),
    sections: [
      ...(text.length === 0 && actions.length === 0 ? [{ lines: ["There are no notes of this meeting any more."] }] : []),
      ...(text.length === 0 ? [] : [{ lines: text }]),
      ...(actions.length === 0 ? [] : [{ heading: "Actions", lines: actions, separator: true }]),
    ],
    footer: `${sentBy(view.network)} Everybody invited to the meeting gets these notes.`,
  });
}

/** "Draft the list (Ana, by Tuesday 1 December)". */
function actionInWords({ what, who, dueOn }: Notes["actions"][number], today: LocalDate): string {
  const by = dueOn === null ? "" : `by ${dayInWords(Temporal.PlainDate.from(dueOn), today)}`;
  const aside = [who, by].filter((part) => part !== "").join(", ");
  return `• ${what}${aside === "" ? "" : ` (${aside})`}`;
}

/** Tells a lead how far a meeting is from the number that must have said yes. */
export function quorumCard(templates: CardTemplates, view: MeetingView): Card {
  const { counts, event, invited } = view;
  const quorum = view.quorum;
  const isMet = quorum === null || counts.yes >= quorum;
  const open = Math.max(0, invited - counts.yes - counts.maybe - counts.no);
  return noticeCard(templates, {
    title: plainTitle(event.title),
    about: whenInWords(event, view.today),
    highlight: {
      style: isMet ? "good" : "warning",
      title: quorumInWords(counts.yes, quorum),
      text: `As of ${momentInWords(view.now, event.zone, view.today)}.`,
    },
    sections: [{ lines: [`Maybe: ${counts.maybe}. No: ${counts.no}. Not answered: ${open} of ${invited} invited.`] }],
    footer: `${sentBy(view.network)} Only leads get this card.`,
    tab: `meetings/${event.id}`,
  });
}

function quorumInWords(yes: number, quorum: number | null): string {
  if (quorum === null) return `${yes} have said yes`;
  return yes >= quorum ? `${yes} have said yes; ${quorum} are needed` : `${yes} of ${quorum} needed have said yes`;
}
