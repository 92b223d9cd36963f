import type { MeetingResource } from "../../features/meetings/contract.ts";

/** "31 yes, 4 maybe, 12 no, 23 without an answer", and who waits for a place. */
export function rsvpsInWords({ yes, maybe, no, none, waiting }: MeetingResource["rsvps"]): string {
  const parts = [`${yes} yes`, `${maybe} maybe`, `${no} no`, `${none} without an answer`];
  return [...parts, ...(waiting === 0 ? [] : [`${waiting} waiting for a place`])].join(", ");
}
