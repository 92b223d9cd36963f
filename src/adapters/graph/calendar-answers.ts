import { z } from "zod";
import type { Calendar } from "../../features/meetings/calendar.ts";
import { success, userPath, type CalendarCalls } from "./calendar-calls.ts";
import { answerIn, Status } from "./calendar-events.ts";

const Copies = z.object({
  value: z.array(z.object({ id: z.string(), isCancelled: z.boolean().nullish(), responseStatus: Status })),
});

const actions = { accepted: "accept", tentative: "tentativelyAccept", declined: "decline" } as const;

/** Answers invitations in members' own calendars, where their copies are found by what all copies of an event share. */
export function calendarAnswers({ attempt, get, act }: CalendarCalls): Pick<Calendar, "answer"> {
  return {
    answer: (member, iCalUid, answer, isNewer) =>
      attempt(async () => {
        const filter = encodeURIComponent(`iCalUId eq '${iCalUid.replaceAll("'", "''")}'`);
        const events = `${userPath(member)}/events`;
        const query = `$filter=${filter}&$select=id,isCancelled,responseStatus`;
        const { value } = await get(member, `${events}?${query}`, Copies);
        const copy = value.find(({ isCancelled }) => isCancelled !== true);
        if (copy === undefined) return { ok: false, fault: { kind: "gone", detail: "no copy of the event" } };
        const there = answerIn(copy.responseStatus);
        // The organiser need not get the same answer twice.
        if (there.answer === answer || isNewer(there)) return success(null);
        // Without the response that is sent, the organiser's event never learns of the answer.
        await act(member, `${events}/${encodeURIComponent(copy.id)}/${actions[answer]}`, { sendResponse: true });
        return success(null);
      }),
  };
}
