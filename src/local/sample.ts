import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { programRoot } from "../adapters/program-root.ts";
import { openRound } from "../features/check-ins/rounds.ts";
import { settingsSection as meetingsSection } from "../features/meetings/deps.ts";
import { importRoster } from "../features/roster/import.ts";
import type { Application } from "../composition/parts.ts";
import { Fault } from "../kernel/errors.ts";
import { dateIn, type LocalDate } from "../kernel/time.ts";
import { isWorkingDay } from "../kernel/working-days.ts";

/** The sample network's name; the roster is made up. */
export const sampleNetwork = "London Social Prescribing Managers Network";

const tuesday = 2;

/**
 * The first meeting of the sample's series: the Tuesday in about three weeks (18 to 24 days from `today`), or the next
 * that isn't a bank holiday. None is booked, so that planning has something to show.
 */
export function firstMeeting(today: LocalDate): LocalDate {
  const soonest = today.add({ days: 18 });
  let day = soonest.add({ days: (tuesday + 7 - soonest.dayOfWeek) % 7 });
  while (!isWorkingDay(day)) day = day.add({ days: 7 });
  return day;
}

/** The sample roster as a file for the import. */
export function sampleRoster(): Promise<Uint8Array> {
  return readFile(join(programRoot, "src/local/sample-roster/london.csv"));
}

/** Makes a network out of the sample roster and opens its first round, so that there is something to look at. */
export async function prepareSample(app: Application): Promise<void> {
  const network = await app.directory.createNetwork(sampleNetwork);
  const csv = await sampleRoster();
  const deps = { store: app.store, clock: app.clock, defaultTenant: app.tenantId, canMail: app.canMail };
  const imported = await importRoster(deps, { network, actor: null }, csv, { dryRun: false });
  if (!imported.ok) throw new Fault("not-found", `The sample roster has faults: ${imported.problems[0]?.message ?? ""}`);
  const now = app.clock.now();
  const firstOn = firstMeeting(dateIn("Europe/London", now)).toString();
  await app.store.transaction(network, ({ settings }) => settings.put(meetingsSection, { firstOn, start: "10:00" }, now));
  // The theme with a note, so that whoever tries the product meets the note's guard at once.
  await openRound(app, network, null, "pressures");
}
