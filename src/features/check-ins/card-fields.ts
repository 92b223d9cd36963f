import type { CardField } from "../../kernel/card-layouts.ts";
import type { JobRole } from "../roster/model.ts";
import { type Answers, type InputError, perRole } from "./answers.ts";
import { fillIn, inputId, type Question, roleNames } from "./question-set.ts";

export interface FieldContext {
  readonly roles: readonly JobRole[];
  /** What the inputs start with: last time's figures, or what was recorded or typed. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly errors: readonly InputError[];
  readonly words: { readonly from: string; readonly to: string; readonly lead: string };
}

/** The part of a card that asks one question: a heading where it has several inputs, and the inputs. */
export function questionSection(question: Question, context: FieldContext): { heading: string | null; fields: CardField[] } {
  const label = fillIn(question.label, context.words);
  if (question.kind !== "number-per-role") return { heading: null, fields: [field(question, label, context, question.id)] };
  const [only] = context.roles;
  if (context.roles.length === 1 && only !== undefined) {
    return { heading: null, fields: [field(question, label, context, inputId(question.id, only))] };
  }
  // A screen reader reads an input's label without the heading above it, so the label names the question too.
  const fields = context.roles.map((role) =>
    field(question, `${question.short}, ${roleNames[role].many}`, context, inputId(question.id, role)),
  );
  return { heading: label, fields };
}

function field(question: Question, label: string, context: FieldContext, id: string): CardField {
  const value = context.values[id];
  const shared = {
    id,
    label,
    value: typeof value === "string" || typeof value === "number" ? value : null,
    required: question.required,
    error: context.errors.find((error) => error.input === id)?.message ?? null,
    aside: question.aside ?? null,
  };
  switch (question.kind) {
    case "choice":
    case "choices": {
      const choices = question.choices.map((choice) => ({ value: choice.value, title: fillIn(choice.title, context.words) }));
      const style = choices.length > 5 && question.kind === "choice" ? ("compact" as const) : ("expanded" as const);
      const placeholder = style === "compact" ? "Choose one" : null;
      return { ...shared, kind: question.kind, choices, style, placeholder, errorMessage: "Choose one of these." };
    }
    case "yes-no": {
      const choices = [
        { value: "yes", title: "Yes" },
        { value: "no", title: "No" },
      ];
      return { ...shared, kind: "choice", choices, errorMessage: "Choose yes or no." };
    }
    case "number":
    case "number-per-role": {
      const errorMessage = `Give a number from ${question.min} to ${question.max}, or leave it blank.`;
      return { ...shared, kind: "number", min: question.min, max: question.max, errorMessage };
    }
    case "text":
      return { ...shared, kind: "text", max: question.maxLength, placeholder: question.hint ?? null };
  }
}

/** Answers as the values of a card's inputs. */
export function inputsOf(questions: readonly Question[], answers: Answers): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const question of questions) {
    const answer = answers[question.id];
    if (answer === undefined) continue;
    if (question.kind === "number-per-role") {
      for (const [role, value] of Object.entries(perRole(answers, question.id))) values[`${question.id}__${role}`] = value;
    } else if (Array.isArray(answer)) values[question.id] = answer.join(",");
    else if (typeof answer === "boolean") values[question.id] = answer ? "yes" : "no";
    else values[question.id] = answer;
  }
  return values;
}

/** One line for each answered question, in words; those in `carried` (ids) are marked as carried forward. */
export function answerLines(
  questions: readonly Question[],
  answers: Answers,
  words: FieldContext["words"],
  carried: readonly string[] = [],
): string[] {
  return answersInWords(questions, answers, words).map(({ question, about, said }) => {
    const mark = carried.includes(question) ? " (carried forward)" : "";
    return `${about}: ${said}${mark}`;
  });
}

/** Each answered question (its id) with what it is about and what was said, in words. */
export function answersInWords(
  questions: readonly Question[],
  answers: Answers,
  words: FieldContext["words"],
): { question: string; about: string; said: string }[] {
  return questions
    .filter(({ id }) => answers[id] !== undefined)
    .map((question) => ({ question: question.id, about: question.short, said: inWords(question, answers, words) }));
}

function inWords(question: Question, answers: Answers, words: FieldContext["words"]): string {
  const answer = answers[question.id];
  if (typeof answer === "boolean") return answer ? "yes" : "no";
  if (question.kind === "number-per-role") {
    const parts = Object.entries(perRole(answers, question.id));
    if (parts.length === 1) return String(parts[0]?.[1]);
    return parts.map(([role, value]) => `${value} (${roleWords(role)})`).join(", ");
  }
  if (question.kind === "choice" || question.kind === "choices") {
    const chosen: readonly unknown[] = Array.isArray(answer) ? answer : [answer];
    const titles = question.choices.filter((choice) => chosen.includes(choice.value)).map((choice) => choice.title);
    // Only the first letter: names that are filled in keep theirs.
    return titles.map((title) => fillIn(title.charAt(0).toLowerCase() + title.slice(1), words)).join(", ");
  }
  if (typeof answer !== "string" && typeof answer !== "number") return "";
  // "People waiting: 12" says already what is counted; "Longest wait: 1 week" doesn't.
  if (!("unit" in question) || question.short.toLowerCase().includes(question.unit)) return String(answer);
  return `${answer} ${answer === 1 ? question.unit.replace(/s$/, "") : question.unit}`;
}

function roleWords(role: string): string {
  return new Map<string, { many: string }>(Object.entries(roleNames)).get(role)?.many ?? role;
}
