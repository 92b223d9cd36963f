import type { NetworkId } from "../../kernel/ids.ts";
import type { NetworkEvent } from "./model.ts";
import type { MeetingDeps } from "./ports.ts";

/**
 * What is to be talked about: the lead's points, or a draft of what people want to raise and of what the check-ins say.
 * Nobody is named: who raised what, the leads see beside the answers.
 */
export async function agendaOf(
  deps: MeetingDeps,
  network: NetworkId,
  event: NetworkEvent,
): Promise<{ items: string[]; isDraft: boolean }> {
  if (event.agenda.items !== null) return { items: [...event.agenda.items], isDraft: false };
  const rsvps = await deps.store.read(network).events.rsvps(event.id);
  const raised = rsvps.flatMap(({ raise, answer }) => (raise === null || answer === "no" ? [] : [raise]));
  const themes = await deps.themes(network);
  return { items: [...new Set([...themes, ...raised])], isDraft: true };
}
