import type { EvidenceFigure } from "../../features/evidence/contract.ts";
import { number } from "../parts/words.ts";

/** What stands after a figure's number. */
const unitWords: Readonly<Record<EvidenceFigure["unit"], string>> = {
  people: " people",
  WTE: " WTE",
  teams: " teams",
  "of the guide's top": "",
  "points of 100": " of 100",
  percent: "%",
};

/** A figure with its unit: "499 people", "0.93" for a load; "Not shown" where it is withheld. */
export function valueInWords({ value, unit }: Pick<EvidenceFigure, "value" | "unit">): string {
  if (value === null) return "Not shown";
  if (value === 1 && unit === "people") return "1 person";
  if (value === 1 && unit === "teams") return "1 team";
  return `${number(value)}${unitWords[unit]}`;
}
