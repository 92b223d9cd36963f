import { type CardAction, noticeCard, type NoticeCard, questionsCard } from "../../kernel/card-layouts.ts";
import type { Card, CardTemplates } from "../../kernel/cards.ts";
import type { WaveId } from "../../kernel/ids.ts";
import { dayInWords, type LocalDate, Temporal } from "../../kernel/time.ts";
import { listInWords, sentBy } from "../../kernel/words.ts";
import { changeHeading } from "./changes.ts";
import { longestChange } from "./constants.ts";
import type { DistributionResource, ResultSummary } from "./contract.ts";
import { stateOf, type Wave } from "./model.ts";
import { type OpenObstacle, obstacleInWords } from "./opening.ts";
import type { LeadView } from "./lead-views.ts";
import { measureOf, momentInWords, partInWords, responseInWords, scoreInWords } from "./words.ts";

type Section = NonNullable<NoticeCard["sections"]>[number];
type Part = Pick<NoticeCard, "highlight" | "sections" | "actions">;

const title = "Pulse";

/** What a lead can know and do about the network's pulse now. */
export function leadCard(templates: CardTemplates, view: LeadView): Card {
  const part = partOf(view);
  return noticeCard(templates, {
    title,
    about: view.wave === null ? null : `Opened on ${dayInWords(view.openedOn ?? view.today, view.today)}`,
    highlight: part.highlight ?? null,
    sections: [...(part.sections ?? []), ...supportLinesToCheck(view.linesToCheck)],
    footer: footerOf(view.network),
    actions: part.actions ?? [],
    tab: view.wave === null ? "pulse" : `pulse/${view.wave.id}`,
  });
}

/** Asks once more before something that can't be undone. */
export function confirmCard(
  templates: CardTemplates,
  network: string,
  question: { readonly title: string; readonly text: string; readonly button: string; readonly verb: string; readonly wave: WaveId },
): Card {
  return noticeCard(templates, {
    title: question.title,
    sections: [{ lines: [question.text] }],
    footer: footerOf(network),
    actions: [
      { title: question.button, verb: question.verb, data: { wave: question.wave, confirmed: "yes" }, style: "destructive" },
      back("Don't"),
    ],
  });
}

/** Takes a lead's words about what changed; what they typed stays when it can't be published. */
export function changeForm(
  templates: CardTemplates,
  network: string,
  wave: WaveId,
  typed: { readonly text: string; readonly error: string } | null,
): Card {
  return questionsCard(templates, {
    title: changeHeading,
    intro: "What has changed since the survey? It goes to everybody who was asked, at the end of the next card that they get anyway.",
    notice: typed === null ? null : "Nothing has been published yet.",
    sections: [
      {
        fields: [
          {
            kind: "text",
            id: "text",
            label: "What you did, in a sentence or two",
            value: typed?.text ?? null,
            max: longestChange,
            placeholder: "Don't name patients or colleagues",
            errorMessage: `Write 1 to ${longestChange} characters.`,
            error: typed?.error ?? null,
          },
        ],
      },
    ],
    footer: footerOf(network),
    actions: [{ title: "Publish", verb: "pulse.publishChange", data: { wave }, style: "positive" }, back("Not now")],
  });
}

/** Lines that nobody has checked for long, for those who run the network. */
export function supportLinesCard(templates: CardTemplates, network: string, lines: readonly string[]): Card {
  return noticeCard(templates, {
    title: "Please check the support lines",
    sections:
      lines.length === 0
        ? [{ lines: ["Every support line has been checked within the last 12 months. There is nothing to do."] }]
        : supportLinesToCheck(lines),
    footer: `${sentBy(network)} Only those who run the network get this card.`,
    tab: "settings",
  });
}

function footerOf(network: string): string {
  return `${sentBy(network)} Only leads of the whole network see this card.`;
}

function back(words: string): CardAction {
  return { title: words, verb: "pulse.state", data: {}, inputs: "none" };
}

function partOf(view: LeadView): Part {
  const { wave, summary } = view;
  if (wave === null) {
    return { sections: [{ lines: ["There hasn't been a survey yet.", ...opensInWords(view)] }], actions: openAction(view.obstacle, { style: "positive" }) };
  }
  if (summary !== null) return resultPart(view, wave, summary);
  return stateOf(wave, view.now) === "open" ? openPart(view, wave) : closingPart(view, wave);
}

function openPart({ zone, today, rate }: LeadView, wave: Wave): Part {
  const answered = rate === null ? "Nobody was asked." : `About ${rate}% of those asked have answered, to the nearest 5%.`;
  const lines = [
    `The survey is open until ${momentInWords(wave.closesAt, zone, today)}.`,
    answered,
    "Nothing else is known before the close, and never who has answered.",
  ];
  return { sections: [{ lines }], actions: [{ title: "Close now", verb: "pulse.closeWave", data: { wave: wave.id } }] };
}

