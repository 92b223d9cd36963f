import { asId, type DeliveryId, type EventId, type NetworkId, type PersonId } from "../../kernel/ids.ts";
import { dateIn, type Instant, type LocalDate } from "../../kernel/time.ts";
import type { Delivery } from "../deliveries/model.ts";
import { firstLead, type Person } from "../roster/model.ts";
import { agendaOf } from "./agenda.ts";
import { readSettings } from "./deps.ts";
import type { Answer, Invitee, NetworkEvent, Rsvp } from "./model.ts";
import type { MeetingDeps } from "./ports.ts";
import { isTakenOff, type Place, placesByPerson, standing } from "./standing.ts";

export type Counts = Readonly<Record<Answer, number>>;

/** All that a card about an event can say to one person. */
export interface MeetingView {
  readonly delivery: Delivery;
  readonly network: string;
  readonly event: NetworkEvent;
  readonly now: Instant;
  /** In the event's zone. */
  readonly today: LocalDate;
  /** False once the recipient isn't invited (or, of a lead's work card, no lead) any more: they see nothing of it. */
  readonly isTheirs: boolean;
  /** In whose name the network writes: the first lead of all of it. */
  readonly lead: Person | null;
  /** Their answer to the present time; null when they have given none. */
  readonly answer: Rsvp | null;
  /** What they last gave, to an earlier time perhaps. */
  readonly last: Rsvp | null;
  readonly place: Place;
  /** By area, those with nobody who said yes or maybe left out; null stands for people without an area. */
  readonly areas: readonly { readonly area: string | null; readonly counts: Counts }[];
  readonly counts: Counts;
  /** How many are invited. */
  readonly invited: number;
  /** Who comes and lets others see it. */
  readonly named: readonly string[];
  /** The points that this card shows. */
  readonly agenda: readonly string[];
  /** Fewest who must have said yes; null: none needed. */
  readonly quorum: number | null;
}

/** Loads the views of several deliveries of cards about events; one whose event or recipient is gone is left out. */
export async function loadViews(
  deps: MeetingDeps,
  network: NetworkId,
  deliveries: readonly Delivery[],
): Promise<Map<DeliveryId, MeetingView>> {
  const read = deps.store.read(network);
  const now = deps.clock.now();
  const { quorum } = await readSettings(read.settings);
  const shared = { network: await read.roster.networkName(), now, quorum, lead: firstLead(await read.roster.leads()) };
  const groups = Map.groupBy(deliveries, ({ occasion }) => asId<EventId>(occasion));
  const events = await read.events.byIds([...groups.keys()]);
  const views = new Map<DeliveryId, MeetingView>();
  for (const [id, group] of groups) {
    const event = events.get(id);
    if (event === undefined) continue;
    const invitees = await read.events.invitees(id);
    const rsvps = await read.events.rsvps(id);
    const wanted = [...rsvps.map(({ person }) => person), ...group.map(({ recipient }) => recipient)];
    const people = await read.roster.peopleByIds([...new Set<PersonId>(wanted)]);
    const counting = standing(event, rsvps, invitees);
    const places = placesByPerson(counting, event.capacity);
    const answersOf = Map.groupBy(counting, ({ person }) => people.get(person)?.area ?? null);
    const settled = event.agenda.items ?? [];
    // What nobody has looked through isn't shown before the day before: until then the lead can change it.
    const isNear = group.some(({ purpose }) => purpose === "day-before");
    const posted = isNear ? (await agendaOf(deps, network, event)).items : settled;
    const ofEvent = {
      ...shared,
      event,
      today: dateIn(event.zone, now),
      areas: areasInOrder(answersOf),
      counts: countsOf(counting),
      invited: new Set(invitees.filter(({ removedAt }) => removedAt === null).map(({ person }) => person)).size,
      named: namesOf(counting.filter(({ person, isListed }) => isListed && places.get(person) === "coming"), people),
    };
    for (const delivery of group) {
      const person = people.get(delivery.recipient);
      if (person === undefined) continue;
      views.set(delivery.id, {
        ...ofEvent,
        delivery,
        agenda: delivery.purpose === "day-before" ? posted : settled,
        isTheirs: isTheirs(delivery, person, invitees),
        answer: counting.find((rsvp) => rsvp.person === person.id) ?? null,
        last: rsvps.find((rsvp) => rsvp.person === person.id) ?? null,
        place: places.get(person.id) ?? null,
      });
    }
  }
  return views;
}

/** False once a card's recipient isn't invited (or, of a lead's work card, no lead) any more. */
export function isTheirs(delivery: Delivery, person: Person, invitees: readonly Invitee[]): boolean {
  if (person.leftOn !== null) return false;
  if (delivery.purpose === "quorum") return person.role === "lead" || person.role === "admin";
  return !isTakenOff(invitees, person.id);
}


function countsOf(rsvps: readonly Rsvp[]): Counts {
  const of = (answer: Answer) => rsvps.filter((rsvp) => rsvp.answer === answer).length;
  return { yes: of("yes"), maybe: of("maybe"), no: of("no") };
}

function areasInOrder(answers: ReadonlyMap<string | null, readonly Rsvp[]>): MeetingView["areas"] {
  const isNone = (area: string | null) => Number(area === null);
  return [...answers]
    .map(([area, rsvps]) => ({ area, counts: countsOf(rsvps) }))
    .filter(({ counts }) => counts.yes + counts.maybe > 0)
    .sort((a, b) => isNone(a.area) - isNone(b.area) || (a.area ?? "").localeCompare(b.area ?? "", "en-GB"));
}

function namesOf(rsvps: readonly Rsvp[], people: ReadonlyMap<PersonId, Person>): string[] {
  const names = rsvps.flatMap(({ person }) => people.get(person)?.name ?? []);
  return names.sort((a, b) => a.localeCompare(b, "en-GB"));
}
