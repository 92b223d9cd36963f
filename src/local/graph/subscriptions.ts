import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { CalendarEntry, Journal } from "./journal.ts";
import type { AddressBook } from "./mailboxes.ts";
import type { Sender } from "./notifications.ts";
import { refusal, type Refusal } from "./refusals.ts";
import type { Subscription } from "./subscription.ts";

/** "subscription resource type": the longest life of a subscription to events, and the longest clientState. */
const mostMinutes = 10_080;
const longestState = 128;

const Moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const Form = z.strictObject({
  changeType: z.string().transform((text) => text.split(",").map((part) => part.trim())),
  notificationUrl: z.url(),
  lifecycleNotificationUrl: z.url().nullish(),
  resource: z.string(),
  expirationDateTime: Moment,
  clientState: z.string().max(longestState).nullish(),
  latestSupportedTlsVersion: z.string().nullish(),
});
const changeTypes = z.array(z.enum(["created", "updated", "deleted"])).min(1);
const Renewal = z.strictObject({ expirationDateTime: Moment });

const invalid = (message: string) => refusal(400, "InvalidRequest", message);
const unknown = refusal(404, "ResourceNotFound", "The object was not found.");

/** A subscription as Graph shows it. */
export function subscriptionJson(subscription: Subscription): object {
  return {
    id: subscription.id,
    resource: subscription.resource,
    changeType: subscription.changeTypes.join(),
    clientState: subscription.clientState,
    notificationUrl: subscription.notificationUrl,
    lifecycleNotificationUrl: subscription.lifecycleNotificationUrl,
    expirationDateTime: new Date(subscription.expiresAt).toISOString(),
  };
}

/** The subscriptions to mailboxes' events, which end by themselves. `now` is in milliseconds since 1970. */
export function createSubscriptions(journal: Journal<CalendarEntry>, sender: Sender, now: () => number) {
  const known = new Map<string, Subscription>();
  for (const entry of journal.entries) {
    if (entry.what === "subscription") known.set(entry.subscription.id, entry.subscription);
  }

  const live = () => [...known.values()].filter(({ expiresAt }) => expiresAt > now());

  function keep(subscription: Subscription): Subscription {
    known.set(subscription.id, subscription);
    journal.append({ what: "subscription", subscription });
    return subscription;
  }

  function checkExpiry(expiresAt: number): Refusal | null {
    if (expiresAt <= now()) return invalid("The subscription expiration is in the past.");
    if (expiresAt <= now() + mostMinutes * 60_000) return null;
    return invalid(`Subscription expiration can only be ${mostMinutes} minutes in the future.`);
  }

  /** Asks an address to repeat a word, as Graph does before it sends anything there. */
  async function checkAddress(url: string): Promise<Refusal | null> {
    if (!isLoopback(url)) return invalid("Notification endpoint must be on this machine.");
    const word = `Validation: Testing client application reachability. ${randomUUID()}`;
    const asked = new URL(url);
    asked.searchParams.set("validationToken", word);
    const answer = await sender.post(asked.href, undefined);
    const isGood = answer?.status === 200 && /^text\/plain\b/i.test(answer.type) && answer.text === word;
    if (isGood) return null;
    const message = "Subscription validation request failed. Response must exactly match the validationToken.";
    return refusal(400, "ValidationError", message);
  }

  return {
    live,
    find: (id: string): Subscription | Refusal => live().find((one) => one.id === id) ?? unknown,
    async create(body: unknown, book: AddressBook): Promise<Subscription | Refusal> {
      const form = Form.safeParse(body);
      const types = changeTypes.safeParse(form.data?.changeType);
      if (!form.success || !types.success) return invalid("The subscription isn't valid.");
      const { resource, expirationDateTime: expiresAt, notificationUrl } = form.data;
      const { lifecycleNotificationUrl = null, clientState = null } = form.data;
      const user = /^\/?users\/([^/]+)\/events$/i.exec(resource)?.[1];
      if (user === undefined) return invalid(`Resource '${resource}' isn't supported.`);
      const mailbox = book.mailboxOf(user);
      if ("status" in mailbox) return mailbox;
      const late = checkExpiry(expiresAt);
      if (late !== null) return late;
      for (const url of new Set([notificationUrl, lifecycleNotificationUrl ?? notificationUrl])) {
        const failed = await checkAddress(url);
        if (failed !== null) return failed;
      }
      return keep({
        id: randomUUID(),
        mailbox: mailbox.address.toLowerCase(),
        resource,
        changeTypes: types.data,
        notificationUrl,
        lifecycleNotificationUrl,
        clientState,
        expiresAt,
      });
    },
    renew(id: string, body: unknown): Subscription | Refusal {
      const subscription = live().find((one) => one.id === id);
      if (subscription === undefined) return unknown;
      const form = Renewal.safeParse(body);
      if (!form.success) return invalid("The new expiration isn't valid.");
      const expiresAt = form.data.expirationDateTime;
      return checkExpiry(expiresAt) ?? keep({ ...subscription, expiresAt });
    },
    remove(id: string): Refusal | null {
      if (!live().some((one) => one.id === id)) return unknown;
      known.delete(id);
      journal.append({ what: "subscription-removed", id });
      return null;
    },
  };
}

export type Subscriptions = ReturnType<typeof createSubscriptions>;

// What a stand-in knows must not leave the machine, whoever asks for it.
function isLoopback(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return /^https?:$/.test(protocol) && ["127.0.0.1", "localhost"].includes(hostname);
}
