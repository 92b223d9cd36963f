import type { Actor } from "../../kernel/actor.ts";
import { dateIn, Temporal } from "../../kernel/time.ts";
import type { Evidence, SheetKey } from "./contract.ts";
import { evidenceOf } from "./model.ts";
import type { EvidenceDeps } from "./ports.ts";
import { sheetsOf } from "./sheets.ts";

/** The evidence pack; null before a round has closed, as there are no combined figures until then. */
export async function readEvidence(deps: EvidenceDeps, actor: Actor): Promise<Evidence | null> {
  const { network } = actor;
  let areas = await deps.combined(actor, "area");
  const places = await deps.combined(actor, "place");
  // A round may close between the two.
  if (areas.asOf !== places.asOf) areas = await deps.combined(actor, "area");
  if (areas.asOf === null) return null;
  const asOf = Temporal.PlainDate.from(areas.asOf);
  return evidenceOf({
    network: await deps.networkName(network),
    asOf,
    today: dateIn(await deps.zone(network), deps.clock.now()),
    areas,
    places,
    guides: await deps.guides(network, asOf),
    survey: await deps.survey(actor),
  });
}

export interface EvidenceFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** The whole pack as one workbook; null as `readEvidence`. */
export async function evidenceWorkbook(deps: EvidenceDeps, actor: Actor): Promise<EvidenceFile | null> {
  const evidence = await readEvidence(deps, actor);
  if (evidence === null) return null;
  const bytes = await deps.spreadsheets.workbook(sheetsOf(evidence), { title: evidence.title, madeAt: deps.clock.now() });
  return { fileName: `evidence-${evidence.asOf}.xlsx`, bytes };
}

/** One sheet of the pack as CSV; null as `readEvidence`. */
export async function evidenceCsv(deps: EvidenceDeps, actor: Actor, key: SheetKey): Promise<EvidenceFile | null> {
  const evidence = await readEvidence(deps, actor);
  const sheet = evidence === null ? undefined : sheetsOf(evidence).find((one) => one.key === key);
  if (evidence === null || sheet === undefined) return null;
  return { fileName: `evidence-${evidence.asOf}-${key}.csv`, bytes: await deps.spreadsheets.csv(sheet) };
}
