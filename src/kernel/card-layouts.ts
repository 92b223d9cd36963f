import type { Card, CardTemplates } from "./cards.ts";
import type { LocalDate } from "./time.ts";

/** A button that comes back to the bot as a verb. */
export interface CardAction {
  readonly title: string;
  readonly verb: string;
  /** What comes with the verb besides the inputs. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly style?: "positive" | "destructive";
  /** "none" for a button that works whatever is typed or missing. */
  readonly inputs?: "auto" | "none";
}

/** A button that opens a page in the browser and sends nothing. */
export interface CardLink {
  readonly title: string;
  /** Begins with https://, or with http:// in local mode. */
  readonly url: string;
}

export interface CardField {
  readonly kind: "choice" | "choices" | "number" | "text" | "date";
  readonly id: string;
  readonly label: string;
  readonly value?: string | number | null;
  readonly required?: boolean;
  readonly min?: number | string | null;
  /** Largest number, or greatest length of a text. */
  readonly max?: number | null;
  readonly choices?: readonly { readonly title: string; readonly value: string }[];
  readonly style?: "expanded" | "compact";
  readonly placeholder?: string | null;
  /** Shown by the client when what is typed can't be sent. */
  readonly errorMessage?: string | null;
  /** What the server had to say about the last try. */
  readonly error?: string | null;
  readonly aside?: string | null;
}

export interface QuestionsCard {
  readonly title: string;
  /** Names of people and teams go here or into other plain parts, which read no markdown. */
  readonly about?: string | null;
  readonly intro?: string | null;
  readonly notice?: string | null;
  readonly sections: readonly { readonly heading?: string | null; readonly fields: readonly CardField[] }[];
  /** Whole-time equivalents: shown as text, changed on demand. */
  readonly posts?: { readonly text: string; readonly open: boolean; readonly fields: readonly CardField[] } | null;
  readonly footer?: string | null;
  readonly actions: readonly CardAction[];
  /** The page of the tab that shows more, for a button after the others. */
  readonly tab?: string;
}

export interface NoticeCard {
  readonly title: string;
  readonly about?: string | null;
  readonly highlight?: {
    readonly style: "good" | "warning" | "attention" | "accent" | "emphasis";
    readonly title: string;
    readonly text?: string | null;
  } | null;
  readonly sections?: readonly {
    readonly heading?: string | null;
    readonly lines: readonly string[];
    readonly separator?: boolean;
  }[];
  readonly footer?: string | null;
  /** They come before the actions. */
  readonly links?: readonly CardLink[];
  readonly actions?: readonly CardAction[];
  /** The page of the tab that shows more, for a button after the others. */
  readonly tab?: string;
}

/** The field "until" of a card that asks until when somebody is away; `today` is the first day on offer. */
export function lastDayAway(today: LocalDate): CardField {
  return {
    kind: "date",
    id: "until",
    label: "Last day away",
    required: true,
    min: today.toString(),
    errorMessage: "Choose the last day you are away.",
  };
}

/** A card that asks: the layout "questions". */
export function questionsCard(templates: CardTemplates, card: QuestionsCard): Card {
  return templates.render("questions", {
    ...withDefaults(card),
    intro: card.intro ?? null,
    notice: card.notice ?? null,
    posts: card.posts ? { ...card.posts, fields: card.posts.fields.map(fieldData) } : null,
    sections: card.sections.map((section) => ({
      heading: section.heading ?? null,
      fields: section.fields.map(fieldData),
    })),
    actions: card.actions.map(actionData),
    tab: tabLinks(templates, card.tab),
  });
}

/** A card that tells: the layout "notice". */
export function noticeCard(templates: CardTemplates, card: NoticeCard): Card {
  return templates.render("notice", {
    ...withDefaults(card),
    highlight: card.highlight ? { ...card.highlight, text: card.highlight.text ?? null } : null,
    sections: (card.sections ?? []).map((section) => ({
      heading: section.heading ?? null,
      separator: section.separator ?? false,
      lines: section.lines,
    })),
    links: card.links ?? [],
    actions: (card.actions ?? []).map(actionData),
    tab: tabLinks(templates, card.tab),
  });
}

/** What the button says that opens a page of the tab. */
const tabButton = "Open in Steady";

/** The card without the button that opens the tab, for people whom Teams can't reach: they have none. */
export function withoutTab(card: Card): Card {
  const { actions } = card;
  return Array.isArray(actions) ? { ...card, actions: actions.filter((action) => !isTabButton(action)) } : card;
}

function isTabButton(action: unknown): boolean {
  if (typeof action !== "object" || action === null || !("type" in action) || !("title" in action)) return false;
  return action.type === "Action.OpenUrl" && action.title === tabButton;
}

function tabLinks({ tabLink }: CardTemplates, page: string | undefined): CardLink[] {
  const url = page === undefined ? null : (tabLink?.(page) ?? null);
  return url === null ? [] : [{ title: tabButton, url }];
}

// Templates leave a placeholder standing for what is missing, so everything optional is given as null.
function withDefaults(card: { title: string; about?: string | null; footer?: string | null }) {
  const about = card.about ?? null;
  return {
    title: card.title,
    about,
    footer: card.footer ?? null,
    fallbackText: about === null ? card.title : `${card.title}: ${about}`,
  };
}

function fieldData(field: CardField) {
  return {
    kind: field.kind,
    id: field.id,
    label: field.label,
    value: valueOf(field),
    required: field.required ?? false,
    min: field.min ?? null,
    max: field.max ?? null,
    choices: field.choices ?? null,
    style: field.style ?? "expanded",
    placeholder: field.placeholder ?? null,
    errorMessage: field.errorMessage ?? null,
    error: field.error ?? null,
    aside: field.aside ?? null,
  };
}

// The card format takes numbers in number inputs and text in all others, and a client may refuse the rest.
function valueOf({ kind, value }: CardField): string | number | null {
  if (value === undefined || value === null) return null;
  if (kind !== "number") return String(value);
  const number = typeof value === "string" && value.trim() === "" ? NaN : Number(value);
  return Number.isFinite(number) ? number : null;
}

function actionData(action: CardAction) {
  return {
    title: action.title,
    verb: action.verb,
    // The verb travels in the data too: clients that can't do Action.Execute send the data alone.
    data: { ...action.data, verb: action.verb },
    style: action.style ?? null,
    inputs: action.inputs ?? "auto",
  };
}
