import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { openRound } from "../features/check-ins/rounds.ts";
import { importRoster } from "../features/roster/import.ts";
import type { Application } from "../compose.ts";
import { Fault } from "../kernel/errors.ts";

/** The sample network's name; the roster is made up. */
const sampleNetwork = "London Social Prescribing Managers Network";

/** Makes a network out of the sample roster and opens its first round, so that there is something to look at. */
export async function prepareSample(app: Application): Promise<void> {
  const network = await app.directory.createNetwork(sampleNetwork);
  const csv = await readFile(join(import.meta.dirname, "../../src/local/sample-roster/london.csv"));
  const deps = { store: app.store, clock: app.clock, defaultTenant: app.tenantId, canMail: app.canMail };
  const imported = await importRoster(deps, { network, actor: null }, csv, { dryRun: false });
  if (!imported.ok) throw new Fault("not-found", `The sample roster has faults: ${imported.problems[0]?.message ?? ""}`);
  // The theme with a note, so that whoever tries the product meets the note's guard at once.
  await openRound(app, network, null, "pressures");
}
