import { z } from "zod";
import type { EventId, NetworkId } from "../../kernel/ids.ts";
import { type Instant, Temporal } from "../../kernel/time.ts";
import type { Calendar } from "./calendar.ts";
import { pullAnswers } from "./jobs.ts";
import type { NetworkEvent } from "./model.ts";
import type { Watch, WatchDirectory } from "./ports.ts";
import type { SyncDeps } from "./syncing.ts";

export interface WatchDeps extends SyncDeps {
  /** Where the calendar service sends its notifications. */
  readonly notifyUrl: () => string;
  /** A new secret, at most 128 characters. */
  readonly newSecret: () => string;
  readonly directory: WatchDirectory;
}

/** How long a subscription is asked for: the service's limit for events is 10,080 minutes (seven days). */
const subscribedFor = { hours: 6 * 24 };
/** It is renewed when less than this is left, so that a day's outage loses nothing. */
const renewedBefore = { hours: 3 * 24 };
/** How often the calendar is looked at whether or not it says anything: what a lost notification can delay. */
const lookEvery = { minutes: 15 };

/**
 * Keeps a network's organiser's calendar under watch while there are meetings to come: a subscription that is renewed
 * in time, and a look at what changed every quarter of an hour. Runs every minute; safe to overlap.
 */
export async function watchCalendars(deps: WatchDeps, network: NetworkId): Promise<void> {
  const { calendar } = deps;
  if (calendar === null) return;
  const now = deps.clock.now();
  const read = deps.store.read(network);
  const upcoming = (await read.events.upcoming(now)).filter((event) => event.calendar.eventId !== null);
  for (const [organiser, events] of Map.groupBy(upcoming, (event) => event.organiser)) {
    const before = (await read.watches.of(organiser)) ?? { organiser, subscription: null, mark: null, checkedAt: null };
    const watch = await keepSubscribed(deps, calendar, network, before, now);
    const isDue = watch.checkedAt === null || Temporal.Instant.compare(watch.checkedAt.add(lookEvery), now) <= 0;
    if (isDue) await lookAt(deps, calendar, network, watch, events);
  }
}

async function keepSubscribed(
  deps: WatchDeps,
  calendar: Calendar,
  network: NetworkId,
  watch: Watch,
  now: Instant,
): Promise<Watch> {
  const { subscription, organiser } = watch;
  const isRunning = subscription !== null && Temporal.Instant.compare(now.add(renewedBefore), subscription.expiresAt) < 0;
  if (isRunning) return watch;
  const expiresAt = now.add(subscribedFor);
  const renewed = subscription === null ? null : await calendar.renew(subscription.id, expiresAt);
  if (renewed?.ok === true && subscription !== null) {
    return keep(deps, network, { ...watch, subscription: { ...subscription, ...renewed.value } });
  }
  // Until it has run out it may yet be renewed; one that is gone is replaced, and whatever was missed is looked for.
  if (renewed?.ok === false && renewed.fault.kind !== "gone") {
    deps.logger.warn({ network, fault: renewed.fault.kind, detail: renewed.fault.detail }, "a calendar's subscription wasn't renewed");
    if (subscription !== null && Temporal.Instant.compare(now, subscription.expiresAt) < 0) return watch;
  }
  const clientState = deps.newSecret();
  const made = await calendar.subscribe(organiser, { notifyUrl: deps.notifyUrl(), clientState, expiresAt });
  if (!made.ok) {
    deps.logger.warn({ network, fault: made.fault.kind, detail: made.fault.detail }, "a calendar can't be subscribed to");
    return keep(deps, network, { ...watch, subscription: null });
  }
  return keep(deps, network, { ...watch, subscription: { ...made.value, clientState }, checkedAt: null });
}

async function keep(deps: WatchDeps, network: NetworkId, watch: Watch): Promise<Watch> {
  await deps.store.transaction(network, (tx) => tx.watches.save(watch));
  return watch;
}

