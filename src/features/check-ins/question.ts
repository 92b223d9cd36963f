import { z } from "zod";
import { Fault } from "../../kernel/errors.ts";
import type { JobRole } from "../roster/model.ts";

/** Names that become parts of input ids and of stored answers. */
const Name = z.string().regex(/^[a-z][A-Za-z0-9]*$/);

const Choice = z.strictObject({
  value: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: z.string().min(1),
  /** Offered only where a lead looks after the team; without one, nothing is promised. */
  when: z.literal("lead-in-scope").optional(),
});

const common = {
  id: Name,
  /** May hold {from}, {to}, {role} and {lead}. */
  label: z.string().min(1),
  /** How messages and lists call it. */
  short: z.string().min(1),
  hint: z.string().min(1).optional(),
  required: z.boolean(),
  /** "last" fills in what was answered the time before. */
  prefill: z.enum(["never", "last"]),
  /** Asked for even by "Same as last time". */
  alwaysAsk: z.boolean().optional(),
  /** Text shown beside the question. */
  aside: z.string().min(1).optional(),
};

const number = {
  ...common,
  min: z.number(),
  max: z.number(),
  /** The smallest difference that counts; 1, whole numbers, when left out. */
  step: z.literal([1, 0.01]).optional(),
  unit: z.string().min(1),
};

const choice = { ...common, choices: z.array(Choice).min(2) };

const Question = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("choice"), ...choice }),
    z.strictObject({ kind: z.literal("choices"), ...choice }),
    z.strictObject({ kind: z.literal("number"), ...number }),
    z.strictObject({ kind: z.literal("number-per-role"), ...number }),
    z.strictObject({ kind: z.literal("yes-no"), ...common }),
    z.strictObject({
      kind: z.literal("text"),
      ...common,
      /** In characters. */
      maxLength: z.int().min(1).max(2000),
      guard: z.literal("personal-data").optional(),
    }),
  ])
  .refine((question) => !("choices" in question) || isUnique(question.choices.map(({ value }) => value)), {
    error: "two choices have the same value",
  })
  .refine((question) => !("min" in question) || question.min < question.max, { error: "min must be below max" });

const Questions = z
  .array(Question)
  .min(1)
  .refine((questions) => isUnique(questions.map(({ id }) => id)), { error: "two questions have the same id" });

const Theme = z.strictObject({ id: Name, title: z.string().min(1), questions: Questions });

const QuestionSet = z.strictObject({
  version: z.string().regex(/^\d{4}-\d{2}(-\d+)?$/),
  questions: Questions,
  /** Optional second cards, one per round in turn. */
  themes: z
    .array(Theme)
    .min(1)
    .refine((themes) => isUnique(themes.map(({ id }) => id)), { error: "two themes have the same id" }),
});

export type Question = z.infer<typeof Question>;
export type Theme = z.infer<typeof Theme>;
export type QuestionSet = z.infer<typeof QuestionSet>;

function isUnique(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}

/** Checks a question set that is given as data. Throws a Fault "question-set" that says where it is wrong. */
export function checkQuestionSet(data: unknown): QuestionSet {
  const result = QuestionSet.safeParse(data);
  if (result.success) return result.data;
  throw new Fault("question-set", z.prettifyError(result.error), { cause: result.error });
}

/** Job roles in the words that managers use. */
export const roleNames: Readonly<Record<JobRole, { readonly one: string; readonly many: string }>> = {
  link_worker: { one: "link worker", many: "link workers" },
  care_coordinator: { one: "care coordinator", many: "care coordinators" },
  health_coach: { one: "health and wellbeing coach", many: "health and wellbeing coaches" },
};

/** The id of a question's input on a card: "waiting", or "newPeople__link_worker" for one job role's. */
export function inputId(questionId: string, role?: JobRole): string {
  return role === undefined ? questionId : `${questionId}__${role}`;
}
