import type { OpenDatabase } from "../adapters/sql/database.ts";
import { eventStore } from "../adapters/sql/event-store.ts";
import { appCounts, runnerCounts } from "../adapters/sql/inspection.ts";
import { installStore } from "../adapters/sql/install-store.ts";
import { pulseStore } from "../adapters/sql/pulse-store.ts";
import { roundStore } from "../adapters/sql/round-store.ts";
import { settingsStore } from "../adapters/sql/settings-store.ts";
import { watchStore } from "../adapters/sql/watch-store.ts";
import { readSettings as readCheckIns } from "../features/check-ins/deps.ts";
import { nextOpening } from "../features/check-ins/schedule.ts";
import { readSettings as readMeetings } from "../features/meetings/deps.ts";
import { readSettings as readPulse } from "../features/pulse/deps.ts";
import type { NetworkId } from "../kernel/ids.ts";
import { dateIn, dayInWords, type Instant, Temporal } from "../kernel/time.ts";
import type { NetworkFacts } from "./store-facts.ts";

type Db = OpenDatabase["db"];
interface Network {
  readonly id: NetworkId;
  readonly name: string;
}

/** How a network stands, in counts and settings: nobody's name, address or answer is in it. */
export async function networkFacts(db: Db, { id, name }: Network, now: Instant, admins: readonly string[]): Promise<NetworkFacts> {
  const { runners, known } = await runnerCounts(db, id, admins);
  return {
    name,
    organiser: (await readMeetings(settingsStore(db, id))).organiser,
    runners,
    knownAdmins: known,
    ...(await rounds(db, id, now)),
    survey: await survey(db, id, now),
    app: { ...(await appCounts(db, id)), isStarted: (await installStore(db, id).startedAt()) !== null },
    calendars: await calendars(db, id, now),
  };
}

async function rounds(db: Db, network: NetworkId, now: Instant) {
  const settings = await readCheckIns(settingsStore(db, network));
  const latest = await roundStore(db, network).latest();
  const next = () => dayInWords(nextOpening(settings, now, latest?.opensOn ?? null).opensOn, dateIn(settings.zone, now));
  return { nextRound: settings.opensByItself ? next() : null, hasOpenRound: latest !== null && latest.closedAt === null };
}

async function survey(db: Db, network: NetworkId, now: Instant): Promise<NetworkFacts["survey"]> {
  const { supportLines, zone } = await readPulse(settingsStore(db, network));
  const aYearAgo = dateIn(zone, now).subtract({ years: 1 });
  const unchecked = supportLines.filter(
    ({ lastChecked }) => lastChecked === null || Temporal.PlainDate.compare(lastChecked, aYearAgo) < 0,
  );
  const pulse = pulseStore(db, network);
  const current = await pulse.current();
  const hasBeen = (await pulse.page({ limit: 1, after: null })).length > 0;
  return { hasBeen, open: current?.id ?? null, supportLines: supportLines.length, unchecked: unchecked.length };
}

async function calendars(db: Db, network: NetworkId, now: Instant): Promise<NetworkFacts["calendars"]> {
  const booked = (await eventStore(db, network).upcoming(now)).filter(({ calendar }) => calendar.eventId !== null);
  const watches = watchStore(db, network);
  const facts = [];
  for (const [organiser, meetings] of Map.groupBy(booked, (event) => event.organiser)) {
    const ends = (await watches.of(organiser))?.subscription?.expiresAt.epochMilliseconds ?? null;
    facts.push({ organiser, meetings: meetings.length, subscriptionEndsAt: ends });
  }
  return facts;
}
