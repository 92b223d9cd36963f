import { backoffSeconds } from "../deliveries/model.ts";
import type { CalendarFault } from "./calendar.ts";

/** What becomes of work on a calendar that failed: another try after some seconds, or the end with a reason in words. */
export type Setback =
  | { readonly kind: "again"; readonly afterSeconds: number; readonly reason: string }
  | { readonly kind: "failed"; readonly reason: string };

/** Tries before a person has to look: with the waits between them, about three hours. */
const mostAttempts = 12;
/** The longest wait between two tries, in seconds. */
const longestWait = 1_800;

/**
 * Decides what to do about a calendar's fault.
 * @param attempt how many tries failed before this one
 * @param random a number from 0 to 1
 */
export function setbackOf(fault: CalendarFault, attempt: number, random: number): Setback {
  switch (fault.kind) {
    case "again":
    case "changed": {
      if (attempt + 1 >= mostAttempts) {
        return { kind: "failed", reason: `The calendar was busy or out of reach each of the ${mostAttempts} times we tried.` };
      }
      const wait = Math.min(longestWait, backoffSeconds(attempt + 1, random));
      const asked = fault.kind === "again" ? fault.afterSeconds : 0;
      return { kind: "again", afterSeconds: asked === null ? wait : asked + random, reason: "The calendar was busy; trying again." };
    }
    case "gone":
      return { kind: "failed", reason: "The meeting isn't in the organiser's calendar any more. Cancel it here too, or book it again." };
    case "too-many":
      return { kind: "failed", reason: "The calendar takes 500 people at most." };
    case "refused":
      return { kind: "failed", reason: `The calendar refused it (${fault.detail}). An admin has to look at the organiser's mailbox and the app's permission.` };
  }
}
