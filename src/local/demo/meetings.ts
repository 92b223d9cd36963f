import { bookMeeting } from "../../features/meetings/booking.ts";
import { writeUp } from "../../features/meetings/changing.ts";
import { readSettings } from "../../features/meetings/deps.ts";
import { dueTimes, tendMeetings } from "../../features/meetings/due.ts";
import type { NetworkEvent } from "../../features/meetings/model.ts";
import { planMeetings } from "../../features/meetings/planning.ts";
import { calendarSyncer } from "../../features/meetings/syncing.ts";
import type { LocalDate } from "../../kernel/time.ts";
import type { DemoDates } from "./dates.ts";
import { atHour, dayOf, workingDaysFrom } from "./moments.ts";
import { planAnswers, recordAttendance } from "./rsvps.ts";
import type { Timeline } from "./timeline.ts";
import { noteReminders } from "./surveys.ts";
import { meetings as minutes } from "./words.ts";
import { type World, wrong } from "./world.ts";

/** How long before its day a meeting is booked. */
const bookedBefore = { days: 40 };

/** Books each of the rhythm's meetings in its time; what follows from each is added when it is booked. */
export function planAllMeetings(timeline: Timeline<World>, { meetings }: Pick<DemoDates, "meetings">): void {
  for (const [nth, on] of meetings.entries()) {
    const isNext = nth === meetings.length - 1;
    timeline.add(atHour(on.subtract(bookedBefore), 11), (world) => book(world, nth, on, isNext));
  }
}

async function book(world: World, nth: number, on: LocalDate, isNext: boolean): Promise<void> {
  const { features, network, store, timeline, lead } = world;
  const { calendars } = features;
  const plan = await planMeetings(calendars, network);
  const proposal = plan.ok ? plan.proposals.find(({ plannedOn }) => plannedOn.equals(on)) : undefined;
  if (proposal?.best == null) throw wrong(`no day suits the meeting that is due on ${on.toString()}`);
  const { startsAt, endsAt, excluded } = proposal.best;
  const wish = { planned: { index: proposal.index, on }, startsAt, endsAt, excluded };
  const booked = await bookMeeting(calendars, network, lead, wish);
  if (!booked.ok) throw wrong(`a meeting can't be booked (${booked.why})`);
  const { event } = booked;
  await calendarSyncer(calendars).run([{ network, event: event.id, attempt: 0 }]);
  const due = dueTimes(await readSettings(store.read(network).settings), event);
  timeline.add(due.asks, (then) => ask(then, event, nth, isNext));
  for (const at of [due.reminds, due.quorum, due.dayBefore]) timeline.add(at, send);
  timeline.add(workingDaysFrom(startsAt, -6, 14), (then) => setAgenda(then, event, nth));
  timeline.add(event.endsAt, (then) => recordAttendance(then, event));
  timeline.add(workingDaysFrom(startsAt, 1, 15), (then) => writeNotes(then, event, nth));
}

/** Sends what is due of all meetings to come. */
async function send(world: World): Promise<void> {
  await tendMeetings(world.features.calendars, world.network);
  await noteReminders(world);
  await world.settle();
}

async function ask(world: World, event: NetworkEvent, nth: number, isNext: boolean): Promise<void> {
  await send(world);
  await planAnswers(world, event, nth, isNext);
}

async function setAgenda({ features, lead }: World, { id }: NetworkEvent, nth: number): Promise<void> {
  await writeUp(features.calendars, lead, id, { agenda: [...minutesOf(nth).agenda] });
}

async function writeNotes(world: World, { id, startsAt }: NetworkEvent, nth: number): Promise<void> {
  const { notes, actions } = minutesOf(nth);
  const dueIn = (weeks: number) => dayOf(startsAt).add({ weeks }).toString();
  const agreed = actions.map(({ what, who, weeks }) => ({ what, who, dueOn: dueIn(weeks) }));
  await writeUp(world.features.calendars, world.lead, id, { notes: { text: notes, actions: agreed } });
  await world.settle();
}

function minutesOf(nth: number): (typeof minutes)[number] {
  const found = minutes[nth % minutes.length];
  if (found === undefined) throw wrong("there are no words for its meetings");
  return found;
}
