import { type Actor, allow, covers } from "../../kernel/actor.ts";
import type { EventId, PersonId } from "../../kernel/ids.ts";
import { Temporal } from "../../kernel/time.ts";
import type { Person } from "../roster/model.ts";
import { agendaOf } from "./agenda.ts";
import type { MeetingDetails, MeetingResource } from "./contract.ts";
import { readSettings } from "./deps.ts";
import { dueTimes } from "./due.ts";
import { isStale, type NetworkEvent, placesOf, type Rsvp, stateOf, takesAnswers } from "./model.ts";
import type { MeetingDeps } from "./ports.ts";
import { failedCards } from "./retrying.ts";

const none = { intended: 0, delivered: 0, failed: 0, skipped: 0, pending: 0 };

/** Meetings as the API shows them, with counts of answers and of cards. */
export async function meetingResources(
  deps: MeetingDeps,
  actor: Actor,
  events: readonly NetworkEvent[],
): Promise<MeetingResource[]> {
  const read = deps.store.read(actor.network);
  const now = deps.clock.now();
  const cards = await read.deliveries.counts(events.map(({ id }) => id), "rsvp");
  return Promise.all(
    events.map(async (event): Promise<MeetingResource> => {
      const invited = await invitedTo(deps, actor, event.id);
      const rsvps = (await read.events.rsvps(event.id)).filter((rsvp) => invited.has(rsvp.person));
      const fresh = rsvps.filter((rsvp) => !isStale(event, rsvp));
      const own = rsvps.find((rsvp) => rsvp.person === actor.person);
      const places = placesOf(fresh, event.capacity);
      const count = (answer: Rsvp["answer"]) => fresh.filter((rsvp) => rsvp.answer === answer).length;
      return {
        id: event.id,
        state: stateOf(event, now),
        title: event.title,
        startsAt: inZone(event, "startsAt"),
        endsAt: inZone(event, "endsAt"),
        zone: event.zone,
        plannedOn: event.planned?.on.toString() ?? null,
        capacity: event.capacity,
        joinUrl: invited.has(actor.person) || allow.leadsAndAdmins(actor) ? event.calendar.joinUrl : null,
        calendar: { state: event.calendar.state, reason: allow.leadsAndAdmins(actor) ? event.calendar.reason : null },
        deliveries: cards.get(event.id) ?? none,
        rsvps: {
          invited: invited.size,
          yes: places.coming.length,
          maybe: count("maybe"),
          no: count("no"),
          none: invited.size - fresh.length,
          waiting: places.waiting.length,
        },
        attended: allow.leadsAndAdmins(actor) ? presentOf(invited, await read.events.attendance(event.id)) : null,
        yours: own === undefined || isStale(event, own) ? null : own.answer,
        isWaiting: places.waiting.includes(actor.person),
        isListed: own?.isListed ?? false,
        raise: own?.raise ?? null,
        mayAnswer: invited.has(actor.person) && takesAnswers(event, now),
      };
    }),
  );
}

/**
 * One meeting. Its agenda, its notes and who lets others see that they come are for those who are invited, for leads and
 * admins; who answered what and who was there only for the last two, and leads of some areas see people of those.
 */
export async function meetingDetails(deps: MeetingDeps, actor: Actor, event: NetworkEvent): Promise<MeetingDetails> {
  const [resource] = await meetingResources(deps, actor, [event]);
  if (resource === undefined) throw new TypeError("one event gives one resource");
  const mayRead = allow.leadsAndAdmins(actor);
  const invited = await invitedTo(deps, actor, event.id);
  const isPart = mayRead || invited.has(actor.person);
  const agenda = await agendaFor(deps, actor, event);
  const rsvps = new Map((await deps.store.read(actor.network).events.rsvps(event.id)).map((rsvp) => [rsvp.person, rsvp]));
  const attendance = await deps.store.read(actor.network).events.attendance(event.id);
  const places = placesOf([...rsvps.values()].filter((rsvp) => !isStale(event, rsvp)), event.capacity);
  const waiting = new Set(places.waiting);
  const listed = places.coming.flatMap((person) => (rsvps.get(person)?.isListed === true ? (invited.get(person)?.name ?? []) : []));
  const seen = [...invited.values()].filter((person) => mayRead && (actor.role === "admin" || covers(actor.scope, person.area)));
  return {
    ...resource,
    retriable: mayRead ? await failedCards(deps.store.read(actor.network), event, deps.clock.now()) : 0,
    agenda: isPart ? agenda : { ...agenda, items: [] },
    listed: isPart ? listed.sort((a, b) => a.localeCompare(b, "en-GB")) : [],
    notes: event.notes === null || !isPart ? null : { text: event.notes.text, actions: event.notes.actions.map((action) => ({ ...action })) },
    people: seen
      .toSorted((a, b) => a.name.localeCompare(b.name, "en-GB"))
      .map(({ id, name, area }) => {
        const rsvp = rsvps.get(id);
        return {
          person: { id, name, area },
          answer: rsvp?.answer ?? null,
          isWaiting: waiting.has(id),
          isAskedAgain: rsvp !== undefined && isStale(event, rsvp),
          answeredAt: rsvp?.answeredAt.toString() ?? null,
          from: rsvp?.from ?? null,
          raise: rsvp?.raise ?? null,
          attended: attendance.get(id) ?? null,
        };
      }),
  };
}

/** What nobody has looked through is the leads' alone until the cards of the day before show it. */
async function agendaFor(deps: MeetingDeps, actor: Actor, event: NetworkEvent): Promise<MeetingDetails["agenda"]> {
  const agenda = await agendaOf(deps, actor.network, event);
  if (!agenda.isDraft || allow.leadsAndAdmins(actor)) return agenda;
  const { dayBefore } = dueTimes(await readSettings(deps.store.read(actor.network).settings), event);
  return Temporal.Instant.compare(deps.clock.now(), dayBefore) < 0 ? { items: [], isDraft: true } : agenda;
}

/** How many were there, of those still invited; null where nobody was marked. */
function presentOf(invited: ReadonlyMap<PersonId, Person>, attendance: ReadonlyMap<PersonId, boolean>): number | null {
  const marks = [...attendance].flatMap(([person, wasThere]) => (invited.has(person) ? [wasThere] : []));
  return marks.length === 0 ? null : marks.filter((wasThere) => wasThere).length;
}

async function invitedTo(deps: MeetingDeps, actor: Actor, event: EventId): Promise<Map<Person["id"], Person>> {
  const read = deps.store.read(actor.network);
  const invitees = (await read.events.invitees(event)).filter(({ removedAt }) => removedAt === null);
  return read.roster.peopleByIds([...new Set(invitees.map(({ person }) => person))]);
}

function inZone(event: NetworkEvent, which: "startsAt" | "endsAt"): string {
  return event[which].toZonedDateTimeISO(event.zone).toString({ timeZoneName: "never" });
}
