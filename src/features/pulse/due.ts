import type { NetworkId, PersonId } from "../../kernel/ids.ts";
import { dateIn, type Instant, type LocalDate, momentOn, Temporal } from "../../kernel/time.ts";
import { isOpeningTime, nextWorkingDay } from "../../kernel/working-days.ts";
import { daysBetweenMessages } from "../deliveries/model.ts";
import { deliver, sendAgain, withoutMessageThisWeek } from "../deliveries/outbox.ts";
import { isAway } from "../roster/model.ts";
import { readSettings } from "./deps.ts";
import { takesAnswers, type Wave } from "./model.ts";
import { openWave } from "./opening.ts";
import type { PulseDeps, PulseStores } from "./ports.ts";
import { nextWaveOn } from "./schedule.ts";
import type { PulseSettings } from "./settings.ts";
import { cardAbout } from "./wave-cards.ts";

/** What a network's pulse sends when it is due: reminders, and the next wave. Runs every minute; safe to run twice. */
export async function tendPulse(deps: PulseDeps, network: NetworkId): Promise<void> {
  const wave = await deps.store.read(network).pulse.current();
  await (wave === null ? openDueWave(deps, network) : remindWhenDue(deps, network, wave));
}

/** Meetings that lie this far from a wave's due day have no say in where it goes. */
const meetingsAround = { hours: 13 * 7 * 24 };

async function openDueWave(deps: PulseDeps, network: NetworkId): Promise<void> {
  const settings = await readSettings(deps.store.read(network).settings);
  const now = deps.clock.now();
  if (!isOpeningTime(settings, now)) return;
  const due = await nextOpening(deps, network);
  if (due !== null && Temporal.PlainDate.compare(due, dateIn(settings.zone, now)) <= 0) await openWave(deps, network, null);
}

/**
 * The day on which the next wave opens by itself, today at the earliest: in its rhythm and between meetings, and not
 * before people had a week to read the last one's results. Null before the first wave, which a lead opens; while one is
 * open or not shared; and where waves don't open by themselves.
 */
export async function nextOpening(deps: PulseDeps, network: NetworkId): Promise<LocalDate | null> {
  const read = deps.store.read(network);
  const settings = await readSettings(read.settings);
  const [last] = await read.pulse.page({ limit: 1, after: null });
  if (!settings.opensByItself || last?.sharedAt == null) return null;
  const { zone, time, holidayOverrides } = settings;
  const lastOpened = dateIn(zone, last.openedAt);
  const due = momentOn(lastOpened.add({ weeks: settings.everyWeeks }), time, zone);
  const meetings = await deps.meetings(network, due.subtract(meetingsAround), due.add(meetingsAround));
  const meetingDays = meetings.map((at) => dateIn(zone, at));
  const wanted = nextWaveOn(lastOpened, settings, meetingDays);
  const rested = dateIn(zone, last.sharedAt).add({ days: daysBetweenMessages });
  const earliest = latestOf(rested, dateIn(zone, deps.clock.now()));
  if (Temporal.PlainDate.compare(wanted, earliest) >= 0) return wanted;
  // One that was held up doesn't open on the day of a meeting.
  const isMeeting = (day: LocalDate) => meetingDays.some((other) => other.equals(day));
  let day = nextWorkingDay(earliest, holidayOverrides);
  while (isMeeting(day)) day = nextWorkingDay(day.add({ days: 1 }), holidayOverrides);
  return day;
}

function latestOf(a: LocalDate, b: LocalDate): LocalDate {
  return Temporal.PlainDate.compare(a, b) < 0 ? b : a;
}

/** The moments of a wave's reminders: at the set time, on the set days after its opening or the next working days. */
function reminderTimes({ reminderDays, time, zone, holidayOverrides }: PulseSettings, wave: Wave): Instant[] {
  const openedOn = dateIn(zone, wave.openedAt);
  return reminderDays.map((days) => momentOn(nextWorkingDay(openedOn.add({ days }), holidayOverrides), time, zone));
}

function isReminderDue(settings: PulseSettings, wave: Wave, now: Instant): boolean {
  if (!takesAnswers(wave, now)) return false;
  const reached = reminderTimes(settings, wave).filter((at) => Temporal.Instant.compare(at, now) <= 0);
  return reached.some((at) => wave.remindedAt === null || Temporal.Instant.compare(wave.remindedAt, at) < 0);
}

async function remindWhenDue(deps: PulseDeps, network: NetworkId, seen: Wave): Promise<void> {
  const settings = await readSettings(deps.store.read(network).settings);
  if (!isReminderDue(settings, seen, deps.clock.now())) return;
  await deps.store.transaction(network, async (tx) => {
    const now = deps.clock.now();
    const wave = await tx.pulse.lock(seen.id);
    if (wave === null || !isReminderDue(settings, wave, now)) return;
    await remind(tx, network, wave, await toRemind(tx, settings, wave, now), now);
    await tx.pulse.save({ ...wave, remindedAt: now });
  });
}

/** Those who have had the card, neither sent nor skipped, are there, and had no other message for a week. */
async function toRemind(tx: PulseStores, { zone }: PulseSettings, wave: Wave, now: Instant): Promise<PersonId[]> {
  const cards = await tx.deliveries.ofOccasion(wave.id, "pulse");
  const arrived = new Set(cards.filter(({ state }) => state === "delivered").map(({ recipient }) => recipient));
  const waiting = (await tx.pulse.waiting(wave.id)).filter((person) => arrived.has(person));
  const people = await tx.roster.peopleByIds(waiting);
  const there = waiting.filter((id) => {
    const person = people.get(id);
    if (person === undefined || person.leftOn !== null || person.stoppedAt !== null) return false;
    return !isAway(person, dateIn(zone, now));
  });
  return withoutMessageThisWeek(tx, there, now);
}

async function remind(tx: PulseStores, network: NetworkId, wave: Wave, people: readonly PersonId[], now: Instant): Promise<void> {
  await deliver(tx, network, people.map((person) => cardAbout(wave.id, "pulse-reminder", person, true)), now);
  // A second reminder of the same wave is the same delivery, sent again.
  const silent = new Set(people);
  const earlier = (await tx.deliveries.ofOccasion(wave.id, "pulse-reminder")).filter(
    ({ recipient, state }) => silent.has(recipient) && state !== "pending",
  );
  await sendAgain(tx, network, earlier.map(({ id }) => id), now);
}
