import { randomUUID } from "node:crypto";
import { Temporal } from "../../kernel/time.ts";
import type { DirectoryPerson } from "../entra/index.ts";
import type { BotBoundActivity } from "./bot-door.ts";
import type { ConnectorContext } from "./context.ts";
import { botIdOf, userIdOf } from "./ids.ts";

/** A button of a card, as the card has it. */
export interface PressedAction {
  readonly type: "Action.Execute" | "Action.Submit";
  readonly id?: string;
  readonly verb?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

const zone = "Europe/London";

/** What every activity from a person's chat carries. */
function envelope(context: ConnectorContext, person: DirectoryPerson, conversation: string): Record<string, unknown> {
  const { appId, tenantId, serviceUrl, now } = context;
  const at = Temporal.Instant.fromEpochMilliseconds(now());
  return {
    timestamp: at.toString({ smallestUnit: "millisecond" }),
    localTimestamp: at.toZonedDateTimeISO(zone).toString({ timeZoneName: "never", smallestUnit: "millisecond" }),
    localTimezone: zone,
    channelId: "msteams",
    serviceUrl: serviceUrl(),
    from: { id: userIdOf(appId, person.objectId), name: person.name, aadObjectId: person.objectId },
    conversation: { id: conversation, tenantId, conversationType: "personal" },
    recipient: { id: botIdOf(appId), name: "Bot" },
    entities: [{ type: "clientInfo", locale: "en-GB", country: "GB", platform: "Web", timezone: zone }],
    channelData: { tenant: { id: tenantId } },
    locale: "en-GB",
  };
}

/** Builders of the activities that Teams sends to a bot about one person's chat. */
export function activitiesOf(context: ConnectorContext, person: DirectoryPerson, conversation: string) {
  const base = () => envelope(context, person, conversation);
  // Teams names what isn't a message "f:" and a random id.
  const eventId = () => `f:${randomUUID()}`;
  return {
    said: (id: string, text: string): BotBoundActivity => ({
      ...base(),
      type: "message",
      id,
      text,
      textFormat: "plain",
      attachments: [{ contentType: "text/html", content: `<p>${escapeHtml(text)}</p>` }],
    }),
    executed: (replyToId: string, action: PressedAction, data: object): BotBoundActivity => ({
      ...base(),
      type: "invoke",
      name: "adaptiveCard/action",
      id: eventId(),
      replyToId,
      value: { action: { ...action, data }, trigger: "manual" },
      channelData: { tenant: { id: context.tenantId }, source: { name: "message" }, legacy: { replyToId } },
    }),
    submitted: (id: string, replyToId: string, data: object): BotBoundActivity => ({
      ...base(),
      type: "message",
      id,
      replyToId,
      value: data,
      channelData: { tenant: { id: context.tenantId }, source: { name: "message" }, legacy: { replyToId } },
    }),
    joined: (): BotBoundActivity => ({
      ...base(),
      type: "conversationUpdate",
      id: eventId(),
      membersAdded: [{ id: botIdOf(context.appId) }],
    }),
    installation: (action: "add" | "remove"): BotBoundActivity => ({
      ...base(),
      type: "installationUpdate",
      id: eventId(),
      action,
    }),
  };
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
