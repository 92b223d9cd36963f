import type { Kysely } from "kysely";
import type { Database } from "./tables.ts";

/**
 * Takes every chat, and every card in one, to be at this address of the Connector. For local mode only, where one
 * stand-in has all chats, and another port when it is told so or when the folder was copied.
 */
export async function chatsAreAt(db: Kysely<Database>, serviceUrl: string): Promise<void> {
  const here = { service_url: serviceUrl };
  await db.updateTable("conversations").set(here).where("service_url", "!=", serviceUrl).execute();
  await db.updateTable("sent_cards").set(here).where("service_url", "!=", serviceUrl).execute();
}
