import type { z } from "zod";
import type { Actor } from "../../kernel/actor.ts";
import type { TeamId } from "../../kernel/ids.ts";
import type { Person } from "../roster/model.ts";
import { answersInWords } from "./card-fields.ts";
import type { TeamHistory, TeamResource } from "./contract.ts";
import type { CheckInDeps } from "./deps.ts";
import { mayLead } from "./leads.ts";
import type { PastCheckIn, PastDetails, Round } from "./model.ts";
import { neededFrom, type Opening, openingsOf, shownFrom } from "./openings.ts";
import { loadQuestionSet, type Question, themeNamed } from "./question-set.ts";
import { managersToRing } from "./request-resources.ts";
import { mayAnswer } from "./rights.ts";
import { rolesOf } from "./round-questions.ts";
import { areasOf } from "./standings.ts";
import { loadSummaryOf, type TeamSummary } from "./summary.ts";
import { guideOf, loadOf, rounded } from "./summary-groups.ts";
import { postsInWords, shortDay } from "./words.ts";

/**
 * The teams in a lead's scope by name, as of the latest round.
 * @param after the last team of the page before
 */
export async function listTeams(
  deps: CheckInDeps,
  actor: Actor,
  { limit, after }: { readonly limit: number; readonly after: TeamId | null },
): Promise<TeamResource[]> {
  const read = deps.store.read(actor.network);
  if (actor.role !== "lead") return [];
  const teams = await read.roster.teamsPage({ limit, after, areas: areasOf(actor) });
  const { asOf, teams: rows } = await loadSummaryOf(deps, actor.network, teams, null, 12);
  const people = await read.roster.peopleByIds([...new Set(teams.flatMap((team) => team.managers))]);
  return rows.map((row) => resourceOf(row, asOf, people));
}

/**
 * One team with what it answered in the last 52 weeks, in the words of the questions that it was asked. Null when there
 * is none, and for everybody but leads with the team in scope, its managers and their deputies.
 */
export async function teamHistory(deps: CheckInDeps, actor: Actor, id: TeamId): Promise<TeamHistory | null> {
  const read = deps.store.read(actor.network);
  const team = await read.roster.team(id);
  if (team === null || team.leftOn !== null) return null;
  const people = await read.roster.peopleByIds([...new Set([...team.managers, actor.person])]);
  if (!mayLead(actor, team) && !mayAnswer(actor.person, team, people)) return null;
  const { asOf, guides, teams } = await loadSummaryOf(deps, actor.network, [team], null);
  const [row] = teams;
  if (row === undefined) return null;
  const resource = resourceOf(row, asOf, people);
  if (asOf === null) return { ...resource, asOf: null, history: [] };
  const past = await read.checkIns.since([id], neededFrom(asOf.opensOn));
  const cards = await read.checkIns.detailsSince([id], shownFrom(asOf.opensOn));
  const history = openingsOf(past, guides, asOf.opensOn).map((opening) =>
    openingOf(opening, cards.find((card) => card.round === opening.checkIn.round) ?? null),
  );
  return { ...resource, asOf: asOf.opensOn.toString(), history };
}

function resourceOf({ team, ...row }: TeamSummary, asOf: Round | null, people: ReadonlyMap<Person["id"], Person>): TeamResource {
  const { id, name, area, place, pcn, organisation } = team;
  const isOpen = asOf !== null && asOf.closedAt === null;
  return {
    ...{ id, name, area, place, pcn, organisation },
    managers: managersToRing(team, people),
    state: loadOf(row.rolling12),
    feeling: feelingOf(row.feeling, asOf),
    waiting: row.waiting,
    longestWaitWeeks: row.longestWaitWeeks,
    roundsUnanswered: row.roundsUnanswered,
    answered: isOpen ? row.part : null,
  };
}

function feelingOf(value: string | null, asOf: Round | null): TeamResource["feeling"] {
  if (value === null || asOf === null) return null;
  const question = loadQuestionSet(asOf.questionSet).questions.find(({ id }) => id === "feeling");
  const choice = question?.kind === "choice" ? question.choices.find((one) => one.value === value) : undefined;
  return { value, words: choice?.title ?? value };
}

type OpeningResource = z.infer<typeof TeamHistory>["history"][number];

function openingOf({ checkIn, rolling12, rolling52, alone }: Opening, card: PastDetails | null): OpeningResource {
  return {
    opensOn: checkIn.opensOn.toString(),
    answers: [...firstCard(checkIn), ...(card === null ? [] : secondCard(card))],
    load12: rolling12 === null ? null : rounded(rolling12.load, 2),
    load52: rolling52 === null ? null : rounded(rolling52.load, 2),
    newPeople: alone === null ? null : rounded(alone.newPeople, 1),
    guide: alone === null ? null : guideOf(alone),
    carried: checkIn.carried.length > 0,
  };
}

function firstCard(checkIn: PastCheckIn): OpeningResource["answers"] {
  const { questions } = loadQuestionSet(checkIn.questionSet);
  const posts = { question: "wte", words: "WTE in post", value: postsInWords(checkIn.posts, rolesOf(checkIn.posts)) };
  return [...inWords(questions, checkIn, checkIn.carried), { ...posts, carried: false }];
}

function secondCard(card: PastDetails): OpeningResource["answers"] {
  return inWords(themeNamed(card.theme, loadQuestionSet(card.questionSet)).questions, card, []);
}

function inWords(
  questions: readonly Question[],
  { answers, periodFrom, opensOn }: Pick<PastCheckIn, "answers" | "periodFrom" | "opensOn">,
  carried: readonly string[],
): OpeningResource["answers"] {
  const words = { from: shortDay(periodFrom, opensOn), to: shortDay(opensOn, opensOn), lead: "a lead" };
  return answersInWords(questions, answers, words).map(({ question, about, said }) => ({
    question,
    words: about,
    value: said,
    carried: carried.includes(question),
  }));
}
