import { Temporal } from "../../kernel/time.ts";
import type { HelpRequest } from "./model.ts";

/** Sorts a team's requests: what is more than it can do safely comes first, then what is due first. */
export function byUrgency(a: HelpRequest, b: HelpRequest): number {
  const isUnsafe = (request: HelpRequest) => Number(request.reasons.includes("unsafe"));
  return isUnsafe(b) - isUnsafe(a) || Temporal.PlainDate.compare(a.dueOn, b.dueOn);
}

/** True while nobody has closed a request. */
export function isUnfinished({ state }: Pick<HelpRequest, "state">): boolean {
  return state === "open" || state === "taken";
}
