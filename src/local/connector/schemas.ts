import { z } from "zod";
import { adaptiveCardType, faultOfCard } from "./adaptive-cards.ts";

/** An activity larger than this many bytes as UTF-16 is refused: 100 KB. */
export const maxActivityBytes = 100 * 1024;

export const CardJson = z.record(z.string(), z.unknown());
export type CardJson = z.infer<typeof CardJson>;

const Account = z.looseObject({ id: z.string().min(1), name: z.string().nullish(), aadObjectId: z.string().nullish() });

const CardAttachment = z
  .looseObject({
    contentType: z.literal(adaptiveCardType, `an attachment's contentType must be ${adaptiveCardType}`),
    content: CardJson,
  })
  .superRefine(({ content }, context) => {
    const fault = faultOfCard(content);
    if (fault !== null) context.addIssue({ code: "custom", message: fault });
  });

/** An activity that a bot may post to a person's chat. */
export const OutgoingActivity = z
  .looseObject({
    type: z.enum(["message", "typing"], "an activity's type must be message or typing"),
    text: z.string().nullish(),
    textFormat: z.enum(["plain", "markdown", "xml"]).nullish(),
    attachments: z.array(CardAttachment).max(1, "send one card in an activity").nullish(),
    from: z.looseObject({ id: z.string().optional() }).nullish(),
    recipient: z.looseObject({ id: z.string().optional() }).nullish(),
    conversation: z.looseObject({ id: z.string().optional() }).nullish(),
    replyToId: z.string().nullish(),
    summary: z.string().nullish(),
    importance: z.enum(["low", "normal", "high"]).nullish(),
    channelData: z.looseObject({}).nullish(),
    entities: z.array(z.looseObject({ type: z.string() })).nullish(),
  })
  .refine(({ type, text, attachments }) => type === "typing" || (text ?? "") !== "" || (attachments?.length ?? 0) > 0, {
    message: "a message needs a text or a card",
  });
export type OutgoingActivity = z.infer<typeof OutgoingActivity>;

/** What creates a 1:1 conversation. */
export const NewConversation = z.looseObject({
  isGroup: z.literal(false, "only 1:1 conversations can be created here").optional(),
  bot: Account.optional(),
  members: z.array(Account).length(1, "a 1:1 conversation has exactly one member"),
  tenantId: z.string().optional(),
  channelData: z.looseObject({ tenant: z.looseObject({ id: z.string() }).optional() }).nullish(),
  activity: z.undefined("create the conversation first, then send the message").optional(),
});

/** What a bot answers to an invoke. */
export const InvokeAnswer = z.discriminatedUnion("type", [
  z.looseObject({ statusCode: z.number(), type: z.literal(adaptiveCardType), value: CardJson }),
  z.looseObject({
    statusCode: z.number(),
    type: z.literal("application/vnd.microsoft.activity.message"),
    value: z.string(),
  }),
  z.looseObject({
    statusCode: z.number(),
    type: z.literal("application/vnd.microsoft.error"),
    value: z.looseObject({ code: z.string(), message: z.string() }),
  }),
]);

/** One sentence on the first thing that a schema found wrong, with where it is. */
export function whyInvalid(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return "The request isn't valid.";
  const path = issue.path.join(".");
  const message = issue.message.charAt(0).toUpperCase() + issue.message.slice(1);
  return path === "" ? `${message}.` : `${message} (at ${path}).`;
}
