import { type JobRole, jobRoles, type Posts } from "../roster/model.ts";
import type { Round } from "./model.ts";
import { loadQuestionSet, type Question, type Theme, themeNamed } from "./question-set.ts";

/** The job roles that a team has. */
export function rolesOf(posts: Posts): JobRole[] {
  return jobRoles.filter((role) => posts[role] !== undefined);
}

/** All questions of a round: a lead's help that a card offered may be chosen also when no lead is there any more. */
export function questionsOf(round: Round): readonly Question[] {
  return loadQuestionSet(round.questionSet).questions;
}

/** The theme of a round's second card. */
export function themeOf(round: Round): Theme {
  return themeNamed(round.theme, loadQuestionSet(round.questionSet));
}
