import { z } from "zod";

export const adaptiveCardType = "application/vnd.microsoft.card.adaptive";

/** The people for whom Teams refreshes a card by itself, at most. */
const maxRefreshUsers = 60;

const elementTypes = new Set([
  "TextBlock",
  "Image",
  "Media",
  "RichTextBlock",
  "TextRun",
  "Container",
  "ColumnSet",
  "Column",
  "FactSet",
  "ImageSet",
  "ActionSet",
  "Table",
  "TableRow",
  "TableCell",
  "Input.Text",
  "Input.Number",
  "Input.Date",
  "Input.Time",
  "Input.Toggle",
  "Input.ChoiceSet",
]);
const actionTypes = new Set([
  "Action.Execute",
  "Action.Submit",
  "Action.OpenUrl",
  "Action.ShowCard",
  "Action.ToggleVisibility",
]);
const elementLists = ["body", "items", "columns", "rows", "cells", "images", "inlines"];
const actionLists = ["actions", "inlineAction", "selectAction"];

const JsonObject = z.record(z.string(), z.unknown());
const List = z.union([z.array(z.unknown()), z.unknown().transform((one) => (one === undefined ? [] : [one]))]);

const Root = z.looseObject({
  type: z.literal("AdaptiveCard", "a card's type must be \"AdaptiveCard\""),
  version: z
    .string("a card needs a version")
    .regex(/^1\.[0-5]$/, "Teams shows Adaptive Cards of version 1.5 and below"),
  body: z.array(z.unknown(), "a card's body must be a list").optional(),
  refresh: z
    .looseObject({
      userIds: z
        .array(z.string())
        .max(maxRefreshUsers, `refresh.userIds holds at most ${maxRefreshUsers} people`)
        .optional(),
    })
    .optional(),
});

/** Looks through a card's parts; answers what is wrong with the first bad one. Collects inputs' ids on the way. */
function faultIn(part: unknown, known: ReadonlySet<string>, inputIds: Set<string>): string | null {
  const parsed = JsonObject.safeParse(part);
  if (!parsed.success) return "every part of a card must be an object";
  const { type, fallback, id } = parsed.data;
  if (typeof type === "string" && !known.has(type) && fallback !== undefined) {
    return fallback === "drop" ? null : faultIn(fallback, known, inputIds);
  }
  if (typeof type !== "string" || !known.has(type)) {
    return `"${String(type)}" isn't a type that Teams knows in this place`;
  }
  if (type.startsWith("Input.")) {
    if (typeof id !== "string" || id === "") return `${type} needs an id`;
    if (inputIds.has(id)) return `two inputs have the id "${id}"`;
    inputIds.add(id);
  }
  if (type === "Action.ShowCard") return faultInParts(JsonObject.catch({}).parse(parsed.data["card"]), inputIds);
  return faultInParts(parsed.data, inputIds);
}

/** The children of one part, which are elements or actions by the property that holds them. */
function faultInParts(part: Readonly<Record<string, unknown>>, inputIds: Set<string>): string | null {
  const lists = [
    [elementLists, elementTypes],
    [actionLists, actionTypes],
  ] as const;
  for (const [names, known] of lists) {
    // A table's columns are widths, not elements.
    const held = names.filter((name) => name !== "columns" || part["type"] !== "Table");
    for (const child of held.flatMap((name) => childrenIn(part, name))) {
      // A column, a row and a cell may leave their type out: the list that holds them says it.
      const typed = known === elementTypes ? withImpliedType(child, part) : child;
      const fault = faultIn(typed, known, inputIds);
      if (fault !== null) return fault;
    }
  }
  return null;
}

/** What a property holds; plain text among inlines is left out, because it can't be wrong. */
function childrenIn(part: Readonly<Record<string, unknown>>, name: string): readonly unknown[] {
  const children = List.parse(part[name]);
  return name === "inlines" ? children.filter((child) => typeof child !== "string") : children;
}

function withImpliedType(child: unknown, parent: Readonly<Record<string, unknown>>): unknown {
  const parsed = JsonObject.safeParse(child);
  if (!parsed.success || parsed.data["type"] !== undefined) return child;
  const implied = { ColumnSet: "Column", Table: "TableRow", TableRow: "TableCell", ImageSet: "Image" };
  const type = Object.entries(implied).find(([name]) => name === parent["type"])?.[1];
  return type === undefined ? child : { ...parsed.data, type };
}

/**
 * Checks a card as far as Teams would notice: version, element and action types, unique input ids, size of the refresh
 * list. Answers null when it is fine, otherwise a clause that says what is wrong.
 */
export function faultOfCard(card: unknown): string | null {
  const parsed = Root.safeParse(card);
  if (!parsed.success) return parsed.error.issues[0]?.message ?? "the card isn't valid";
  return faultInParts(parsed.data, new Set());
}
