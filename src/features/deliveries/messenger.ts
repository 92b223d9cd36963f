import type { Card } from "../../kernel/cards.ts";
import type { Identity } from "../roster/model.ts";

/** Where a person's 1:1 chat with the bot lives. */
export interface ConversationRef {
  readonly conversationId: string;
  readonly serviceUrl: string;
}

/** A message that was sent, so that it can be changed later. */
export interface SentMessage extends ConversationRef {
  readonly activityId: string;
}

/**
 * Why a message didn't go. What to do about it follows from the kind alone:
 * - `again`: the service was busy, or the connection broke; try again, not before `afterSeconds` when it is given. `at`
 *   says that it was the sign-in service, where the app gets its tokens. `isTooFast` says that it was one request too many.
 * - `unclear`: the service failed in a way that leaves open whether the message arrived; a person decides.
 * - `not-installed`, `blocked`, `disabled`: nothing can be sent until the person or an admin acts.
 * - `no-chat`: the service opens no chat with this person, for a reason that it doesn't explain.
 * - `conversation-gone`: the chat was deleted; it can be created anew.
 * - `message-gone`: the message to change isn't there any more.
 * - `not-signed-in`: the app itself isn't let in, as with a wrong secret; whoever runs it must act.
 * - `too-big`, `refused`: the same message will never go.
 */
export type SendFault =
  | { readonly kind: "again"; readonly afterSeconds: number | null; readonly detail: string; readonly at?: "sign-in"; readonly isTooFast?: boolean }
  | {
      readonly kind:
        | "unclear"
        | "not-installed"
        | "blocked"
        | "disabled"
        | "no-chat"
        | "conversation-gone"
        | "message-gone"
        | "not-signed-in"
        | "too-big"
        | "refused";
      /** The service's status and code ("403 ConversationBlockedByUser"), for the log and the ledger. */
      readonly detail: string;
    };

export type SendResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: SendFault };

/** Sends messages to people in Teams. Every call is one request to the service, tried once and within a time limit. */
export interface Messenger {
  /**
   * Gets the token that the next requests go with, when there is none: requests that waited for it would then all leave
   * at once. Never throws: what is missing shows when a request is made.
   */
  getReady(): Promise<void>;
  /** Opens (or finds) the 1:1 chat with a person. */
  open(recipient: Identity): Promise<SendResult<ConversationRef>>;
  /** @param notification what the phone shows before the card is opened; plain text without figures */
  sendCard(to: ConversationRef, card: Card, notification: string): Promise<SendResult<SentMessage>>;
  updateCard(message: SentMessage, card: Card): Promise<SendResult<null>>;
}
