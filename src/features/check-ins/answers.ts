import { z } from "zod";
import { findPersonalData, refusal } from "../../kernel/personal-data.ts";
import { type JobRole, jobRoles, type Posts } from "../roster/model.ts";
import { inputId, type Question, roleNames } from "./question.ts";

const PerRole = z.partialRecord(z.enum(jobRoles), z.number());

/** Answers by question id. What was left blank, "don't know", is absent. */
export const Answers = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), PerRole]),
);
export type PerRole = Readonly<Partial<Record<JobRole, number>>>;
export type Answer = string | number | boolean | readonly string[] | PerRole;
export type Answers = Readonly<Record<string, Answer>>;

/** The inputs of a card as Teams sends them: text or numbers by input id, "" for blank. */
export type RawInputs = Readonly<Record<string, unknown>>;

/** What to change about one input; the message never repeats what was typed. */
export interface InputError {
  readonly input: string;
  readonly message: string;
}

export type Parsed<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly errors: readonly InputError[] };

/** One input read: its value, nothing because it was left blank, or what to change. */
type Read<T> = { readonly value: T } | { readonly message: string } | null;

/**
 * Reads a card's inputs. Unknown inputs and those of roles that the team doesn't have are passed over. Every fault is
 * given, one sentence per input.
 */
export function parseAnswers(
  questions: readonly Question[],
  roles: readonly JobRole[],
  raw: RawInputs,
): Parsed<{ readonly answers: Answers }> {
  const answers = new Map<string, Answer>();
  const errors: InputError[] = [];
  for (const question of questions) {
    const { answer, faults } = readQuestion(question, roles, raw);
    errors.push(...faults);
    if (answer !== null) answers.set(question.id, answer);
    else if (question.required && faults.length === 0) errors.push(...missing(question, roles));
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, answers: Object.fromEntries(answers) };
}

/**
 * Reads a card sent by "Same as last time": what was last answered to a question with prefill "last" stands where its
 * inputs are blank or unchanged, and `carried` has the ids of those questions; what was typed over counts as typed.
 * Questions marked `alwaysAsk` must be answered (for one of the team's roles at least), for they are never carried.
 */
export function sameAsLast(
  questions: readonly Question[],
  roles: readonly JobRole[],
  raw: RawInputs,
  last: Answers | null,
): Parsed<{ readonly answers: Answers; readonly carried: readonly string[] }> {
  const before = prefill(questions, last);
  const typed = Object.entries(raw).filter(([, value]) => !isBlank(value));
  // Whatever is always asked counts as required here.
  const asked = questions.map((question) => (question.alwaysAsk === true ? { ...question, required: true } : question));
  const parsed = parseAnswers(asked, roles, { ...before, ...Object.fromEntries(typed) });
  if (!parsed.ok) return parsed;
  const isCarried = (input: string) => {
    const value = valueOf(raw, input);
    return before[input] !== undefined && (isBlank(value) || String(value).trim() === String(before[input]));
  };
  const carried = questions.filter((question) => inputsOf(question, roles).some(isCarried)).map(({ id }) => id);
  return { ok: true, answers: parsed.answers, carried };
}

/** What to put into the inputs, by input id: the last answers to the questions with prefill "last" and no others. */
export function prefill(questions: readonly Question[], last: Answers | null): Record<string, string | number> {
  const filled = new Map<string, string | number>();
  for (const question of questions) {
    const answer = question.prefill === "last" ? last?.[question.id] : undefined;
    if (typeof answer === "string" || typeof answer === "number") filled.set(question.id, answer);
    else if (typeof answer === "boolean") filled.set(question.id, answer ? "yes" : "no");
    else if (isPerRole(answer)) {
      for (const role of jobRoles) {
        const figure = answer[role];
        if (figure !== undefined) filled.set(inputId(question.id, role), figure);
      }
    } else if (answer !== undefined) filled.set(question.id, answer.join(","));
  }
  return Object.fromEntries(filled);
}

/** An answer by job role, such as new people; empty when it was left blank. */
export function perRole(answers: Answers, questionId: string): PerRole {
  const answer = answers[questionId];
  return isPerRole(answer) ? answer : {};
}

/**
 * Reads the WTE inputs "wte__link_worker" and so on, for the given roles: 0 to 200 with two decimals at most, a decimal
 * comma allowed. A blank one is absent from `posts`: the WTE known before stands.
 */
export function parsePosts(roles: readonly JobRole[], raw: RawInputs): Parsed<{ readonly posts: Posts }> {
  const wte = { id: "wte", short: "WTE in post", min: 0, max: 200, step: 0.01 } as const;
  const { figures, faults } = readPerRole(wte, roles, raw);
  return faults.length > 0 ? { ok: false, errors: faults } : { ok: true, posts: figures };
}

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly step?: 1 | 0.01 | undefined;
}

