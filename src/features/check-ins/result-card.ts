import { type NoticeCard, noticeCard } from "../../kernel/card-layouts.ts";
import type { Card, CardTemplates } from "../../kernel/cards.ts";
import { dayInWords } from "../../kernel/time.ts";
import { perRole } from "./answers.ts";
import { guideFor, inWords, type LoadState, stateInWords, stateSentence } from "./caseload.ts";
import { recorded } from "./cards.ts";
import { periodsOf } from "./periods.ts";
import { closesInWords, footerOf, shortDay, teamInWords } from "./words.ts";
import type { CheckInView } from "./views.ts";

type Highlight = NonNullable<NoticeCard["highlight"]>;

const styles: Record<LoadState, Highlight["style"]> = { below: "accent", in: "good", above: "warning" };

/** An answered card: where the team stands, what was recorded, what happens next. */
export function resultCard(templates: CardTemplates, view: CheckInView): Card {
  const by = view.answeredBy === null ? "" : ` by ${view.answeredBy.name}`;
  const next = nextSteps(view);
  return noticeCard(templates, {
    title: "Thank you, recorded",
    about: teamInWords(view.team),
    highlight: standing(view),
    sections: [
      ...(next.length === 0 ? [] : [{ heading: "What happens next", lines: next }]),
      ...(view.trend.length < 2 ? [] : [{ heading: "Twelve weeks to each check-in", lines: trendLines(view) }]),
      { heading: `Recorded${by}`, lines: [...recorded(view), ...carriedLines(view)], separator: true },
    ],
    footer: footerOf(view),
    actions: [
      {
        title: "Change answer",
        verb: "checkIn.change",
        data: { delivery: view.delivery.id },
      },
    ],
  });
}

/** The team against the guide range: judged over the rolling 12 weeks, with this period's own numbers beside it. */
function standing(view: CheckInView): Highlight {
  const latest = view.trend.at(-1);
  const period = thisPeriod(view);
  if (latest === undefined || latest.rolling === null || latest.openedOn.toString() !== view.round.opensOn.toString()) {
    return { style: "emphasis", title: "The guide range can't be worked out", text: whyNot(view) };
  }
  const { rolling } = latest;
  const days = Math.round(rolling.daysCovered);
  return {
    style: styles[rolling.state],
    title: `${inWords(rolling)}, over ${days} of the last 84 days. ${stateSentence(rolling.state)}`,
    text: period,
  };
}

function thisPeriod(view: CheckInView): string | null {
  if (view.answer === null) return null;
  const [period] = periodsOf([{ ...view.answer, opensOn: view.round.opensOn, periodFrom: view.part.periodFrom }]);
  if (period === undefined) return null;
  const guide = guideFor(view.answer.posts, view.round.guides, period.days);
  const roles = Object.entries(perRole(view.answer.answers, "newPeople"));
  if (guide === null || roles.length === 0) return null;
  const newPeople = roles.reduce((sum, [, value]) => sum + value, 0);
  const since = shortDay(view.part.periodFrom, view.today);
  return `Since ${since}: ${inWords({ newPeople, guide })}. One period alone isn't judged; small numbers vary by chance.`;
}

function whyNot(view: CheckInView): string {
  const hasNew = view.answer !== null && Object.keys(perRole(view.answer.answers, "newPeople")).length > 0;
  if (!hasNew) return "New people were left blank, which means “don't know”.";
  return "No guide range is set for the team's job roles, or no WTE is in post.";
}

function trendLines(view: CheckInView): string[] {
  return view.trend.map(({ openedOn, rolling }) => {
    const day = shortDay(openedOn, view.today);
    if (rolling === null) return `${day}: can't be calculated`;
    return `${day}: ${inWords(rolling)}, ${stateInWords(rolling.state)}`;
  });
}

function carriedLines(view: CheckInView): string[] {
  if (view.answer === null || view.answer.carried.length === 0) return [];
  return ["Figures other than new people are carried forward from last time, and marked so."];
}

function nextSteps(view: CheckInView): string[] {
  const until = closesInWords(view.round, view.settings.zone, view.today);
  return [...requestLines(view), `You can change the answer until ${until}.`];
}

function requestLines(view: CheckInView): string[] {
  const { request, requestOwner } = view;
  if (request === null || requestOwner === null) return [];
  const day = dayInWords(request.dueOn, view.today);
  switch (request.state) {
    case "open":
      return [`${requestOwner.name} has been told and will reply by ${day}.`];
    case "taken":
      return [`${requestOwner.name} has taken this on and will reply by ${day}.`];
    case "done":
      return [`${requestOwner.name} has marked this as done.`];
    case "withdrawn":
      return [];
  }
}
