import { z } from "zod";
import type { Calendar } from "../../features/meetings/calendar.ts";
import { success, userPath, type CalendarCalls } from "./calendar-calls.ts";

const Copies = z.object({
  value: z.array(
    z.object({
      id: z.string(),
      isCancelled: z.boolean().nullish(),
      responseStatus: z.object({ response: z.string().nullish() }).nullish(),
    }),
  ),
});

const actions = {
  accepted: { name: "accept", response: "accepted" },
  tentative: { name: "tentativelyAccept", response: "tentativelyAccepted" },
  declined: { name: "decline", response: "declined" },
} as const;

/** Answers invitations in members' own calendars, where their copies are found by what all copies of an event share. */
export function calendarAnswers({ attempt, get, act }: CalendarCalls): Pick<Calendar, "answer"> {
  return {
    answer: (member, iCalUid, answer) =>
      attempt(async () => {
        const filter = encodeURIComponent(`iCalUId eq '${iCalUid.replaceAll("'", "''")}'`);
        const events = `${userPath(member)}/events`;
        const query = `$filter=${filter}&$select=id,isCancelled,responseStatus`;
        const { value } = await get(member, `${events}?${query}`, Copies);
        const copy = value.find(({ isCancelled }) => isCancelled !== true);
        if (copy === undefined) return { ok: false, fault: { kind: "gone", detail: "no copy of the event" } };
        const { name, response } = actions[answer];
        // The organiser need not get the same answer twice.
        if (copy.responseStatus?.response === response) return success(null);
        // Without the response that is sent, the organiser's event never learns of the answer.
        await act(member, `${events}/${encodeURIComponent(copy.id)}/${name}`, { sendResponse: true });
        return success(null);
      }),
  };
}
