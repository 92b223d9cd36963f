import {
  type Action,
  AdaptiveCard,
  CardObjectRegistry,
  ExecuteAction,
  GlobalRegistry,
  GlobalSettings,
  OpenUrlAction,
  SerializationContext,
  SubmitAction,
  Table,
  Versions,
} from "adaptivecards";
import type { CardElement } from "adaptivecards";
import { h, setAttribute } from "../dom.ts";
import { createHostConfig } from "./host-config.ts";
import { BlankableNumberInput, SeparateChoiceSetInput } from "./inputs.ts";
import { markdownToHtml } from "./markdown.ts";
import { keepMended } from "./mend.ts";

/** A button that was pressed: what the card says about it, and what the person typed. */
export interface PressedAction {
  readonly type: "Action.Execute" | "Action.Submit";
  readonly verb: string | null;
  /** As it stands in the card, without the inputs. */
  readonly data: unknown;
  /** By id; inputs that were left empty are not in it. */
  readonly inputs: Readonly<Record<string, string>>;
  /** The card's `fallback` of the action, for clients that don't know its type. */
  readonly fallback: unknown;
}

/** What came of it. A message or an error is shown below the card; the card itself is replaced by whoever drew it. */
export type PressOutcome =
  | { readonly kind: "done" }
  | { readonly kind: "message" | "error"; readonly text: string };

export interface CardHost {
  /** Names the card to people who don't see it. */
  readonly label: string;
  /** That of the card's headings in the page: 3 when left out. */
  readonly headingLevel?: number;
  press(action: PressedAction): Promise<PressOutcome>;
  /** Opens a link in a way of its own; false leaves it to a new browser tab, as does leaving this out. */
  openLink?(url: string): boolean;
}

const elements = new CardObjectRegistry<CardElement>();
GlobalRegistry.populateWithDefaultElements(elements);
elements.register("Input.Number", BlankableNumberInput);
elements.register("Input.ChoiceSet", SeparateChoiceSetInput);
elements.register("Table", Table, Versions.v1_5);

GlobalSettings.setTabIndexAtCardRoot = false;
AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdownToHtml(text);
  result.didProcess = true;
};

/** An action that asks the server for something. */
type Sending = ExecuteAction | SubmitAction;
const isSending = (action: Action): action is Sending => action instanceof ExecuteAction || action instanceof SubmitAction;

const property = (source: unknown, name: string): unknown =>
  typeof source === "object" && source !== null ? Object.entries(source).find(([key]) => key === name)?.[1] : undefined;

/**
 * Draws an Adaptive Card (its JSON). While a pressed button waits for its answer, it is marked busy, and no other press
 * of this card is sent: the buttons that would say so. What was typed stays where it is.
 */
export function renderCard(json: object, host: CardHost): HTMLElement {
  const sources = new Map<Action, unknown>();
  const context = new SerializationContext(Versions.v1_5);
  context.setElementRegistry(elements);
  context.onParseAction = (action, source: unknown) => sources.set(action, source);

  const card = new AdaptiveCard();
  card.hostConfig = createHostConfig(host.headingLevel ?? 3);
  card.parse(json, context);
  const notice = h("div", { class: "card-notice" });
  const frame = h("div", { class: "card", role: "group", "aria-label": host.label, tabindex: -1 });
  const drawn = card.render();
  frame.append(drawn ?? h("p", { class: "card-unreadable" }, "This card can't be shown here."), notice);
  if (drawn !== undefined) keepMended(drawn);

  let busy = false;
  const setBusy = (action: Sending, value: boolean) => {
    busy = value;
    const mark = value ? "true" : null;
    setAttribute(frame, "aria-busy", mark);
    // Never disabled, which would take the focus away.
    for (const { renderedElement: button } of [...sources.keys()].filter(isSending)) {
      if (button !== undefined) setAttribute(button, "aria-disabled", mark);
    }
    if (action.renderedElement !== undefined) setAttribute(action.renderedElement, "data-busy", mark);
  };
  const send = async (action: Sending) => {
    if (busy) return;
    setBusy(action, true);
    notice.replaceChildren();
    const outcome = await host.press(pressed(action, sources.get(action)));
    setBusy(action, false);
    if (outcome.kind === "done") return;
    const role = outcome.kind === "error" ? "alert" : "status";
    notice.replaceChildren(h("p", { class: `card-notice-text is-${outcome.kind}`, role }, outcome.text));
    notice.scrollIntoView({ block: "nearest" });
  };

  card.onExecuteAction = (action) => {
    if (action instanceof OpenUrlAction) openLink(action.url ?? "", host);
    else if (isSending(action)) void send(action);
  };
  card.onInlineCardExpanded = (action, open) => {
    if (open) action.card.renderedElement?.scrollIntoView({ block: "nearest" });
  };
  return frame;
}

function pressed(action: Sending, source: unknown): PressedAction {
  const inputs: Record<string, string> = {};
  for (const [id, input] of Object.entries(action.getReferencedInputs() ?? {})) {
    if (input.isSet()) inputs[id] = String(input.value);
  }
  const executes = action instanceof ExecuteAction;
  return {
    type: executes ? "Action.Execute" : "Action.Submit",
    verb: executes ? action.verb : null,
    data: property(source, "data"),
    inputs,
    fallback: property(source, "fallback"),
  };
}

function openLink(url: string, host: CardHost): void {
  if (!/^https?:\/\//i.test(url) || host.openLink?.(url) === true) return;
  window.open(url, "_blank", "noopener,noreferrer");
}
