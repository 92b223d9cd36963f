import { type CardAction, lastDayAway, noticeCard, questionsCard } from "../../kernel/card-layouts.ts";
import type { Card, CardTemplates } from "../../kernel/cards.ts";
import { sentBy } from "../../kernel/words.ts";
import type { JobRole } from "../roster/model.ts";
import { type InputError, prefill } from "./answers.ts";
import { answerLines, type FieldContext, inputsOf, questionSection } from "./card-fields.ts";
import { inputId, loadQuestionSet, type Question, questionsFor, roleNames } from "./question-set.ts";
import { rolesOf, themeOf } from "./round-questions.ts";
import { closesInWords, footerOf, postsInWords, requestLines, shortDay, teamInWords } from "./words.ts";
import type { CheckInView } from "./views.ts";

/** What a card starts with when it isn't fresh: what was typed and refused, or what is to be changed. */
export interface Filled {
  readonly values: Readonly<Record<string, unknown>>;
  readonly errors: readonly InputError[];
}

function questionsOf(view: CheckInView): Question[] {
  return questionsFor(loadQuestionSet(view.round.questionSet).questions, { leadInScope: view.lead !== null });
}

function wordsOf(view: CheckInView): FieldContext["words"] {
  return {
    from: shortDay(view.part.periodFrom, view.today),
    to: shortDay(view.round.opensOn, view.today),
    lead: view.lead?.name ?? "your lead",
  };
}

function button(view: CheckInView, title: string, verb: string, more: Partial<CardAction> = {}): CardAction {
  return { title, verb, data: { delivery: view.delivery.id }, ...more };
}

/** The check-in card as it asks: last time's figures filled in, everything else empty. */
export function formCard(templates: CardTemplates, view: CheckInView, filled: Filled | null): Card {
  const questions = questionsOf(view);
  const roles = rolesOf(view.team.posts);
  const fresh = prefill(questions, view.last?.answers ?? null);
  const errors = filled?.errors ?? [];
  const context: FieldContext = { roles, words: wordsOf(view), values: filled?.values ?? fresh, errors };
  const posts = postsFields(view, roles, filled);
  const isReminder = view.delivery.purpose === "reminder" || view.delivery.purpose === "nudge";
  return questionsCard(templates, {
    title: isReminder ? "Reminder: how is your caseload?" : "How is your caseload?",
    about: teamInWords(view.team),
    intro: `Blank means “don't know”. Open until ${closesInWords(view.round, view.settings.zone, view.today)}.`,
    notice: noticeOf(errors, view.answer !== null),
    sections: questions.map((question) => questionSection(question, context)),
    posts: {
      text: `WTE in post: ${postsInWords(view.team.posts, roles)}`,
      open: posts.some((field) => field.error !== null),
      fields: posts,
    },
    footer: footerOf(view),
    actions: [
      button(view, "Send", "checkIn.submit", { style: "positive" }),
      ...(view.last === null ? [] : [button(view, "Same as last time", "checkIn.sameAsLast")]),
      button(view, "Not now", "checkIn.notNow", { inputs: "none" }),
    ],
  });
}

function noticeOf(errors: readonly InputError[], isChange: boolean): string | null {
  if (errors.length === 0) return null;
  return `${isChange ? "The change isn't" : "Nothing is"} recorded yet. See what is marked below, then send again.`;
}

function postsFields(view: CheckInView, roles: readonly JobRole[], filled: Filled | null) {
  return roles.map((role) => {
    const id = inputId("wte", role);
    const typed = filled?.values[id];
    return {
      kind: "text" as const,
      id,
      label: `WTE in post, ${roleNames[role].many}`,
      value: typeof typed === "string" || typeof typed === "number" ? typed : (view.team.posts[role] ?? null),
      errorMessage: "Give the whole-time equivalents in post, such as 2.6.",
      max: 6,
      error: filled?.errors.find((error) => error.input === id)?.message ?? null,
    };
  });
}

/** The form with what was recorded, to be changed. */
export function changeCard(templates: CardTemplates, view: CheckInView): Card {
  const values = view.answer === null ? null : inputsOf(questionsOf(view), view.answer.answers);
  return formCard(templates, view, values === null ? null : { values, errors: [] });
}

