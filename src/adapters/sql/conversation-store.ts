import type { Kysely } from "kysely";
import { z } from "zod";
import type { ConversationRef } from "../../features/deliveries/messenger.ts";
import type { Conversation, ConversationStore } from "../../features/deliveries/ports.ts";
import { asId, type NetworkId, type PersonId } from "../../kernel/ids.ts";
import type { Database } from "./tables.ts";
import { anyOf, dateOf } from "./values.ts";

const conversationState = z.enum(["open", "blocked", "not-installed", "disabled", "unknown"]);

/** A chat from its columns; null when there is no row. */
export function conversationOf(row: {
  conversation_id: string | null;
  service_url: string | null;
  state: string | null;
}): Conversation | null {
  if (row.state === null) return null;
  const ref: ConversationRef | null =
    row.conversation_id === null || row.service_url === null
      ? null
      : { conversationId: row.conversation_id, serviceUrl: row.service_url };
  return { ref, state: conversationState.parse(row.state) };
}

/** The chats of one network's people with the bot. */
export function conversationStore(db: Kysely<Database>, network: NetworkId): ConversationStore {
  const ofAll = async (people: readonly PersonId[]) => {
    const rows = await db
      .selectFrom("conversations")
      .select(["person", "conversation_id", "service_url", "state"])
      .where("network", "=", network)
      .where("person", "=", anyOf(people))
      .execute();
    return new Map(
      rows.flatMap((row) => {
        const conversation = conversationOf(row);
        return conversation === null ? [] : [[asId<PersonId>(row.person), conversation] as const];
      }),
    );
  };
  return {
    async of(person) {
      return (await ofAll([person])).get(person) ?? null;
    },
    ofAll,
    async save(person, { ref, state: newState }, at) {
      const values = {
        conversation_id: ref?.conversationId ?? null,
        service_url: ref?.serviceUrl ?? null,
        state: newState,
        updated_at: dateOf(at),
      };
      await db
        .insertInto("conversations")
        .values({ network, person, ...values })
        .onConflict((conflict) => conflict.columns(["network", "person"]).doUpdateSet(values))
        .execute();
    },
  };
}