function closingPart({ key }: LeadView, wave: Wave): Part {
  if (key === "missing") {
    return {
      highlight: { style: "attention", title: "The key to the answers can't be found" },
      sections: [
        {
          lines: [
            "Without it nobody can read what people answered, so the survey can't be counted.",
            "Ask whoever runs the server to put it back: the survey then closes by itself within a minute or two.",
            "Only if it is lost for good, give the survey up: its answers are lost then.",
          ],
        },
      ],
      actions: [{ title: "Give the survey up", verb: "pulse.giveUp", data: { wave: wave.id } }],
    };
  }
  const waits = "The place where its key is kept can't be reached at the moment. It is tried again every minute.";
  const lines = ["The survey has ended and takes no more answers. Its answers are being counted.", ...(key === "unreachable" ? [waits] : [])];
  return { sections: [{ lines }], actions: [back("Look again")] };
}

function resultPart(view: LeadView, wave: Wave, summary: ResultSummary): Part {
  const { score } = summary;
  const isShared = wave.sharedAt !== null;
  const share: CardAction = { title: "Share with everybody asked", verb: "pulse.share", data: { wave: wave.id }, style: "positive" };
  const change: CardAction = { title: `Write “${changeHeading}”`, verb: "pulse.writeChange", data: { wave: wave.id } };
  return {
    highlight:
      score.kind === "shown"
        ? { style: "accent", title: `${measureOf(wave.instrument)}: ${scoreInWords(score)}`, text: "Higher is worse." }
        : { style: "warning", title: "There is no score to show for the network", text: score.words },
    sections: [
      { lines: [summary.covers, responseInWords(summary), isShared ? "Those who were asked, and viewers, can see these results." : "Only leads can see these results so far."] },
      ...(wave.isLost ? [] : figures(summary)),
      ...trendSection(summary, view.today),
      ...changesSection(summary),
      { lines: [summary.note, summary.instrument.citation], separator: true },
      ...(isShared ? [{ lines: opensInWords(view) }] : []),
    ],
    actions: isShared ? [change, ...openAction(view.obstacle)] : [share],
  };
}

function figures({ groups, bands, items, instrument }: ResultSummary): Section[] {
  const noGroups = "No two groups with enough people could be made, so the results are of the whole network only.";
  return [
    { heading: "Reporting groups", separator: true, lines: groups.length === 0 ? [noGroups] : groups.map(groupLine) },
    { heading: "How the scores spread", lines: [...spreadLines(bands), ...(bands.kind === "shown" ? [instrument.bandsNote] : [])] },
    ...items.map(({ text, distribution }) => ({ heading: text, lines: [spreadLines(distribution).join("; ")] })),
  ];
}

function groupLine({ name, score }: ResultSummary["groups"][number]): string {
  return score.kind === "shown" ? `${name}: ${scoreInWords(score)}` : score.words;
}

function spreadLines(spread: DistributionResource): string[] {
  if (spread.kind === "suppressed") return [spread.words];
  return spread.parts.map(partInWords);
}

function trendSection({ trend }: ResultSummary, today: LocalDate): Section[] {
  if (trend.length < 2) return [];
  const lines = trend.map(({ openedOn, score }) => {
    const day = dayInWords(Temporal.PlainDate.from(openedOn), today);
    return `${day}: ${score.kind === "shown" ? scoreInWords(score) : "not shown"}`;
  });
  return [{ heading: "From survey to survey", lines }];
}

function changesSection({ changes }: ResultSummary): Section[] {
  return changes.length === 0 ? [] : [{ heading: changeHeading, lines: changes.map(({ text }) => text) }];
}

const openNow = "Open a survey now";

function openAction(obstacle: OpenObstacle | null, style: Pick<CardAction, "style"> = {}): CardAction[] {
  return obstacle === null ? [{ title: openNow, verb: "pulse.openWave", data: {}, ...style }] : [];
}

function opensInWords({ obstacle, next, today }: LeadView): string[] {
  if (obstacle !== null) return [obstacleInWords(obstacle)];
  const whom = `“${openNow}” asks every manager of the network and the members of their teams.`;
  if (next === null) return [`The next survey opens when a lead opens it. ${whom}`];
  return [`The next survey opens by itself on or about ${dayInWords(next, today)}. ${whom}`];
}

function supportLinesToCheck(names: readonly string[]): Section[] {
  if (names.length === 0) return [];
  return [
    {
      heading: "Support lines",
      separator: true,
      lines: [
        `Nobody has checked these within the last 12 months: ${listInWords(names)}.`,
        "They are on every thank-you card. Make sure that each still works, and set its date (lastChecked) in the settings.",
      ],
    },
  ];
}
