import { z } from "zod";
import type { AuditEntry } from "../../features/settings/contract.ts";
import { draftOf, type Draft } from "./drafts.ts";
import { type FieldInfo, settingsPages } from "./fields.ts";

const Changed = z.object({ changed: z.record(z.string(), z.record(z.string(), z.unknown())) });
const fields = settingsPages.flatMap(({ groups }) => groups.flatMap((group) => group.fields));

const Removed = z.object({ removed: z.record(z.string(), z.number()) });

/** "Second cards: 12". What retention names in its own way reads as it is written there. */
function removedInWords(detail: unknown): string[] {
  const { removed } = Removed.catch({ removed: {} }).parse(detail);
  return Object.entries(removed).map(([kind, count]) => {
    const words = kind.replace("checkIns", "check-ins").replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
    return `${words.charAt(0).toUpperCase()}${words.slice(1)}: ${count.toLocaleString("en-GB")}`;
  });
}

/**
 * What settings became in a change of them, a line for each: "Smallest group shown: 12 people"; and of what retention
 * deleted, how much of what.
 */
export function changesInWords({ action, detail }: Pick<AuditEntry, "action" | "detail">): string[] {
  if (action === "retention.forget") return removedInWords(detail);
  const parsed = Changed.safeParse(detail);
  if (action !== "settings.change" || !parsed.success) return [];
  const { changed } = parsed.data;
  return fields.flatMap((field) => {
    if (!isIn(changed, field.path.split("."))) return [];
    return [`${field.label}: ${inWords(field, draftOf(changed, field))}`];
  });
}

function isIn(values: unknown, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return true;
  if (typeof values !== "object" || values === null || !Object.hasOwn(values, key)) return false;
  return isIn(Object.entries(values).find(([name]) => name === key)?.[1], rest);
}

function inWords({ kind }: FieldInfo, draft: Draft): string {
  if (typeof draft === "boolean") return draft ? "yes" : "no";
  if (typeof draft === "object" && "low" in draft) return draft.low === "" ? "none" : `${draft.low} to ${draft.high}`;
  if (typeof draft === "object") return draft.map((row) => Object.values(row).filter((cell) => cell !== "").join(", ")).join("; ") || "none";
  if (kind.kind === "choice") return kind.choices.find(([value]) => String(value) === draft)?.[1] ?? draft;
  if (draft === "") return "empty";
  return kind.kind === "number" ? `${draft} ${kind.unit}` : draft.replaceAll("\n", ", ");
}
