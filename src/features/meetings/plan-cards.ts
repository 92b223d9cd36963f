import { noticeCard, questionsCard } from "../../kernel/card-layouts.ts";
import type { Card, CardTemplates } from "../../kernel/cards.ts";
import { dayInWords, type LocalDate } from "../../kernel/time.ts";
import { sentBy } from "../../kernel/words.ts";
import type { Poll, PollAnswer } from "./polls.ts";
import { suiting } from "./polls.ts";
import type { Proposal } from "./proposal.ts";
import type { RankedSlot } from "./ranking.ts";
import type { MeetingSettings } from "./settings.ts";
import { plainTitle, whenInWords } from "./words.ts";

export interface PlanView {
  readonly proposal: Proposal;
  readonly settings: Pick<MeetingSettings, "title" | "zone">;
  readonly network: string;
  readonly today: LocalDate;
  /** The poll about this date and what was answered; null when nobody was asked. */
  readonly asked: { readonly poll: Poll; readonly answers: readonly PollAnswer[] } | null;
}

/** The tab's page on which meetings are planned. */
const page = "meetings";

/** Slots that a lead chooses from. */
const mostChoices = 5;

/** What a lead decides about one planned date: the best slots with their reasons, to book one or to ask everybody first. */
export function planCard(templates: CardTemplates, view: PlanView): Card {
  const { proposal, settings, network, today, asked } = view;
  const open = proposal.slots.filter(({ faults }) => faults.length === 0).slice(0, mostChoices);
  const planned = proposal.slots.find(({ isPlanned }) => isPlanned);
  const unfit = planned === undefined || planned.faults.length === 0 ? null : `The planned day can't be used: ${planned.faults.join("; ")}.`;
  const key = { plannedOn: proposal.plannedOn.toString() };
  const title = `${plainTitle(settings.title)}, planned for ${dayInWords(proposal.plannedOn, today)}`;
  if (open.length === 0) {
    const lines = [unfit ?? "", "No day within a week of it can be booked: change the dates to avoid, or book one by hand."];
    return noticeCard(templates, { title, sections: [{ lines: lines.filter((line) => line !== "") }], footer: sentBy(network), tab: page });
  }
  return questionsCard(templates, {
    title,
    intro: [
      ...(unfit === null ? [] : [unfit]),
      proposal.isFine ? "The planned day is fine." : "The best days come first.",
      ...(asked === null ? [] : [`${asked.answers.length} have answered which dates suit them.`]),
    ].join(" "),
    sections: [
      {
        fields: [
          {
            kind: "choice",
            id: "slot",
            label: "Date",
            required: true,
            value: (proposal.best ?? open[0])?.startsAt.toString() ?? null,
            choices: open.map((slot) => ({ title: slotInWords(slot, view), value: slot.startsAt.toString() })),
            errorMessage: "Choose a date.",
          },
        ],
      },
    ],
    footer: `${sentBy(network)} Booking sends an invitation to every manager and lead.`,
    actions: [
      { title: "Book", verb: "meeting.book", data: key, style: "positive" },
      ...(asked === null && open.length > 1 ? [{ title: "Ask everybody first", verb: "meeting.ask", data: key, inputs: "none" as const }] : []),
    ],
    tab: page,
  });
}

function slotInWords(slot: RankedSlot, { settings: { zone }, today, asked }: PlanView): string {
  const when = whenInWords({ ...slot, zone }, today).replace(/, on Teams$/, "");
  const place = asked?.poll.slots.findIndex(({ startsAt }) => startsAt.equals(slot.startsAt)) ?? -1;
  const suits = asked === null || place < 0 ? [] : [`suits ${suiting(asked.poll, asked.answers)[place] ?? 0} of ${asked.answers.length} who answered`];
  return `${when}: ${[...suits, ...slot.reasons].join("; ")}`;
}

/** What became of a planned date once it is booked or asked about. */
export function planDoneCard(templates: CardTemplates, network: string, title: string, line: string): Card {
  return noticeCard(templates, { title: plainTitle(title), sections: [{ lines: [line] }], footer: sentBy(network), tab: page });
}