/** Asks what changed since the last look, and fetches the answers of meetings that did. */
async function lookAt(
  deps: WatchDeps,
  calendar: Calendar,
  network: NetworkId,
  watch: Watch,
  events: readonly NetworkEvent[],
): Promise<void> {
  const now = deps.clock.now();
  const found = await calendar.changes(watch.organiser, spanAround(now), watch.mark);
  if (!found.ok) {
    deps.logger.warn({ network, fault: found.fault.kind, detail: found.fault.detail }, "a calendar's changes weren't fetched");
    return;
  }
  const { changed, removed, mark } = found.value;
  const touched = new Set([...changed.map(({ id }) => id), ...removed]);
  const ids = events.filter((event) => touched.has(event.calendar.eventId ?? "")).map(({ id }) => id);
  await deps.store.transaction(network, async (tx) => {
    await tx.watches.save({ ...watch, mark, checkedAt: now });
    if (ids.length > 0) await tx.jobs.add(pullAnswers, ids.map((event) => ({ network, event, attempt: 0 })));
  });
}

/** From last month to the end of next year: the same for a month, since a mark is good for one span only. */
function spanAround(now: Instant): { from: Instant; to: Instant } {
  const month = now.toZonedDateTimeISO("UTC").with({ day: 1 }).startOfDay();
  const from = month.subtract({ months: 1 }).toInstant();
  return { from, to: month.with({ month: 1 }).add({ years: 2 }).toInstant() };
}

/** What a calendar service posts: at most a few dozen changes, or events in a subscription's own life. */
export const Notifications = z.object({
  value: z
    .array(
      z.object({
        // It is looked up, and the store takes no control characters.
        subscriptionId: z.string().max(200).regex(/^[\w-]*$/),
        clientState: z.string().max(200).nullish(),
        lifecycleEvent: z.string().max(60).nullish(),
        resourceData: z.object({ id: z.string().max(1000).nullish() }).nullish(),
      }),
    )
    .max(1000),
});

/**
 * Takes note of notifications: the work comes later. One whose secret isn't that of its subscription is forged.
 * @returns how many were taken, and how many refused
 */
export async function takeNotifications(
  deps: WatchDeps,
  { value }: z.infer<typeof Notifications>,
  isSameSecret: (a: string, b: string) => boolean,
): Promise<{ readonly taken: number; readonly refused: number }> {
  let taken = 0;
  for (const [subscription, items] of Map.groupBy(value, (one) => one.subscriptionId)) {
    const found = await deps.directory.bySubscription(subscription);
    const secret = found?.watch.subscription?.clientState;
    if (found === null || secret === undefined) continue;
    const genuine = items.filter(({ clientState }) => isSameSecret(clientState ?? "", secret));
    if (genuine.length === 0) continue;
    taken += genuine.length;
    await note(deps, found.network, found.watch, genuine);
  }
  return { taken, refused: value.length - taken };
}

async function note(
  deps: WatchDeps,
  network: NetworkId,
  watch: Watch,
  items: z.infer<typeof Notifications>["value"],
): Promise<void> {
  const lifecycle = new Set(items.flatMap(({ lifecycleEvent }) => lifecycleEvent ?? []));
  const ids = new Set(items.flatMap(({ resourceData }) => resourceData?.id ?? []));
  await deps.store.transaction(network, async (tx) => {
    const events: EventId[] = [];
    for (const id of ids) {
      const event = await tx.events.byCalendarId(id);
      if (event !== null) events.push(event.id);
    }
    if (events.length > 0) await tx.jobs.add(pullAnswers, events.map((event) => ({ network, event, attempt: 0 })));
    if (lifecycle.size === 0) return;
    // The next minute's watch renews, subscribes anew, or looks at what was missed.
    const now = deps.clock.now();
    const subscription =
      lifecycle.has("subscriptionRemoved") || watch.subscription === null
        ? null
        : lifecycle.has("reauthorizationRequired")
          ? { ...watch.subscription, expiresAt: now }
          : watch.subscription;
    await tx.watches.save({ ...watch, subscription, checkedAt: null });
  });
}