function readQuestion(
  question: Question,
  roles: readonly JobRole[],
  raw: RawInputs,
): { answer: Answer | null; faults: InputError[] } {
  if (question.kind === "number-per-role") {
    const { figures, faults } = readPerRole(question, roles, raw);
    return { answer: Object.keys(figures).length > 0 ? figures : null, faults };
  }
  const read = readOne(question, valueOf(raw, question.id));
  if (read === null) return { answer: null, faults: [] };
  if ("value" in read) return { answer: read.value, faults: [] };
  return { answer: null, faults: [{ input: question.id, message: `${question.short}: ${read.message}` }] };
}

function readPerRole(
  question: Bounds & { readonly id: string; readonly short: string },
  roles: readonly JobRole[],
  raw: RawInputs,
): { figures: PerRole; faults: InputError[] } {
  const figures: Partial<Record<JobRole, number>> = {};
  const faults: InputError[] = [];
  for (const role of roles) {
    const input = inputId(question.id, role);
    const read = readNumber(question, valueOf(raw, input));
    if (read === null) continue;
    if ("value" in read) figures[role] = read.value;
    else faults.push({ input, message: `${question.short}, ${roleNames[role].many}: ${read.message}` });
  }
  return { figures, faults };
}

function readOne(question: Exclude<Question, { kind: "number-per-role" }>, value: unknown): Read<Answer> {
  switch (question.kind) {
    case "number":
      return readNumber(question, value);
    case "choice":
      return readChoice(question, value);
    case "choices":
      return readChoices(question, value);
    case "yes-no":
      return readYesNo(value);
    case "text":
      return readText(question, value);
  }
}

function readNumber({ min, max, step = 1 }: Bounds, value: unknown): Read<number> {
  if (isBlank(value)) return null;
  const message =
    step === 1
      ? `give a whole number from ${min} to ${max}, or leave it blank.`
      : `give a number from ${min} to ${max} with two decimals at most, or leave it blank.`;
  if (typeof value !== "string" && typeof value !== "number") return { message };
  const text = String(value).normalize("NFKC").trim();
  if (!(step === 1 ? /^\d{1,9}$/ : /^\d{1,9}(?:[.,]\d{1,2})?$/).test(text)) return { message };
  const number = Number(text.replace(",", "."));
  return number >= min && number <= max ? { value: number } : { message };
}

type ChoiceQuestion = Extract<Question, { choices: unknown }>;

function readChoice(question: ChoiceQuestion, value: unknown): Read<string> {
  if (isBlank(value)) return null;
  const found = question.choices.find((choice) => choice.value === value);
  return found === undefined ? { message: "choose one of the answers." } : { value: found.value };
}

function readChoices(question: ChoiceQuestion, value: unknown): Read<readonly string[]> {
  const given: unknown[] = Array.isArray(value) ? value : typeof value === "string" ? value.split(",") : [value];
  const trimmed = given.map((one) => (typeof one === "string" ? one.trim() : one));
  const chosen = new Set(trimmed.filter((one) => !isBlank(one)));
  if (chosen.size === 0) return null;
  const found = question.choices.filter((choice) => chosen.has(choice.value)).map((choice) => choice.value);
  return found.length === chosen.size ? { value: found } : { message: "choose among the answers." };
}

function readYesNo(value: unknown): Read<boolean> {
  if (isBlank(value)) return null;
  if (value === true || value === "yes" || value === "true") return { value: true };
  if (value === false || value === "no" || value === "false") return { value: false };
  return { message: "choose yes or no." };
}

function readText(question: Extract<Question, { kind: "text" }>, value: unknown): Read<string> {
  if (isBlank(value)) return null;
  if (typeof value !== "string") return { message: "write it as text." };
  const found = question.guard === "personal-data" ? findPersonalData(value) : null;
  if (found !== null) return { message: refusal(found) };
  const text = value.trim();
  const length = [...text].length;
  if (length <= question.maxLength) return { value: text };
  return { message: `keep it to ${question.maxLength} characters; this has ${length}.` };
}

/** The faults of a question that must be answered: one at each of its inputs. */
function missing(question: Question, roles: readonly JobRole[]): InputError[] {
  const message = `${question.short}: ${whatToDo(question)}`;
  return inputsOf(question, roles).map((input) => ({ input, message }));
}

function whatToDo(question: Question): string {
  const isNumber = question.kind === "number-per-role" || question.kind === "number";
  if (isNumber) return "give a number; it is asked every time.";
  return question.kind === "text" ? "write something." : "choose one of the answers.";
}

function inputsOf(question: Question, roles: readonly JobRole[]): string[] {
  return question.kind === "number-per-role" ? roles.map((role) => inputId(question.id, role)) : [question.id];
}

function valueOf(raw: RawInputs, input: string): unknown {
  return Object.hasOwn(raw, input) ? raw[input] : undefined;
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === "string" && value.trim() === "");
}

function isPerRole(answer: Answer | undefined): answer is PerRole {
  return typeof answer === "object" && !Array.isArray(answer);
}
