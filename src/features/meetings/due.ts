import type { NetworkId, PersonId } from "../../kernel/ids.ts";
import { dateIn, type Instant, type LocalDate, momentOn, Temporal } from "../../kernel/time.ts";
import { addWorkingDays, nextWorkingDay } from "../../kernel/working-days.ts";
import type { Purpose } from "../deliveries/model.ts";
import { aWeekApart, deliver, sendAgain, withoutMessageThisWeek } from "../deliveries/outbox.ts";
import type { Person } from "../roster/model.ts";
import { cardAbout, cardTime } from "./announcing.ts";
import { audienceIn, inviteeChanges } from "./audience.ts";
import { bookMeeting } from "./booking.ts";
import { readSettings } from "./deps.ts";
import { syncEvent } from "./jobs.ts";
import { isStale, type NetworkEvent, takesAnswers } from "./model.ts";
import { refreshCopies } from "./answering.ts";
import { changedPlaces, placesByPerson, standing } from "./standing.ts";
import { planMeetings, type PlanningDeps } from "./planning.ts";
import type { MeetingDeps, MeetingStores } from "./ports.ts";
import type { MeetingSettings } from "./settings.ts";

/** Working days before a meeting on which a lead hears that too few come. */
const quorumDays = 5;

/** When the cards of a meeting are due. */
export function dueTimes(settings: MeetingSettings, event: Pick<NetworkEvent, "startsAt" | "zone">) {
  const { holidayOverrides: overrides } = settings;
  const day = dateIn(event.zone, event.startsAt);
  const at = (date: LocalDate) => momentOn(date, cardTime, event.zone);
  const before = (days: number) => at(nextWorkingDay(day.subtract({ days }), overrides));
  return {
    asks: before(settings.rsvpDays),
    reminds: before(settings.reminderDays),
    dayBefore: at(addWorkingDays(day, -1, overrides)),
    quorum: at(addWorkingDays(day, -quorumDays, overrides)),
  };
}

/**
 * What a network's coming meetings need: joiners and leavers, cards that are due, each once. Runs every minute; safe to
 * run twice, since a card is the same card however often it is asked for.
 */
export async function tendMeetings(deps: MeetingDeps, network: NetworkId): Promise<void> {
  const read = deps.store.read(network);
  const now = deps.clock.now();
  const coming = (await read.events.upcoming(now)).filter((event) => takesAnswers(event, now));
  if (coming.length === 0) return;
  const audience = await audienceIn(read);
  for (const { id } of coming) {
    await deps.store.transaction(network, async (tx) => {
      const event = await tx.events.lock(id);
      if (event === null || event.cancelledAt !== null) return;
      await followRoster(deps, tx, network, event, audience);
      await sendWhatIsDue(deps, tx, network, event);
    });
  }
}

/** @param audience whom it is for, as read a moment ago */
async function followRoster(
  deps: MeetingDeps,
  tx: MeetingStores,
  network: NetworkId,
  event: NetworkEvent,
  audience: readonly Person[],
): Promise<void> {
  const invitees = await tx.events.invitees(event.id);
  const changesFor = (people: readonly Person[]) => inviteeChanges(event, people, invitees, deps.clock.now());
  if (changesFor(audience).length === 0) return;
  // A run beside this one may know a newer roster: whoever it has just invited stays invited.
  const changes = changesFor(await audienceIn(tx));
  if (changes.length === 0) return;
  const places = async () =>
    placesByPerson(standing(event, await tx.events.rsvps(event.id), await tx.events.invitees(event.id)), event.capacity);
  const before = await places();
  await tx.events.saveInvitees(changes);
  // A place that somebody leaves goes to the next on the waiting list, whose card says so.
  await refreshCopies(tx, network, event.id, changedPlaces(before, await places()));
  const { calendar } = event;
  // What a person has to mend first isn't tried again because somebody joined.
  if (calendar.state === "failed" && calendar.eventId === null) return;
  await tx.events.save({ ...event, calendar: { ...calendar, state: "pending", reason: null } });
  await tx.jobs.add(syncEvent, [{ network, event: event.id, attempt: 0 }]);
}

