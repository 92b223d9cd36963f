import type { Activity, TurnContext } from "botbuilder";
import { z } from "zod";
import type { ConversationRef, Messenger } from "../../features/deliveries/messenger.ts";
import type { Card } from "../../kernel/cards.ts";
import type { Connectors } from "./connectors.ts";
import { sendFaultOf } from "./faults.ts";
import type { Incoming } from "./incoming.ts";
import { cardContentType } from "./messenger.ts";

/** One activity and the ways to answer it within the chat it came from. */
export interface Turn {
  readonly activity: Incoming;
  readonly conversation: ConversationRef;
  sendText(text: string): Promise<void>;
  sendCard(card: Card): Promise<void>;
  /** Puts the card in place of the message `activityId`; false when that didn't work. */
  replaceCard(activityId: string, card: Card): Promise<boolean>;
  /** The sender's e-mail by the chat's member list, lower-cased; null when it has none or doesn't know the sender. */
  fetchEmail(): Promise<string | null>;
  /** The same turn, whose answers take no moment of the send rate: moments are kept in the store, with their chats. */
  unpaced(): Turn;
}

const Outgoing = z.custom<Partial<Activity>>();
const Member = z.object({ email: z.string().nullish(), userPrincipalName: z.string().nullish() });
const Raw = z.object({ _response: z.object({ bodyAsText: z.string() }) });

/** What the phone shows for a card that answers something the person has just done. */
const answerSummary = "Here is the answer";

/** Waits until one more request about this conversation keeps within the service's limits. */
export type Pace = (conversationId: string) => Promise<void>;

/** The turn of an activity that botbuilder has let in. */
export function turnOf(
  context: TurnContext,
  activity: Incoming,
  parts: { readonly messenger: Messenger; readonly connectors: Connectors; readonly pace: Pace },
): Turn {
  const conversation = { conversationId: activity.conversation.id, serviceUrl: activity.serviceUrl };
  const paced = () => parts.pace(conversation.conversationId);
  const send = async (message: object) => {
    await paced();
    await context.sendActivity(Outgoing.parse({ type: "message", ...message }));
  };
  return {
    activity,
    conversation,
    sendText: (text) => send({ text, textFormat: "markdown" }),
    sendCard: (card) =>
      send({ summary: answerSummary, attachments: [{ contentType: cardContentType, content: card }] }),
    async replaceCard(activityId, card) {
      await paced();
      const replaced = await parts.messenger.updateCard({ ...conversation, activityId }, card);
      return replaced.ok;
    },
    async fetchEmail() {
      try {
        await paced();
        const { conversations } = await parts.connectors(activity.serviceUrl);
        const answer = await conversations.getConversationMember(conversation.conversationId, activity.from.id);
        // The SDK's own model of a member leaves the e-mail out, so the answer is read as it came.
        const { email, userPrincipalName } = Member.parse(JSON.parse(Raw.parse(answer)._response.bodyAsText));
        const address = email ?? userPrincipalName ?? "";
        return address === "" ? null : address.toLowerCase();
      } catch (error) {
        const fault = sendFaultOf(error, Date.now());
        // "I don't know you" would be wrong when the service was only busy: the person is asked to try again instead.
        if (fault === null || fault.kind === "again" || fault.kind === "unclear") throw error;
        return null;
      }
    },
    unpaced: () => turnOf(context, activity, { ...parts, pace: () => Promise.resolve() }),
  };
}
