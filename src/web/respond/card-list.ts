import { renderCard } from "../cards/render.ts";
import type { PressOutcome, PressedAction } from "../cards/render.ts";
import { h } from "../dom.ts";
import type { Api, Failure, LinkedCard } from "./api.ts";
import { createCalendarButton } from "./calendar-button.ts";
import { afterPress } from "./words.ts";

export interface CardListDeps {
  readonly api: Api;
  announce(text: string): void;
  /** A press found that the link is over. */
  over(failure: Failure): void;
}

/** The page's cards, each with its own token. A card that was pressed is replaced in place; those that follow come below. */
export function createCardList(deps: CardListDeps, cards: readonly LinkedCard[]): HTMLElement {
  const list = h("div", { class: "cards" });
  const frames = new Map<string, HTMLElement>();

  const draw = ({ token, card }: Pick<LinkedCard, "token" | "card">): HTMLElement => {
    const frame = renderCard(card, { label: "Card", headingLevel: 2, press: (action) => press(token, action) });
    frame.setAttribute("aria-label", headingOf(frame));
    frames.get(token)?.replaceWith(frame);
    frames.set(token, frame);
    return frame;
  };
  const add = (more: readonly LinkedCard[]): HTMLElement[] =>
    more.filter(({ token }) => !frames.has(token)).map((one) => {
      const frame = draw(one);
      list.append(frame, ...(one.hasCalendarFile ? [createCalendarButton(deps.api, one.token, deps.announce)] : []));
      return frame;
    });

  const press = async (token: string, action: PressedAction): Promise<PressOutcome> => {
    const answer = await deps.api.press(token, asTeamsSendsIt(action));
    // Another link was opened meanwhile.
    if (!list.isConnected) return { kind: "done" };
    if (!answer.ok) {
      if (answer.trouble === "over") deps.over(answer);
      return { kind: "error", text: afterPress(answer) };
    }
    const { reply, more } = answer.value;
    const replaced = reply.kind === "card" ? draw({ token, card: reply.card }) : null;
    const added = add(more);
    if (replaced !== null) goTo(replaced);
    const news = replaced === null ? [] : [`Card updated: ${headingOf(replaced)}`];
    news.push(...added.map((frame) => `Another card follows below: ${headingOf(frame)}`));
    if (news.length > 0) deps.announce(news.join(". "));
    if (reply.kind === "card") return { kind: "done" };
    return { kind: reply.kind === "refused" ? "error" : "message", text: reply.text };
  };

  add(cards);
  return list;
}

function headingOf(frame: HTMLElement): string {
  const text = frame.querySelector("[role=heading]")?.textContent.trim() ?? "";
  return text === "" ? "Card from Steady" : text;
}

/** Whoever was in the old card goes on at the start of the new one, which is scrolled to when it isn't in sight. */
function goTo(frame: HTMLElement): void {
  frame.focus({ preventScroll: true });
  const { top } = frame.getBoundingClientRect();
  if (top < 0 || top > innerHeight / 2) frame.scrollIntoView({ block: "start" });
}

/** Teams lays what was typed over the button's own data, in one object. */
function asTeamsSendsIt({ verb, data, inputs }: PressedAction) {
  const own = typeof data === "object" && data !== null ? data : {};
  return { verb: verb ?? "", data: { ...own, ...inputs } };
}