async function sendWhatIsDue(deps: MeetingDeps, tx: MeetingStores, network: NetworkId, event: NetworkEvent): Promise<void> {
  const now = deps.clock.now();
  const settings = await readSettings(tx.settings);
  const due = dueTimes(settings, event);
  const isDue = (at: Instant) => Temporal.Instant.compare(at, now) <= 0;
  if (!isDue(due.asks)) return;
  const invited = await invitedTo(tx, event);
  const rsvps = new Map((await tx.events.rsvps(event.id)).map((rsvp) => [rsvp.person, rsvp]));
  const hasAnswered = (person: PersonId) => {
    const rsvp = rsvps.get(person);
    return rsvp !== undefined && !isStale(event, rsvp);
  };
  const asked = await notYet(tx, event, "rsvp", invited);
  const cards = asked.map((person) => cardAbout(event, "rsvp", person));
  await deliver(tx, network, await aWeekApart(tx, cards, now), now);
  if (isDue(due.reminds)) {
    const silent = (await notYet(tx, event, "rsvp-reminder", invited)).filter((person) => !hasAnswered(person));
    const rested = await withoutMessageThisWeek(tx, silent, now);
    await deliver(tx, network, rested.map((person) => ({ ...cardAbout(event, "rsvp-reminder", person), unasked: true })), now);
    await remindAgain(tx, network, event, invited.filter((person) => !hasAnswered(person)), due.reminds, now);
  }
  if (isDue(due.dayBefore)) {
    const coming = invited.filter((person) => hasAnswered(person) && rsvps.get(person)?.answer !== "no");
    await deliver(tx, network, (await notYet(tx, event, "day-before", coming)).map((person) => cardAbout(event, "day-before", person)), now);
  }
  const yes = invited.filter((person) => hasAnswered(person) && rsvps.get(person)?.answer === "yes").length;
  if (settings.quorum !== null && isDue(due.quorum) && yes < settings.quorum) {
    const leads = (await tx.roster.leads()).filter((lead) => lead.scope?.kind === "network" && lead.stoppedAt === null);
    const told = await notYet(tx, event, "quorum", leads.map(({ id }) => id));
    await deliver(tx, network, told.map((person) => cardAbout(event, "quorum", person)), now);
  }
}

/** Whoever had asked for the card again before is reminded all the same. */
async function remindAgain(
  tx: MeetingStores,
  network: NetworkId,
  event: NetworkEvent,
  silent: readonly PersonId[],
  due: Instant,
  now: Instant,
): Promise<void> {
  const earlier = (await tx.deliveries.ofOccasion(event.id, "rsvp-reminder")).filter(
    ({ state, updatedAt, recipient }) =>
      state === "delivered" && Temporal.Instant.compare(updatedAt, due) < 0 && silent.includes(recipient),
  );
  const rested = await withoutMessageThisWeek(tx, earlier.map(({ recipient }) => recipient), now);
  await sendAgain(tx, network, earlier.filter(({ recipient }) => rested.includes(recipient)).map(({ id }) => id), now);
}

async function invitedTo(tx: MeetingStores, event: NetworkEvent): Promise<PersonId[]> {
  const invitees = await tx.events.invitees(event.id);
  return [...new Set(invitees.filter(({ removedAt }) => removedAt === null).map(({ person }) => person))];
}

/** Those who have no card of this purpose yet, whatever became of it. */
async function notYet(tx: MeetingStores, event: NetworkEvent, purpose: Purpose, people: readonly PersonId[]): Promise<PersonId[]> {
  if (people.length === 0) return [];
  const had = new Set((await tx.deliveries.ofOccasion(event.id, purpose)).map(({ recipient }) => recipient));
  return people.filter((person) => !had.has(person));
}

/**
 * Tries again what the calendar hasn't got: work that was lost, and bookings that failed until somebody mended what stood
 * in their way. Runs every hour; harmless where the work is still under way.
 */
export async function catchUp(deps: MeetingDeps, network: NetworkId): Promise<void> {
  await deps.store.transaction(network, async (tx) => {
    const behind = await tx.events.outOfStep(deps.clock.now());
    for (const { id } of behind) {
      const event = await tx.events.lock(id);
      if (event === null || event.calendar.state === "in-step") continue;
      await tx.events.save({ ...event, calendar: { ...event.calendar, state: "pending" } });
      await tx.jobs.add(syncEvent, [{ network, event: id, attempt: 0 }]);
    }
  });
}

/** Books the best slot of each open date of the rhythm, for networks that have that switched on. */
export async function bookByItself(deps: PlanningDeps, network: NetworkId): Promise<void> {
  const settings = await readSettings(deps.store.read(network).settings);
  if (!settings.bookByItself) return;
  const plan = await planMeetings(deps, network);
  if (!plan.ok) return;
  for (const { plannedOn, index, best } of plan.proposals) {
    if (best === null) continue;
    const { startsAt, endsAt, excluded } = best;
    await bookMeeting(deps, network, null, { planned: { index, on: plannedOn }, startsAt, endsAt, excluded });
  }
}
