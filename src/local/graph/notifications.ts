import { randomUUID } from "node:crypto";
import type { Touch } from "./doing.ts";
import type { Subscription } from "./subscription.ts";

export type LifecycleEvent = "reauthorizationRequired" | "subscriptionRemoved" | "missed";

/** A notification that was due, and what became of it. */
export interface SentNotification {
  readonly subscription: string;
  readonly kind: Touch["change"] | LifecycleEvent;
  /** The status that the receiver answered; 0 without an answer, null when it was dropped or is held back. */
  readonly status: number | null;
}

/** "deliver", as Graph does on a good day; the others as on a bad one. "hold" keeps them until `release`. */
export type DeliveryManner = "deliver" | "drop" | "hold" | "twice";

/** How tests and Rehearsal have a hand in notifications. */
export interface NotificationControls {
  /** What happens to change notifications from now on. Lifecycle events always go. */
  treat(manner: DeliveryManner): void;
  /** Sends what was held back, oldest first, and waits for the answers. */
  release(): Promise<void>;
  /** Tells each live subscription, at its lifecycle address. "subscriptionRemoved" also ends them. */
  lifecycle(event: LifecycleEvent): Promise<void>;
  /** Posts a body to an address as if Graph did; answers the status, 0 without one. */
  forge(url: string, body: unknown): Promise<number>;
  /** Resolves when nothing is on its way. */
  idle(): Promise<void>;
  sent(): readonly SentNotification[];
}

export interface PostAnswer {
  readonly status: number;
  /** The Content-Type. */
  readonly type: string;
  readonly text: string;
}

export interface Sender {
  /** Posts JSON, or nothing, and gives the answer; null without one in time. */
  post(url: string, body: unknown): Promise<PostAnswer | null>;
}

/** The body of Graph's change notification. */
export function changeBody(subscription: Subscription, tenantId: string, touch: Touch): object {
  const resource = `Users/${subscription.mailbox}/Events/${touch.id}`;
  return {
    value: [
      {
        ...common(subscription, tenantId),
        id: randomUUID(),
        changeType: touch.change,
        resource,
        resourceData: { "@odata.type": "#Microsoft.Graph.Event", "@odata.id": resource, id: touch.id },
      },
    ],
  };
}

export function lifecycleBody(subscription: Subscription, tenantId: string, lifecycleEvent: LifecycleEvent): object {
  return { value: [{ ...common(subscription, tenantId), resource: subscription.resource, lifecycleEvent }] };
}

const common = ({ id, clientState, expiresAt }: Subscription, tenantId: string) => ({
  subscriptionId: id,
  subscriptionExpirationDateTime: new Date(expiresAt).toISOString(),
  ...(clientState === null ? {} : { clientState }),
  tenantId,
});

/** Sends notifications of changes to those who subscribed to them, one try each. */
export function createNotifier(parts: {
  readonly sender: Sender;
  readonly tenantId: string;
  readonly live: () => readonly Subscription[];
  readonly end: (id: string) => void;
}): NotificationControls & { tell(touches: readonly Touch[]): void } {
  const { sender, tenantId, live, end } = parts;
  const onTheWay = new Set<Promise<void>>();
  const sent: SentNotification[] = [];
  let held: (() => Promise<void>)[] = [];
  let manner: DeliveryManner = "deliver";

  async function deliver(url: string, body: object, entry: Omit<SentNotification, "status">): Promise<void> {
    const answer = await sender.post(url, body);
    sent.push({ ...entry, status: answer?.status ?? 0 });
  }

  function start(work: () => Promise<void>): void {
    const running = work().finally(() => onTheWay.delete(running));
    onTheWay.add(running);
  }

  function tellOf(subscription: Subscription, touch: Touch): void {
    const entry = { subscription: subscription.id, kind: touch.change };
    const send = () => deliver(subscription.notificationUrl, changeBody(subscription, tenantId, touch), entry);
    switch (manner) {
      case "drop":
        return void sent.push({ ...entry, status: null });
      case "hold":
        return void held.push(send);
      case "twice":
        start(send);
        return start(send);
      case "deliver":
        return start(send);
    }
  }

  return {
    tell(touches) {
      for (const touch of touches) {
        const wanted = live().filter(
          ({ mailbox, changeTypes }) => mailbox === touch.mailbox && changeTypes.includes(touch.change),
        );
        for (const subscription of wanted) tellOf(subscription, touch);
      }
    },
    treat(how) {
      manner = how;
    },
    async release() {
      const waiting = held;
      held = [];
      for (const send of waiting) await send();
    },
    async lifecycle(event) {
      for (const subscription of live()) {
        const { id, lifecycleNotificationUrl: url } = subscription;
        if (event === "subscriptionRemoved") end(id);
        if (url === null) continue;
        await deliver(url, lifecycleBody(subscription, tenantId, event), { subscription: id, kind: event });
      }
    },
    forge: async (url, body) => (await sender.post(url, body))?.status ?? 0,
    async idle() {
      while (onTheWay.size > 0) await Promise.all(onTheWay);
    },
    sent: () => [...sent],
  };
}
