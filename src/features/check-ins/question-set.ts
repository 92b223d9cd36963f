import { Fault } from "../../kernel/errors.ts";
import { checkQuestionSet, type Question, type QuestionSet, type Theme } from "./question.ts";
import november2026 from "./question-sets/2026-11.json" with { type: "json" };

export * from "./answers.ts";
export { checkQuestionSet, inputId, type Question, type QuestionSet, roleNames, type Theme } from "./question.ts";

/** Every version that a round may have been asked with; the newest comes last. */
const sets = [november2026].map(checkQuestionSet);

/** The set that a round was asked with. Throws a Fault "question-set" for a version that doesn't exist. */
export function loadQuestionSet(version: string): QuestionSet {
  const found = sets.find((set) => set.version === version);
  if (found === undefined) throw new Fault("question-set", `There is no version ${version}.`);
  return found;
}

/** The set that new rounds are asked with. */
export const currentQuestionSet: QuestionSet = sets.at(-1) ?? checkQuestionSet(undefined);

/** The theme of a round, each in turn; `roundNumber` is 0 for a network's first round. */
export function themeFor(roundNumber: number, set: QuestionSet = currentQuestionSet): Theme {
  const theme = set.themes[roundNumber % set.themes.length];
  if (theme === undefined) throw new Fault("question-set", `There is no theme for round ${roundNumber}.`);
  return theme;
}

/** The theme of a set by its id. Throws a Fault "question-set" for one that doesn't exist. */
export function themeNamed(id: string, set: QuestionSet = currentQuestionSet): Theme {
  const found = set.themes.find((theme) => theme.id === id);
  if (found === undefined) throw new Fault("question-set", `There is no theme ${id} in version ${set.version}.`);
  return found;
}

/**
 * The questions as one team gets them. Where no lead looks after the team, choices that promise a lead's help go, and
 * with them a question that is left with fewer than two choices.
 */
export function questionsFor(questions: readonly Question[], team: { readonly leadInScope: boolean }): Question[] {
  if (team.leadInScope) return [...questions];
  return questions.flatMap((question): Question[] => {
    if (question.kind !== "choice" && question.kind !== "choices") return [question];
    const choices = question.choices.filter(({ when }) => when === undefined);
    return choices.length < 2 ? [] : [{ ...question, choices }];
  });
}

export type LabelValues = Readonly<Partial<Record<"from" | "to" | "role" | "lead", string>>>;

/** Puts values into a label's {placeholders}; one without a value stays as it is. */
export function fillIn(label: string, values: LabelValues): string {
  const known = new Map(Object.entries(values));
  return label.replace(/\{(\w+)\}/g, (placeholder, name: string) => known.get(name) ?? placeholder);
}
