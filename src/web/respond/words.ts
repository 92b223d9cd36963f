import type { Failure, LinkedCard, Trouble } from "./api.ts";

export interface Explained {
  readonly heading: string;
  readonly sentence: string;
}

export const incomplete: Explained = {
  heading: "This address is incomplete",
  sentence: "Open the link from your e-mail again, or copy the whole of it.",
};

const explained: Readonly<Record<Trouble, Explained>> = {
  wrong: {
    heading: "This link isn't right",
    sentence: "Open the link from your e-mail again, or copy the whole of it.",
  },
  over: { heading: "This link no longer works", sentence: "It has expired, or a newer one has taken its place." },
  busy: { heading: "That was a lot at once", sentence: "Wait a minute, then try again." },
  refused: { heading: "This card can't be opened", sentence: "Steady has refused to open it. Try again later." },
  broken: { heading: "Something went wrong", sentence: "Steady couldn't open your card. Try again in a moment." },
  silent: { heading: "Steady can't be reached", sentence: "Check your connection, then try again." },
};

/** Why a page can't be shown. The server's own sentence, where it has one to give, knows more than ours. */
export function explain({ trouble, detail }: Failure): Explained {
  const { heading, sentence } = explained[trouble];
  return { heading, sentence: trouble === "broken" ? sentence : (detail ?? sentence) };
}

/** Why something that was asked for in the page didn't happen, in one or two sentences. */
export function inShort(failure: Failure): string {
  const { trouble } = failure;
  if (trouble === "silent") return "No answer came. Check your connection, then try again.";
  if (trouble === "broken") return "Something went wrong at Steady's end. Try again in a moment.";
  if (trouble === "refused") return failure.detail ?? "Steady has refused this.";
  return explain(failure).sentence;
}

/** The same for a pressed button of a card: what was typed is still there. */
export function afterPress(failure: Failure): string {
  const { trouble } = failure;
  return trouble === "silent" || trouble === "broken"
    ? `${inShort(failure)} What you filled in is still here.`
    : inShort(failure);
}

/** "Tuesday 1 December", with the year when it isn't this one. */
export function dayInWords(isoDate: string): string {
  const date = new Date(`${isoDate}T00:00:00Z`);
  const part = (options: Intl.DateTimeFormatOptions) => date.toLocaleDateString("en-GB", { ...options, timeZone: "UTC" });
  const year = date.getUTCFullYear() === new Date().getFullYear() ? "" : ` ${date.getUTCFullYear()}`;
  return `${part({ weekday: "long" })} ${part({ day: "numeric" })} ${part({ month: "long" })}${year}`;
}

const names: readonly (readonly [RegExp, string])[] = [
  [/^checkIn\./, "Your check-in"],
  [/^meeting\./, "Your meeting"],
  [/^pulse\./, "Your pulse survey"],
];

/** What the page is about, by the first card that has a button of a kind that is known. */
export function nameOf(cards: readonly LinkedCard[]): string {
  const verbs = cards.flatMap(({ card }) => verbsIn(card));
  return names.find(([kind]) => verbs.some((verb) => kind.test(verb)))?.[1] ?? "Your card";
}

function verbsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(verbsIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    key === "verb" && typeof inner === "string" ? [inner] : verbsIn(inner),
  );
}
