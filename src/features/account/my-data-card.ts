import { noticeCard } from "../../kernel/card-layouts.ts";
import type { Card, CardTemplates } from "../../kernel/cards.ts";
import type { PersonalData } from "./ports.ts";

/** Lines on one card; a line is seldom longer than 300 characters, so that a card stays far below what Teams takes. */
const linesPerCard = 25;

/** All that is kept about somebody, in words, over as many cards as it takes. */
export function myDataCards(
  templates: CardTemplates,
  parts: readonly Pick<PersonalData, "name" | "label">[],
  data: Readonly<Record<string, readonly object[]>>,
): Card[] {
  const lines = parts.flatMap(({ name, label }) => {
    const rows = data[name] ?? [];
    return rows.length === 0 ? [{ label, line: "Nothing." }] : rows.map((row) => ({ label, line: inWords(row) }));
  });
  const pages = Array.from({ length: Math.ceil(lines.length / linesPerCard) }, (_, page) =>
    lines.slice(page * linesPerCard, (page + 1) * linesPerCard),
  );
  return pages.map((page, index) =>
    noticeCard(templates, {
      title: pages.length === 1 ? "What is kept about you" : `What is kept about you, ${index + 1} of ${pages.length}`,
      sections: [...Map.groupBy(page, ({ label }) => label)].map(([heading, items]) => ({
        heading,
        lines: items.map(({ line }) => line),
      })),
      footer:
        "Sent by Steady; only you see this card. The record of cards sent to you and of what you did here as a lead isn't listed. To erase what you answered, write “delete my data”.",
    }),
  );
}

/** "Team: Camden; opens on: 2026-11-24; answers: feeling: busy, new people: link worker 27". Ids and blanks are left out. */
function inWords(row: object): string {
  const entries = Object.entries(row).flatMap(([key, value]) => {
    const text = key === "id" ? "" : valueInWords(value);
    return text === "" ? [] : [`${keyInWords(key)}: ${text}`];
  });
  const line = entries.join("; ");
  return line.charAt(0).toUpperCase() + line.slice(1);
}

function valueInWords(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string" || typeof value === "number") return String(value);
  if (Array.isArray(value)) return value.map(valueInWords).join(", ");
  if (typeof value !== "object") return "";
  if ("name" in value) return valueInWords(value.name);
  return Object.entries(value)
    .map(([key, inner]) => `${keyInWords(key)} ${valueInWords(inner)}`)
    .join(", ");
}

function keyInWords(key: string): string {
  return key
    .replace(/_+/g, " ")
    .replace(/([A-Z])/g, " $1")
    .toLowerCase();
}
