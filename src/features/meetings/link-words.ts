import { later } from "../../kernel/time.ts";
import type { Purpose } from "../deliveries/model.ts";
import type { LinkWords } from "../deliveries/ports.ts";
import type { MeetingView } from "./views.ts";
import { dayOf, seenInWords, whenInWords } from "./words.ts";

/** How long the notes of a meeting can be read by a link, in hours. */
const notesLink = { hours: 14 * 24 };

/** What the mail says that brings a card about an event: no figure, and nothing that anybody answered. */
export function meetingLinkWords(view: MeetingView): LinkWords {
  const { lead } = view;
  return {
    ...wordsFor(view),
    from: lead === null ? null : { name: lead.name, email: lead.email },
    network: view.network,
  };
}

type Words = Pick<LinkWords, "subject" | "lines" | "button" | "seenBy" | "until">;

function wordsFor({ event, delivery, today, now }: MeetingView): Words {
  const name = `${event.title}, ${dayOf(event, today)}`;
  const when = `${event.title}: ${whenInWords(event, today)}.`;
  const asking = {
    button: "Answer",
    seenBy: seenInWords,
    until: event.startsAt,
    lines: [`${when} Can you come? You can answer, and change your answer, until it starts.`],
  };
  const telling = { button: "Open the card", seenBy: "It asks for no answer.", until: event.endsAt };
  const seenByAll = "Everybody invited to the meeting gets these notes.";
  const join = event.calendar.joinUrl === null ? "" : " The page has the link to join.";
  const others: Partial<Record<Purpose, Words>> = {
    "rsvp-reminder": { ...asking, subject: `Reminder: can you come? ${name}` },
    moved: {
      ...asking,
      subject: `Moved: ${name}`,
      lines: [`The meeting has moved. ${when} Can you come then? You can answer until it starts.`],
    },
    cancelled: { ...telling, subject: `Cancelled: ${name}`, lines: [`This meeting is cancelled. ${when}`] },
    "day-before": {
      ...telling,
      subject: name,
      lines: [`${when}${join} You can change your answer until it starts.`],
      seenBy: seenInWords,
    },
    notes: {
      subject: `Notes: ${name}`,
      lines: [`The notes of this meeting are there. ${when}`],
      button: "Open the notes",
      seenBy: seenByAll,
      until: later(event.endsAt, now).add(notesLink),
    },
    quorum: {
      ...telling,
      subject: `Few have said yes: ${name}`,
      lines: [`${when} Fewer people have said yes than are needed. The card says how many.`],
      seenBy: "Only leads get this card.",
    },
  };
  return others[delivery.purpose] ?? { ...asking, subject: `Can you come? ${name}` };
}
