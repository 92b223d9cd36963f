import { z } from "zod";
import { openJsonLines, type JsonLines } from "../json-lines.ts";

const Message = z.object({
  id: z.string(),
  at: z.string(),
  updatedAt: z.string().nullable(),
  from: z.enum(["bot", "person"]),
  text: z.string().nullable(),
  card: z.record(z.string(), z.unknown()).nullable(),
});

const Entry = z.discriminatedUnion("what", [
  z.object({
    what: z.literal("person"),
    person: z.string(),
    installed: z.boolean(),
    blocked: z.enum(["ConversationBlockedByUser", "MessageWritesBlocked"]).nullable(),
    open: z.boolean(),
    generation: z.number(),
  }),
  z.object({ what: z.literal("message"), person: z.string(), message: Message }),
  z.object({ what: z.literal("removed"), person: z.string(), id: z.string() }),
  z.object({ what: z.literal("cleared"), person: z.string() }),
]);

/** One message of a chat, as the person sees it now. Times are ISO 8601. */
export type ChatMessage = Readonly<z.infer<typeof Message>>;
/** One change of the chats. */
export type JournalEntry = z.infer<typeof Entry>;

/** Keeps changes in a file; nowhere when none is named. */
export const openJournal = (file: string | undefined): JsonLines<JournalEntry> => openJsonLines(file, Entry);
