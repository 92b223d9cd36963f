import { type NoticeCard, noticeCard } from "../../kernel/card-layouts.ts";
import type { Card, CardTemplates } from "../../kernel/cards.ts";
import { jobRoles } from "../roster/model.ts";
import { perRole } from "./answers.ts";
import { expectedSupported, guideFor, inWords, type LoadState, type Rolling, rolling as rollingOf, stateInWords } from "./caseload.ts";
import { recorded } from "./cards.ts";
import { periodsOf } from "./periods.ts";
import { closesInWords, footerOf, requestLines, sentenceCase, shortDay, teamInWords } from "./words.ts";
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
      { heading: `Recorded${by}`, lines: [...recorded(view), ...supported(view)], separator: true },
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
  if (latest === undefined || latest.rolling === null || latest.openedOn.toString() !== view.round.opensOn.toString()) {
    return { style: "emphasis", title: "The guide range can't be worked out", text: whyNot(view) };
  }
  const { rolling } = latest;
  const sentences = [
    `${inWords(rolling)}, over the last 12 weeks.`,
    ...coverage(rolling),
    ...(rolling.state === "below" ? ["This doesn't mean spare capacity."] : []),
    ...(rolling.periods > 1 ? thisPeriod(view) : []),
  ];
  return { style: styles[rolling.state], title: sentenceCase(stateInWords(rolling.state)), text: sentences.join(" ") };
}

const windowDays = 84;

function coverage(rolling: Rolling): string[] {
  const days = Math.round(rolling.daysCovered);
  return days >= windowDays ? [] : [`Answers cover ${days} of those ${windowDays} days.`];
}

function thisPeriod(view: CheckInView): string[] {
  if (view.answer === null) return [];
  const periods = periodsOf([{ ...view.answer, opensOn: view.round.opensOn, periodFrom: view.part.periodFrom }]);
  const alone = rollingOf(periods, view.round.guides, view.round.opensOn, 52);
  if (alone === null) return [];
  return [`Since ${shortDay(view.part.periodFrom, view.today)} alone: ${inWords(alone)}; too short a time to judge by.`];
}

function whyNot(view: CheckInView): string {
  const isComparable = view.answer !== null && guideFor(view.answer.posts, view.round.guides, 1) !== null;
  if (isComparable) return "New people were left blank, which means “don't know”.";
  return "No guide range is set for the team's job roles, or no WTE is in post.";
}

/** People being supported beside what the guide ranges would lead to expect, over the job roles that have one. */
function supported({ answer, round, settings }: CheckInView): string[] {
  if (answer === null) return [];
  const given = perRole(answer.answers, "supported");
  const known = jobRoles.filter((role) => given[role] !== undefined && round.guides[role] !== undefined);
  const posts = Object.fromEntries(known.map((role) => [role, answer.posts[role]]));
  const expected = expectedSupported(posts, round.guides, settings.weeksSupported);
  if (known.length === 0 || expected === null) return [];
  const people = known.reduce((sum, role) => sum + (given[role] ?? 0), 0);
  const range = `${Math.round(expected.low)} to ${Math.round(expected.high)}`;
  return [
    `${people} people being supported where a guide range is set; about ${range} would be expected at ${settings.weeksSupported} weeks each (an estimate).`,
  ];
}

function trendLines(view: CheckInView): string[] {
  return view.trend.map(({ openedOn, rolling }) => {
    const day = shortDay(openedOn, view.today);
    if (rolling === null) return `${day}: can't be calculated`;
    return `${day}: ${inWords(rolling)}, ${stateInWords(rolling.state)}`;
  });
}

function nextSteps(view: CheckInView): string[] {
  const until = closesInWords(view.round, view.settings.zone, view.today);
  return [...requestLines(view), `You can change the answer until ${until}.`];
}
