import type { ChatMessage, ClientOutcome, TeamsClient } from "../../src/local/connector/index.ts";

type Node = Readonly<Record<string, unknown>>;

function nodesOf(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (typeof value !== "object" || value === null) return [];
  const node = value as Node;
  return [node, ...Object.entries(node).flatMap(([key, child]) => (key === "fallback" || key === "data" ? [] : nodesOf(child)))];
}

/** A card in somebody's chat, as a test looks at it and presses its buttons. */
export interface CardInChat {
  readonly message: ChatMessage;
  /** All that it says, a line for each text. */
  readonly text: string;
  readonly buttons: readonly string[];
  /** What its inputs hold before anybody types. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Types into some inputs, leaves the others as they are, and presses a button. */
  press(button: string, typed?: Readonly<Record<string, string | number>>, as?: "Action.Execute" | "Action.Submit"): Promise<ClientOutcome>;
}

/** Looks at a message's card. */
export function cardIn(client: TeamsClient, message: ChatMessage): CardInChat {
  const nodes = nodesOf(message.card);
  const buttons = nodes.filter((node) => node["type"] === "Action.Execute");
  const inputs = Object.fromEntries(
    nodes
      .filter((node) => String(node["type"]).startsWith("Input.") && node["value"] !== undefined)
      .map((node) => [String(node["id"]), String(node["value"])]),
  );
  return {
    message,
    text: nodes
      .flatMap((node) => [node["text"], node["label"], node["title"]])
      .filter((text) => typeof text === "string")
      .join("\n"),
    buttons: buttons.map((node) => String(node["title"])),
    inputs,
    async press(title, typed = {}, as = "Action.Execute") {
      const button = buttons.find((node) => node["title"] === title);
      if (button === undefined) throw new Error(`There is no button "${title}", only ${buttons.map((node) => node["title"]).join(", ")}`);
      const values = Object.fromEntries(Object.entries({ ...inputs, ...typed }).map(([id, value]) => [id, String(value)]));
      const sent = button["associatedInputs"] === "none" ? {} : values;
      const data = button["data"] as Record<string, unknown>;
      return client.press(message.id, { type: as, verb: String(button["verb"]), data }, sent);
    },
  };
}
