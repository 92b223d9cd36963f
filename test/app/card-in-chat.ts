import type { ChatMessage, ClientOutcome, TeamsClient } from "../../src/local/connector/index.ts";

type Node = Readonly<Record<string, unknown>>;

function nodesOf(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (typeof value !== "object" || value === null) return [];
  const node = value as Node;
  return [node, ...Object.entries(node).flatMap(([key, child]) => (key === "fallback" || key === "data" ? [] : nodesOf(child)))];
}

/** What a card says and holds, wherever it is shown. */
export interface LookedCard {
  /** All that it says, a line for each text. */
  readonly text: string;
  readonly buttons: readonly string[];
  /** What its inputs hold before anybody types. */
  readonly inputs: Readonly<Record<string, string>>;
  /** What a press of this button sends; inputs are left as they are unless something is typed into them. */
  pressed(
    button: string,
    typed: Readonly<Record<string, string | number>>,
  ): { readonly verb: string; readonly data: Record<string, unknown>; readonly inputs: Record<string, string> };
}

/** Looks at a card. */
export function looked(card: unknown): LookedCard {
  const nodes = nodesOf(card);
  const buttons = nodes.filter((node) => node["type"] === "Action.Execute");
  const inputs = Object.fromEntries(
    nodes
      .filter((node) => String(node["type"]).startsWith("Input.") && node["value"] !== undefined)
      .map((node) => [String(node["id"]), String(node["value"])]),
  );
  return {
    text: nodes
      .flatMap((node) => [node["text"], node["label"], node["title"]])
      .filter((text) => typeof text === "string")
      .join("\n"),
    buttons: buttons.map((node) => String(node["title"])),
    inputs,
    pressed(title, typed) {
      const button = buttons.find((node) => node["title"] === title);
      if (button === undefined) throw new Error(`There is no button "${title}", only ${buttons.map((node) => node["title"]).join(", ")}`);
      const values = Object.fromEntries(Object.entries({ ...inputs, ...typed }).map(([id, value]) => [id, String(value)]));
      const data = button["data"] as Record<string, unknown>;
      return { verb: String(button["verb"]), data, inputs: button["associatedInputs"] === "none" ? {} : values };
    },
  };
}

/** A card in somebody's chat, as a test looks at it and presses its buttons. */
export interface CardInChat extends LookedCard {
  readonly message: ChatMessage;
  /** Types into some inputs, leaves the others as they are, and presses a button. */
  press(button: string, typed?: Readonly<Record<string, string | number>>, as?: "Action.Execute" | "Action.Submit"): Promise<ClientOutcome>;
}

/** Looks at a message's card. */
export function cardIn(client: TeamsClient, message: ChatMessage): CardInChat {
  const look = looked(message.card);
  return {
    ...look,
    message,
    async press(title, typed = {}, as = "Action.Execute") {
      const { verb, data, inputs } = look.pressed(title, typed);
      return client.press(message.id, { type: as, verb, data }, inputs);
    },
  };
}
