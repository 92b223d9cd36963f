import type { TeamHistory } from "../../features/check-ins/contract.ts";

/** The questions that some openings answered, each once, in the order in which cards ask them, with their latest words. */
export function questionsOf(history: TeamHistory["history"]): { readonly id: string; readonly words: string }[] {
  const words = new Map(history.flatMap(({ answers }) => answers.map((answer) => [answer.question, answer.words] as const)));
  return [...words].map(([id, text]) => ({ id, words: text }));
}