/** Ways not to answer now. */
export function notNowCard(templates: CardTemplates, view: CheckInView): Card {
  return noticeCard(templates, {
    title: "Not now",
    about: teamInWords(view.team),
    sections: [{ lines: [`The check-in is open until ${closesInWords(view.round, view.settings.zone, view.today)}.`] }],
    footer: footerOf(view),
    actions: [
      button(view, "Remind me tomorrow", "checkIn.remindTomorrow"),
      button(view, "Skip this round", "checkIn.skip"),
      button(view, "I'm away", "checkIn.away"),
      button(view, "Back to the questions", "checkIn.open"),
    ],
  });
}

/** Asks until when somebody is away. */
export function awayCard(templates: CardTemplates, view: CheckInView): Card {
  return questionsCard(templates, {
    title: "Away until",
    about: teamInWords(view.team),
    intro: "You get no cards up to and including that day. If you have a deputy, this card goes to them.",
    sections: [{ fields: [lastDayAway(view.today)] }],
    footer: sentBy(view.network),
    actions: [
      button(view, "Set", "checkIn.setAway", { style: "positive" }),
      button(view, "Back to the questions", "checkIn.open", { inputs: "none" }),
    ],
  });
}

/** A team that sits this round out. */
export function skippedCard(templates: CardTemplates, view: CheckInView): Card {
  const until = closesInWords(view.round, view.settings.zone, view.today);
  return noticeCard(templates, {
    title: "Skipped this time",
    about: teamInWords(view.team),
    sections: [{ lines: [`Nothing more comes about this check-in. You can still answer until ${until}.`] }],
    footer: footerOf(view),
    actions: [button(view, "Answer after all", "checkIn.open")],
  });
}

/** A round that is over; `nextOpensOn` is null when no date is set. */
export function closedCard(templates: CardTemplates, view: CheckInView, nextOpening: string | null): Card {
  const next = nextOpening === null ? "" : ` The next one opens on ${nextOpening}.`;
  const said =
    view.answer === null ? "It closed without an answer from your team; that's all right." : "Your team's answer counts.";
  return noticeCard(templates, {
    title: "This check-in has closed",
    about: teamInWords(view.team),
    sections: [
      { lines: [...requestLines(view), `${said}${next}`] },
      ...(view.answer === null ? [] : [{ heading: "What was recorded", lines: recorded(view) }]),
    ],
    footer: footerOf(view),
  });
}

/** What becomes of a card whose reader has no more to do with the team: it says nothing of it. */
export function noLongerYoursCard(templates: CardTemplates, network: string): Card {
  return noticeCard(templates, {
    title: "This card is no longer yours",
    sections: [{ lines: ["The roster has somebody else for this team now. There is nothing left to do here."] }],
    footer: sentBy(network),
  });
}

/** What was recorded, in words. */
export function recorded(view: CheckInView): string[] {
  if (view.answer === null) return [];
  return [
    ...answerLines(loadQuestionSet(view.round.questionSet).questions, view.answer.answers, wordsOf(view), view.answer.carried),
    `WTE in post: ${postsInWords(view.answer.posts, rolesOf(view.answer.posts))}`,
  ];
}

/** The optional second card: the round's theme. */
export function detailsCard(templates: CardTemplates, view: CheckInView, filled: Filled | null): Card {
  const theme = themeOf(view.round);
  const values = filled?.values ?? (view.details === null ? {} : inputsOf(theme.questions, view.details.answers));
  const errors = filled?.errors ?? [];
  const context: FieldContext = { roles: rolesOf(view.team.posts), words: wordsOf(view), values, errors };
  return questionsCard(templates, {
    title: theme.title,
    about: teamInWords(view.team),
    intro: "This round's extra questions. All of it is optional.",
    notice: noticeOf(errors, view.details !== null),
    sections: theme.questions.map((question) => questionSection(question, context)),
    footer: footerOf(view),
    actions: [button(view, "Send", "checkIn.details", { style: "positive" })],
  });
}

/** Thanks for the second card. */
export function detailsDoneCard(templates: CardTemplates, view: CheckInView): Card {
  const theme = themeOf(view.round);
  const lines = view.details === null ? [] : answerLines(theme.questions, view.details.answers, wordsOf(view));
  return noticeCard(templates, {
    title: `${theme.title}: thank you`,
    about: teamInWords(view.team),
    sections: [{ lines: lines.length === 0 ? ["Nothing was filled in."] : lines }],
    footer: footerOf(view),
    actions: view.round.closedAt === null ? [button(view, "Change answer", "checkIn.changeDetails")] : [],
  });
}
