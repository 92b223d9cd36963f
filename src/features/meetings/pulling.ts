import type { EventId, NetworkId } from "../../kernel/ids.ts";
import type { JobHandler } from "../../kernel/jobs.ts";
import { Temporal } from "../../kernel/time.ts";
import { answerOf, isEcho, takeCalendarAnswers } from "./calendar-answers.ts";
import { setbackOf } from "./calendar-work.ts";
import type { AttendeeStatus, CalendarEvent } from "./calendar.ts";
import { recordCancellation, recordMove } from "./event-changes.ts";
import { mirrorAnswer, type MirrorAnswer, pullAnswers, type PullAnswers } from "./jobs.ts";
import { type Answer, isSameTime, isStale, type NetworkEvent, type Rsvp, takesAnswers } from "./model.ts";
import type { Mirrored } from "./ports.ts";
import type { SyncDeps } from "./syncing.ts";

/** The worker that fetches an event from the calendar: answers, and what the organiser changed there. */
export function answerPuller(deps: SyncDeps): JobHandler<PullAnswers> {
  return {
    kind: pullAnswers,
    async run(payloads) {
      for (const payload of payloads) await pullOne(deps, payload);
    },
  };
}

async function pullOne(deps: SyncDeps, { network, event: id, attempt }: PullAnswers): Promise<void> {
  const event = await deps.store.read(network).events.byId(id);
  const calendarId = event?.calendar.eventId ?? null;
  if (event === null || calendarId === null || deps.calendar === null || !takesAnswers(event, deps.clock.now())) return;
  const there = await deps.calendar.read(event.organiser, calendarId);
  if (there.ok) {
    await takeCalendarAnswers(deps, network, id, there.value);
    return adopt(deps, network, event, there.value);
  }
  if (there.fault.kind === "gone") return adopt(deps, network, event, null);
  const setback = setbackOf(there.fault, attempt, deps.random());
  deps.logger.warn({ network, event: id, attempt, fault: there.fault.kind, detail: there.fault.detail }, "answers weren't fetched");
  // Given up, they come with the next change, or with the next look at the whole calendar.
  if (setback.kind === "failed") return;
  const runAt = deps.clock.now().add({ milliseconds: Math.ceil(setback.afterSeconds * 1000) });
  await deps.store.transaction(network, (tx) => tx.jobs.add(pullAnswers, [{ network, event: id, attempt: attempt + 1 }], { runAt }));
}

/**
 * Takes over what the organiser changed in the calendar: a cancellation, another time. What was changed here and isn't
 * there yet has the last word.
 * @param there null when the event was removed
 */
async function adopt(deps: SyncDeps, network: NetworkId, known: NetworkEvent, there: CalendarEvent | null): Promise<void> {
  const isCancelled = there === null || there.isCancelled;
  if (!isCancelled && isSameTime(there, known)) return;
  await deps.store.transaction(network, async (tx) => {
    const now = deps.clock.now();
    const event = await tx.events.lock(known.id);
    if (event === null || event.calendar.state === "pending" || event.cancelledAt !== null) return;
    if (isCancelled) await recordCancellation(tx, network, event, { in: "calendar" }, now);
    else if (!isSameTime(there, event)) await recordMove(tx, network, event, there, { in: "calendar" }, now);
  });
}

const wordOf = { yes: "accepted", maybe: "tentative", no: "declined" } as const satisfies Record<Answer, string>;

/** The worker that writes an answer from a card to the person's own calendar, where that is switched on. */
export function answerMirrorer(deps: SyncDeps): JobHandler<MirrorAnswer> {
  return {
    kind: mirrorAnswer,
    async run(payloads) {
      for (const payload of payloads) await mirrorOne(deps, payload);
    },
  };
}

async function mirrorOne(deps: SyncDeps, { network, event: id, person, attempt }: MirrorAnswer): Promise<void> {
  const read = deps.store.read(network);
  const [event, rsvp] = [await read.events.byId(id), await read.events.rsvp(id, person)];
  if (event === null || rsvp?.mirror !== "pending" || deps.calendar === null || !deps.memberCalendars) return;
  const invitee = (await read.events.invitees(id)).find((one) => one.person === person && one.removedAt === null);
  const { iCalUid } = event.calendar;
  if (invitee === undefined || !takesAnswers(event, deps.clock.now())) return;
  // It was given to the earlier time, and they are asked again.
  if (isStale(event, rsvp)) return setMirror(deps, network, id, rsvp, "none");
  const before = (await read.events.mirrored(id)).get(person);
  // Written down first: however fast the answer comes back from the calendar, it is known for ours.
  const at = deps.clock.now();
  await deps.store.transaction(network, (tx) => tx.events.saveMirrored(id, person, { answer: rsvp.answer, at }));
  const result =
    iCalUid === null
      ? ({ ok: false, fault: { kind: "again", afterSeconds: 60, detail: "not booked yet" } } as const)
      : await deps.calendar.answer(invitee.email, iCalUid, wordOf[rsvp.answer], (there) => isNewer(there, rsvp, before));
  if (result.ok) return setMirror(deps, network, id, rsvp, "done");
  // A copy that isn't there yet comes within minutes; a mailbox elsewhere never has one.
  const fault = result.fault.kind === "gone" && attempt < 3 ? ({ kind: "again", afterSeconds: 60, detail: "" } as const) : result.fault;
  const setback = setbackOf(fault, attempt, deps.random());
  if (setback.kind === "failed") return setMirror(deps, network, id, rsvp, "none");
  const runAt = at.add({ milliseconds: Math.ceil(setback.afterSeconds * 1000) });
  await deps.store.transaction(network, (tx) => tx.jobs.add(mirrorAnswer, [{ network, event: id, person, attempt: attempt + 1 }], { runAt }));
}

/** True for an answer that somebody gave in their own calendar after the one on the card; ours from before isn't one. */
function isNewer(
  { answer, answeredAt }: Pick<AttendeeStatus, "answer" | "answeredAt">,
  rsvp: Pick<Rsvp, "answeredAt">,
  written: Mirrored | undefined,
): boolean {
  const said = answerOf[answer];
  if (said === null || answeredAt === null) return false;
  return Temporal.Instant.compare(answeredAt, rsvp.answeredAt) > 0 && !isEcho(written, said, answeredAt, false);
}

async function setMirror(
  deps: SyncDeps,
  network: NetworkId,
  id: EventId,
  written: { readonly person: MirrorAnswer["person"]; readonly answeredAt: Temporal.Instant },
  mirror: "done" | "none",
): Promise<void> {
  await deps.store.transaction(network, async (tx) => {
    await tx.events.lock(id);
    const rsvp = await tx.events.rsvp(id, written.person);
    // A newer answer has work of its own.
    if (rsvp?.answeredAt.equals(written.answeredAt) === true) await tx.events.saveRsvp({ ...rsvp, mirror });
  });
}
