import type { NetworkId, PersonId } from "../../kernel/ids.ts";
import type { PersonalData } from "../account/ports.ts";
import { refresh } from "../deliveries/outbox.ts";
import { refreshCopies } from "./answering.ts";
import type { NetworkEvent, Rsvp } from "./model.ts";
import { nonWorkingInWords } from "./non-working.ts";
import type { MeetingDeps, MeetingStores } from "./ports.ts";
import { changedPlaces, placesByPerson, standing } from "./standing.ts";

/** What meetings keep about a person: what they answered, whether they were there, and when they don't work. */
export function meetingPersonalData(deps: Pick<MeetingDeps, "store" | "clock">): PersonalData {
  return {
    name: "meetings",
    label: "Meetings: your answers, and when you don't work",
    async export(actor) {
      const { events, polls } = deps.store.read(actor.network);
      const polled = await polls.answersOf(actor.person);
      const asked = await polls.byIds(polled.map(({ poll }) => poll));
      const rsvps = await events.rsvpsOf(actor.person);
      const attendance = await events.attendanceOf(actor.person);
      const known = await events.byIds([...new Set([...rsvps.map(({ event }) => event), ...attendance.keys()])]);
      const times = (await events.nonWorking()).get(actor.person) ?? [];
      return [
        ...rsvps.map((rsvp) => ({
          kind: "answer",
          ...meetingOf(known.get(rsvp.event), rsvp.event),
          answer: rsvp.answer,
          answeredAt: rsvp.answeredAt.toString(),
          givenIn: rsvp.from,
          wantsToRaise: rsvp.raise,
          othersMaySee: rsvp.isListed,
          attended: attendance.get(rsvp.event) ?? null,
        })),
        ...[...attendance].flatMap(([event, attended]) =>
          rsvps.some((rsvp) => rsvp.event === event) ? [] : [{ kind: "attendance", ...meetingOf(known.get(event), event), attended }],
        ),
        ...polled.map(({ poll, slots, answeredAt }) => ({
          kind: "dates that suit you",
          for: asked.get(poll)?.planned.on.toString() ?? null,
          dates: slots.flatMap((slot) => asked.get(poll)?.slots[slot]?.startsAt.toString() ?? []),
          answeredAt: answeredAt.toString(),
        })),
        ...(times.length === 0 ? [] : [{ kind: "non-working times", when: nonWorkingInWords(times) }]),
      ];
    },
    async erase(actor) {
      return deps.store.transaction(actor.network, async (tx) => {
        const rsvps = await tx.events.rsvpsOf(actor.person);
        // In one order, so that two people who erase at once don't wait for each other for ever.
        const events = rsvps.map(({ event }) => event).sort();
        const before = new Map<string, Rsvp[]>();
        for (const event of events) {
          await tx.events.lock(event);
          before.set(event, await tx.events.rsvps(event));
        }
        const answers = await tx.events.eraseRsvpsOf(actor.person, deps.clock.now());
        for (const event of events) await showErased(tx, actor.network, event, actor.person, before.get(event) ?? []);
        for (const { poll } of await tx.polls.answersOf(actor.person)) {
          const cards = (await tx.deliveries.ofOccasion(poll, "poll")).filter(({ recipient }) => recipient === actor.person);
          await refresh(tx, actor.network, cards.map(({ id }) => id));
        }
        const polled = await tx.polls.eraseOf(actor.person);
        const times = (await tx.events.nonWorking()).get(actor.person) ?? [];
        if (times.length > 0) await tx.events.saveNonWorking(actor.person, []);
        return answers + polled + (times.length > 0 ? 1 : 0);
      });
    },
  };
}

function meetingOf(event: NetworkEvent | undefined, id: Rsvp["event"]) {
  return { meeting: { id, name: event?.title ?? "" }, startsAt: event?.startsAt.toString() ?? null };
}

/** The person's cards mustn't go on showing what was erased, and whoever waited for their place has it now. */
async function showErased(
  tx: MeetingStores,
  network: NetworkId,
  id: Rsvp["event"],
  person: PersonId,
  before: readonly Rsvp[],
): Promise<void> {
  const event = await tx.events.byId(id);
  if (event === null) return;
  const invitees = await tx.events.invitees(id);
  const places = (rsvps: readonly Rsvp[]) => placesByPerson(standing(event, rsvps, invitees), event.capacity);
  const moved = changedPlaces(places(before), places(before.filter((rsvp) => rsvp.person !== person)));
  await refreshCopies(tx, network, id, moved.add(person));
}
