import { dateIn, dayInWords, type Instant, type LocalDate, timeInWords } from "../../kernel/time.ts";
import { sentBy } from "../../kernel/words.ts";
import type { Channel } from "../deliveries/model.ts";
import type { Instrument } from "./instrument.ts";
import type { Distribution, Score, Wave, WaveResults } from "./model.ts";
import { suppressionInWords } from "./suppression-words.ts";

/** What the survey is called wherever people meet it. */
export const surveyName = "How is work for you?";

/** "Tuesday 8 December, 5pm". */
export function momentInWords(at: Instant, zone: string, today: LocalDate): string {
  return `${dayInWords(dateIn(zone, at), today)}, ${timeInWords(at.toZonedDateTimeISO(zone).toPlainTime())}`;
}

/**
 * What is kept of an answer and what isn't, said before the first question (FACTS, section 6).
 * @param group the reader's reporting group; null when they have none
 * @param channel how the card came: whoever answers on a link's page is known by the link
 */
export function keptInWords(group: string | null, threshold: number, channel: Channel): string {
  const label = group === null ? "" : `, with your reporting group (${group})`;
  const who = channel === "teams" ? "Teams tells" : "Your link tells";
  return [
    `Your answers are stored without your name${label}.`,
    `${who} us who pressed Send; we keep that apart, only to stop reminders, until the survey closes.`,
    `Leads see groups of ${threshold} or more.`,
    "Once sent, answers can't be changed or deleted.",
    "This is not monitored.",
  ].join(" ");
}

/** Who sends a card about a wave, and what leads see of it: the last line of every one. */
export function footerOf(network: string, { threshold }: Pick<Wave, "threshold">): string {
  return `${sentBy(network)} Leads see results of groups of ${threshold} or more, never single answers.`;
}

/** What a score measures, to open a sentence with: "Work-related burnout". */
export function measureOf(instrument: Pick<Instrument, "measures" | "title">): string {
  return instrument.measures ?? instrument.title;
}

/** "54 out of 100, give or take 4". */
export function scoreInWords({ score, margin }: Extract<Score, { kind: "shown" }>): string {
  return `${score} out of 100, give or take ${margin}`;
}

/** "North areas (North Central, North East): 52 out of 100, give or take 6", or why it isn't shown. */
export function groupInWords({ name, members, score }: WaveResults["groups"][number], threshold: number): string {
  // "North West and South East" says by itself what it is made of.
  const isSaid = members.every((member) => name.includes(member));
  const group = isSaid ? name : `${name} (${members.join(", ")})`;
  if (score.kind === "suppressed") return suppressionInWords(score.why, threshold, `The score of ${group}`);
  return `${group}: ${scoreInWords(score)}`;
}

/** Lines such as "under 50: 45%", one for each part; or one that says why there are none. */
export function spreadInWords(distribution: Distribution, threshold: number): string[] {
  if (distribution.kind === "suppressed") return [suppressionInWords(distribution.why, threshold, "It")];
  return distribution.parts.map(partInWords);
}

/** "Often, sometimes or seldom: 34%": a part of a distribution, with all that was merged into it. */
export function partInWords({ labels, percent }: { readonly labels: readonly string[]; readonly percent: number }): string {
  const words = labels.map((label) => label.replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase()));
  const before = words.slice(0, -1).join(", ");
  const all = `${before === "" ? "" : `${before} or `}${words.at(-1) ?? ""}`;
  return `${all.charAt(0).toUpperCase()}${all.slice(1)}: ${percent}%`;
}

/** Whom a result speaks for, and whom it doesn't. */
export function coverageInWords(people: WaveResults["people"], asked: Wave["asked"]): string[] {
  const managers = aboutInWords(people.managersAsked, asked.managers, "manager");
  const members = aboutInWords(people.membersAsked, asked.members, "team member");
  if (asked.members === 0) return [`Asked: ${managers}. Nobody else of their teams was asked, so it speaks for managers only.`];
  if (asked.managers === 0) return [`Asked: ${members}, and no managers.`];
  return [`Asked: ${managers} and ${members}.`];
}

/** "about 70 managers": the rounded number, unless rounding leaves none of them. */
function aboutInWords(rounded: number, exact: number, what: string): string {
  if (exact === 0) return `no ${what}s`;
  return rounded === 0 ? `fewer than 5 ${what}s` : `about ${rounded} ${what}s`;
}

/** "About 40 of about 70 people answered (60%). …" */
export function responseInWords({ people, responseRate }: Pick<WaveResults, "people" | "responseRate">): string {
  const rate = responseRate === null ? "" : ` (${responseRate}%)`;
  const answered = people.answered === 0 ? "Fewer than 5" : `About ${people.answered}`;
  return `${answered} of about ${people.asked} people answered${rate}. Numbers of people are rounded to the nearest 5.`;
}
