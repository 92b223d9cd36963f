import { noticeCard } from "../../kernel/card-layouts.ts";
import type { Card, CardTemplates } from "../../kernel/cards.ts";
import { dayInWords, type LocalDate } from "../../kernel/time.ts";
import { listInWords } from "../../kernel/words.ts";
import { stateInWords } from "./caseload.ts";
import type { CaseloadSummary, SummaryGroup } from "./contract.ts";
import type { Round } from "./model.ts";

/** A lead's summary: first the teams to ring and why, then how the areas stand. */
export function summaryCard(
  templates: CardTemplates,
  summary: CaseloadSummary,
  round: Pick<Round, "opensOn">,
  today: LocalDate,
): Card {
  const { ring, total, groups, coverage } = summary;
  const opened = `The check-in of ${dayInWords(round.opensOn, today)}`;
  const sections = ring.map(({ team, managers, why, standing }, index) => ({
    heading: `${index + 1}. ${team.name}`,
    lines: [...why, ...(standing === null ? [] : [standing]), ...(managers.length === 0 ? [] : [`Ring ${listInWords(managers)}.`])],
  }));
  return noticeCard(templates, {
    title: titleOf(summary),
    sections: [...sections, ...figures(total, groups)],
    footer: [
      `${opened}: ${total.answered === 0 ? `nobody of ${counted(total.teams, "team", "teams")} has answered yet` : `answers from ${coverage}`}.`,
      "Sent by Steady; only leads see this.",
      ...(total.last12Weeks === null ? [] : ["Below the guide range doesn't mean spare capacity."]),
    ].join(" "),
    tab: "check-ins",
  });
}

function titleOf({ ring, total }: CaseloadSummary): string {
  if (ring.length > 0) return "Ring these first";
  return total.answered === 0 && total.last12Weeks === null ? "Nobody has answered yet" : "No team needs a call first";
}

/** What is known over the areas; nothing at all before anybody has answered. */
function figures(total: SummaryGroup, groups: readonly SummaryGroup[]) {
  if (total.last12Weeks === null && total.waiting === null) return [];
  const areas = groups.length === 1 ? [] : groups.map((group) => standing(group.name, group));
  return [
    {
      heading: "Twelve weeks against the guide range",
      separator: true,
      lines: [standing(groups.length === 1 ? (groups[0]?.name ?? "All") : "All", total), ...areas],
    },
    { heading: "Waiting", lines: [waitingInWords(total)] },
  ];
}

function standing(name: string, { last12Weeks, teamsAbove, wteNeeded }: SummaryGroup): string {
  if (last12Weeks === null) return `${name}: nothing to go by yet.`;
  const above = teamsAbove ?? 0;
  const needed = wteNeeded ?? 0;
  const teams = `${above} of ${counted(last12Weeks.teams, "team", "teams")} above`;
  const wte = needed > 0 ? `, ${needed} WTE needed to return to it` : "";
  return `${name}: ${last12Weeks.words}, ${stateInWords(last12Weeks.state)}; ${teams}${wte}.`;
}

function waitingInWords({ waiting, longestWaitWeeks }: SummaryGroup): string {
  const longest = longestWaitWeeks === null ? "" : `; the longest wait is ${counted(longestWaitWeeks, "week", "weeks")}`;
  return waiting === null ? `Not known${longest}.` : `${counted(waiting, "person", "people")}${longest}.`;
}

function counted(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
