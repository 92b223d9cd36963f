import type { Subscription } from "@microsoft/microsoft-graph-types";
import { z } from "zod";
import type { Calendar } from "../../features/meetings/calendar.ts";
import { Temporal, type Instant } from "../../kernel/time.ts";
import { success, type CalendarCalls } from "./calendar-calls.ts";

/** "subscription resource type": the longest life of one to events is 10,080 minutes; one less, as clocks differ. */
const mostMinutes = 10_079;

const Answer = z
  .object({ id: z.string(), expirationDateTime: z.iso.datetime({ offset: true }) })
  .transform(({ id, expirationDateTime }) => ({ id, expiresAt: Temporal.Instant.from(expirationDateTime) }));

/** Calls that are about no mailbox wait for each other under this name. */
const shared = "subscriptions";

/** Subscriptions to changes of the organiser's events, for no longer than the service allows. */
export function calendarSubscriptions(calls: CalendarCalls): Pick<Calendar, "subscribe" | "renew"> {
  const { attempt, post, patch, now } = calls;

  function expiry(wanted: Instant): string {
    const latest = Temporal.Instant.fromEpochMilliseconds(now()).add({ minutes: mostMinutes });
    return (Temporal.Instant.compare(wanted, latest) > 0 ? latest : wanted).toString();
  }

  return {
    subscribe: (organiser, { notifyUrl, clientState, expiresAt }) =>
      attempt(async () => {
        const wish: Subscription = {
          changeType: "created,updated,deleted",
          resource: `users/${organiser}/events`,
          notificationUrl: notifyUrl,
          // Without it, nobody learns that notifications were missed or the subscription ended.
          lifecycleNotificationUrl: notifyUrl,
          clientState,
          expirationDateTime: expiry(expiresAt),
        };
        return success(await post(shared, "/subscriptions", wish, Answer));
      }),
    renew: (subscription, expiresAt) =>
      attempt(async () => {
        const path = `/subscriptions/${encodeURIComponent(subscription)}`;
        return success(await patch(shared, path, { expirationDateTime: expiry(expiresAt) }, Answer));
      }),
  };
}
