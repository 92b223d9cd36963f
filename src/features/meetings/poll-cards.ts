import { noticeCard, questionsCard } from "../../kernel/card-layouts.ts";
import type { Card, CardTemplates } from "../../kernel/cards.ts";
import { dateIn, type LocalDate } from "../../kernel/time.ts";
import { listInWords, sentBy } from "../../kernel/words.ts";
import type { Poll } from "./polls.ts";
import type { PollView } from "./poll-views.ts";
import type { MeetingSettings } from "./settings.ts";
import { plainTitle, whenInWords } from "./words.ts";

type Series = Pick<MeetingSettings, "title" | "zone">;

const seen = "The network's leads see which dates suit how many, and not whom.";

/** The poll as things stand: the question, the answer, or that a date is booked. */
export function pollCard(templates: CardTemplates, view: PollView, series: Series): Card {
  if (view.poll.closedAt !== null) return pollOverCard(templates, view, series);
  return view.answer === null ? askingPollCard(templates, view, series) : answeredPollCard(templates, view, series);
}

/** Asks which of the slots suit. */
export function askingPollCard(templates: CardTemplates, view: PollView, series: Series): Card {
  const { poll, answer, delivery, network } = view;
  return questionsCard(templates, {
    title: `${plainTitle(series.title)}: which dates suit you?`,
    intro: "Tick all that suit you. Nothing is booked yet.",
    sections: [
      {
        fields: [
          {
            kind: "choices",
            id: "slots",
            label: "Dates that suit you",
            value: answer === null ? null : answer.slots.join(","),
            choices: slotsInWords(poll, series, todayOf(view, series)).map((title, place) => ({ title, value: String(place) })),
          },
        ],
      },
    ],
    footer: `${sentBy(network)} ${seen}`,
    actions: [
      { title: "Send", verb: "meeting.poll", data: { delivery: delivery.id }, style: "positive" },
      { title: "None of these", verb: "meeting.pollNone", data: { delivery: delivery.id }, inputs: "none" },
    ],
  });
}

function answeredPollCard(templates: CardTemplates, view: PollView, series: Series): Card {
  const { poll, answer, delivery, network } = view;
  const slots = slotsInWords(poll, series, todayOf(view, series));
  const suits = (answer?.slots ?? []).flatMap((place) => slots[place] ?? []);
  const said = suits.length === 0 ? "None of the dates suits you." : `These suit you: ${listInWords(suits)}.`;
  return noticeCard(templates, {
    title: `${plainTitle(series.title)}: thank you`,
    sections: [{ lines: [said, "You get an invitation once a date is booked."] }],
    footer: `${sentBy(network)} ${seen}`,
    actions: [{ title: "Change answer", verb: "meeting.pollChange", data: { delivery: delivery.id } }],
  });
}

function pollOverCard(templates: CardTemplates, view: PollView, series: Series): Card {
  const { booked, network } = view;
  const date = booked === null ? "The date is settled." : `The meeting is on ${whenInWords(booked, todayOf(view, series))}.`;
  return noticeCard(templates, {
    title: `${plainTitle(series.title)}: the date is settled`,
    sections: [{ lines: [date, "An invitation comes to your calendar, and a card asks whether you come."] }],
    footer: sentBy(network),
  });
}

/** The slots of a poll, each with its day and times. */
export function slotsInWords(poll: Pick<Poll, "slots">, { zone }: Series, today: LocalDate): string[] {
  return poll.slots.map((slot) => whenInWords({ ...slot, zone }, today).replace(/, on Teams$/, ""));
}

function todayOf(view: PollView, { zone }: Series): LocalDate {
  return dateIn(zone, view.now);
}
