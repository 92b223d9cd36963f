import type { RequestResource } from "../../features/check-ins/contract.ts";
import { day } from "../parts/dates.ts";

/** With whom a request is, as a sentence. @param me the id of whoever reads it */
export function holderInWords({ state, owner }: Pick<RequestResource, "state" | "owner">, me: string): string {
  const isMine = owner.id === me;
  switch (state) {
    case "open":
      return `With ${isMine ? "you" : owner.name}, not taken yet.`;
    case "taken":
      return `${isMine ? "You have" : `${owner.name} has`} taken this on.`;
    case "done":
      return `${isMine ? "You have" : `${owner.name} has`} marked this as done.`;
    case "withdrawn":
      return "The team no longer asks for this.";
  }
}

/** By when an unfinished request is due, as a sentence. */
export function dueInWords({ dueOn, isOverdue }: Pick<RequestResource, "dueOn" | "isOverdue">): string {
  return isOverdue ? `Was due by ${day(dueOn)}.` : `Due by ${day(dueOn)}.`;
}

/** True once nobody waits for anything any more. */
export function isOver({ state }: Pick<RequestResource, "state">): boolean {
  return state === "done" || state === "withdrawn";
}
