import type { NetworkId, PersonId } from "../../kernel/ids.ts";
import { dateIn, type Instant, momentOn } from "../../kernel/time.ts";
import type { Person } from "../roster/model.ts";
import { audienceIn } from "./audience.ts";
import type { Busy, Calendar } from "./calendar.ts";
import { organiserOf, readSettings } from "./deps.ts";
import type { MeetingDeps } from "./ports.ts";
import type { FreeBusy } from "./presence.ts";
import { type Proposal, propose } from "./proposal.ts";
import { type PlannedDate, seriesDates } from "./series.ts";
import type { MeetingSettings } from "./settings.ts";

export type PlanningDeps = MeetingDeps & { readonly calendar: Calendar | null };

/** Slots of earlier meetings whose absentees weigh more. */
const remembered = 4;

export type Plan =
  | { readonly ok: true; readonly proposals: readonly Proposal[]; readonly freeBusy: "off" | "asked" | "failed" }
  | { readonly ok: false; readonly why: "no-series" };

/** The next dates of the rhythm that have no meeting yet. */
export async function openDates(
  deps: Pick<MeetingDeps, "store" | "clock">,
  network: NetworkId,
  settings: MeetingSettings,
): Promise<PlannedDate[]> {
  const read = deps.store.read(network);
  const today = dateIn(settings.zone, deps.clock.now());
  const dates = seriesDates(settings, today, settings.keepAhead);
  const taken = await read.events.plannedDates(today);
  return dates.filter(({ on }) => !taken.has(on.toString()));
}

/** Proposes a slot for each of the next dates of the rhythm that have no meeting yet, with reasons. Changes nothing. */
export async function planMeetings(deps: PlanningDeps, network: NetworkId): Promise<Plan> {
  const read = deps.store.read(network);
  const settings = await readSettings(read.settings);
  if (settings.firstOn === null) return { ok: false, why: "no-series" };
  const dates = await openDates(deps, network, settings);
  const audience = await audienceIn(read);
  const nonWorking = await read.events.nonWorking();
  const history = await read.events.exclusions(remembered);
  const today = dateIn(settings.zone, deps.clock.now());
  const people = audience.map(({ id, awayUntil }) => ({ id, awayUntil, nonWorking: nonWorking.get(id) ?? [] }));
  const proposals: Proposal[] = [];
  const asked = new Set<"off" | "asked" | "failed">();
  for (const planned of dates) {
    const found = await busyAround(deps, settings, planned, audience);
    asked.add(typeof found === "string" ? found : "asked");
    const busy: FreeBusy = typeof found === "string" ? null : found;
    proposals.push(propose({ settings, planned, today, people, busy, history }));
  }
  const freeBusy = asked.has("failed") ? "failed" : asked.has("asked") ? "asked" : "off";
  return { ok: true, proposals, freeBusy };
}

const reach = { days: 8 };

async function busyAround(
  deps: PlanningDeps,
  settings: MeetingSettings,
  planned: PlannedDate,
  audience: readonly Person[],
): Promise<ReadonlyMap<PersonId, readonly Busy[] | "unknown"> | "off" | "failed"> {
  const organiser = organiserOf(settings, deps);
  if (!deps.freeBusy || deps.calendar === null || organiser === null) return "off";
  const at = (day: typeof planned.on): Instant => momentOn(day, "00:00", settings.zone);
  const emails = audience.map((person) => person.email);
  const [from, to] = [at(planned.on.subtract(reach)), at(planned.on.add(reach))];
  const found = await deps.calendar.freeBusy(organiser, emails, from, to);
  if (!found.ok) return "failed";
  return new Map(audience.map((person) => [person.id, found.value.get(person.email) ?? "unknown"]));
}
