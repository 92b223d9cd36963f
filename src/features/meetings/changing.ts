import type { Actor } from "../../kernel/actor.ts";
import { asId, type EventId, type PersonId } from "../../kernel/ids.ts";
import { findPersonalData } from "../../kernel/personal-data.ts";
import type { FieldError } from "../../kernel/http.ts";
import { refreshAll } from "../deliveries/outbox.ts";
import { announce } from "./announcing.ts";
import type { ChangeBody } from "./contract.ts";
import { eventCards } from "./event-changes.ts";
import type { MeetingDeps, MeetingStores } from "./ports.ts";
import type { NetworkEvent } from "./model.ts";

/** What looks like patient details in what a lead wrote; nothing of it is kept. */
export function personalDataIn({ agenda, notes }: Pick<ChangeBody, "agenda" | "notes">): FieldError[] {
  const texts = [
    ...(agenda ?? []).map((text, index) => ({ path: `agenda.${index}`, text })),
    ...(notes === undefined ? [] : [{ path: "notes.text", text: notes.text }]),
    ...(notes?.actions ?? []).map(({ what }, index) => ({ path: `notes.actions.${index}.what`, text: what })),
  ];
  return texts.flatMap(({ path, text }) => {
    const found = findPersonalData(text);
    return found === null ? [] : [{ path, message: "This looks like it holds personal details of somebody. Take them out and send it again." }];
  });
}

/** Writes a meeting's agenda, its notes (which go to everybody who was invited) and who was there. */
export async function writeUp(
  deps: MeetingDeps,
  actor: Actor,
  id: EventId,
  change: Pick<ChangeBody, "agenda" | "notes" | "attended">,
): Promise<NetworkEvent | null> {
  return deps.store.transaction(actor.network, async (tx) => {
    const event = await tx.events.lock(id);
    if (event === null) return null;
    const now = deps.clock.now();
    const { agenda, notes, attended } = change;
    const changed: NetworkEvent = {
      ...event,
      ...(agenda === undefined ? {} : { agenda: { items: agenda } }),
      ...(notes === undefined ? {} : { notes }),
    };
    await tx.events.save(changed);
    if (agenda !== undefined) await refreshAll(tx, actor.network, id, eventCards);
    if (notes !== undefined) await announce(tx, actor.network, event, "notes", await stillInvited(tx, id), now);
    for (const { person, attended: wasThere } of attended ?? []) await tx.events.saveAttendance(id, asId<PersonId>(person), wasThere);
    const fields = Object.entries(change).flatMap(([field, value]) => (value === undefined ? [] : [field]));
    await tx.audit.record({ at: now, actor, action: "meeting.update", subject: id, detail: { fields } });
    return changed;
  });
}

async function stillInvited(tx: MeetingStores, id: EventId): Promise<PersonId[]> {
  const invitees = await tx.events.invitees(id);
  return [...new Set(invitees.filter(({ removedAt }) => removedAt === null).map(({ person }) => person))];
}
