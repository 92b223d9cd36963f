import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";

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

export interface Journal {
  readonly entries: readonly JournalEntry[];
  append(entry: JournalEntry): void;
  /** Replaces the file by one that leads to the same state with fewer lines. */
  rewrite(entries: readonly JournalEntry[]): void;
}

function parseLine(line: string): JournalEntry[] {
  try {
    const parsed = Entry.safeParse(JSON.parse(line));
    return parsed.success ? [parsed.data] : [];
  } catch {
    // The last line of a process that was killed while writing it.
    return [];
  }
}

/**
 * Keeps changes in a file, one line of JSON each. A line is written before the request that caused it is answered, so
 * that a killed process loses no message which it had acknowledged.
 */
export function openJournal(file: string | undefined): Journal {
  if (file === undefined) return { entries: [], append: () => undefined, rewrite: () => undefined };
  mkdirSync(dirname(file), { recursive: true });
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  if (text !== "" && !text.endsWith("\n")) appendFileSync(file, "\n");
  return {
    entries: text.split("\n").flatMap((line) => (line === "" ? [] : parseLine(line))),
    append(entry) {
      appendFileSync(file, `${JSON.stringify(entry)}\n`);
    },
    rewrite(entries) {
      writeFileSync(`${file}.new`, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
      renameSync(`${file}.new`, file);
    },
  };
}
