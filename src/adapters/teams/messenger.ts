import type { Activity, ConversationParameters } from "botbuilder";
import { z } from "zod";
import type {
  ConversationRef,
  Messenger,
  SendFault,
  SendResult,
  SentMessage,
} from "../../features/deliveries/messenger.ts";
import type { Card } from "../../kernel/cards.ts";
import type { Connectors } from "./connectors.ts";
import { openedOrNot, openingFaultOf, sendFaultOf } from "./faults.ts";

export const cardContentType = "application/vnd.microsoft.card.adaptive";

/** Teams takes 100 KB for a whole activity, measured as UTF-16; the smaller reading of "KB" is the safe one. */
const maxActivityBytes = 100_000;

// The SDK's types ask for names of accounts and for other fields that Teams takes from elsewhere.
const Outgoing = z.custom<Partial<Activity>>();
const NewConversation = z.custom<ConversationParameters>();
const Created = z.object({ id: z.string().min(1) });

/**
 * The Messenger by way of the Bot Connector. `serviceUrl` is where new conversations are created, `getToken` has the token
 * kept that requests go with.
 */
export function createMessenger(options: {
  readonly appId: string;
  readonly serviceUrl: string;
  readonly connectors: Connectors;
  readonly getToken: () => Promise<void>;
}): Messenger {
  const { appId, serviceUrl, connectors, getToken } = options;
  const bot = { id: `28:${appId}` };

  const messageWith = (to: ConversationRef, card: Card) => ({
    type: "message",
    channelId: "msteams",
    serviceUrl: to.serviceUrl,
    from: bot,
    conversation: { id: to.conversationId },
    // A card travels alone: text beside it would be split off, and Teams would name neither message.
    attachments: [{ contentType: cardContentType, content: card }],
  });

  return {
    getReady: () => getToken().catch(() => undefined),

    async open({ objectId, tenantId }) {
      const parameters = { isGroup: false, bot, members: [{ id: objectId }], tenantId };
      return attempt(async () => {
        const { conversations } = await connectors(serviceUrl);
        const answer = await conversations.createConversation(
          NewConversation.parse({ ...parameters, channelData: { tenant: { id: tenantId } } }),
        );
        const opened = withId(answer, (conversationId): ConversationRef => ({ conversationId, serviceUrl }));
        return opened.ok ? opened : { ok: false, fault: openedOrNot(opened.fault.detail) };
      }, openingFaultOf);
    },

    async sendCard(to, card, notification) {
      const activity = { ...messageWith(to, card), summary: notification };
      if (isTooBig(activity)) return tooBig;
      return attempt(async () => {
        const { conversations } = await connectors(to.serviceUrl);
        const answer = await conversations.sendToConversation(to.conversationId, Outgoing.parse(activity));
        return withId(answer, (activityId): SentMessage => ({
          conversationId: to.conversationId,
          serviceUrl: to.serviceUrl,
          activityId,
        }));
      });
    },

    async updateCard(message, card) {
      const activity = { ...messageWith(message, card), id: message.activityId };
      if (isTooBig(activity)) return tooBig;
      return attempt(async () => {
        const { conversations } = await connectors(message.serviceUrl);
        await conversations.updateActivity(message.conversationId, message.activityId, Outgoing.parse(activity));
        return { ok: true, value: null };
      });
    },
  };
}

const tooBig: { readonly ok: false; readonly fault: SendFault } = {
  ok: false,
  fault: { kind: "too-big", detail: "larger than 100 KB" },
};

/** True for an activity that Teams wouldn't take: its JSON as UTF-16 has more than 100 KB. */
export function isTooBig(activity: object): boolean {
  return JSON.stringify(activity).length * 2 > maxActivityBytes;
}

// A success without an id leaves a message that nobody can ever change, if there is one at all.
function withId<T>(answer: unknown, make: (id: string) => T): SendResult<T> {
  const parsed = Created.safeParse(answer);
  if (parsed.success) return { ok: true, value: make(parsed.data.id) };
  return { ok: false, fault: { kind: "unclear", detail: "an answer without an id" } };
}

async function attempt<T>(call: () => Promise<SendResult<T>>, faultOf = sendFaultOf): Promise<SendResult<T>> {
  try {
    return await call();
  } catch (error) {
    const fault = faultOf(error, Date.now());
    if (fault === null) throw error;
    return { ok: false, fault };
  }
}
