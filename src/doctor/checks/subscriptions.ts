import { fine, type Verdict, warning } from "../model.ts";
import type { NetworkFacts } from "../store-facts.ts";
import { inWords } from "./queue.ts";

const hourMs = 3_600_000;

/** Whether the calendars with meetings to come tell Steady what changes in them. Without that it looks every quarter of an hour. */
export function judgeSubscriptions(networks: readonly NetworkFacts[], now: number): Verdict[] {
  const calendars = networks.flatMap(({ name, calendars: own }) => own.map((one) => ({ name, ...one })));
  if (calendars.length === 0) return [fine("No meeting is booked, so there is no calendar to follow.")];
  return calendars.map(({ name, organiser, meetings, subscriptionEndsAt: ends }) => {
    const whose = `the calendar of ${organiser} (${name}, ${meetings} ${meetings === 1 ? "meeting" : "meetings"} to come)`;
    const todo =
      "Let Graph reach PUBLIC_URL/api/graph/notifications, grant Calendars.Read on the mailbox, and see in the server's log " +
      "why subscribing fails. Until then answers take up to 15 minutes.";
    if (ends === null) return warning(`There is no subscription to ${whose}.`, todo);
    const left = ends - now;
    if (left <= 0) return warning(`The subscription to ${whose} ended ${inWords(-left / 1_000)} ago.`, todo);
    if (left < hourMs) {
      return warning(
        `The subscription to ${whose} ends in ${inWords(left / 1_000)}, and is renewed three days before its end.`,
        todo,
      );
    }
    return fine(`Subscribed to ${whose} for ${inWords(left / 1_000)} more.`);
  });
}
