import { type Actor, allow } from "../../kernel/actor.ts";
import { type Problem, type Route, route } from "../../kernel/http.ts";
import { Evidence, SheetQuery } from "./contract.ts";
import type { EvidenceDeps } from "./ports.ts";
import { evidenceCsv, evidenceWorkbook, readEvidence } from "./use-cases.ts";

/**
 * Those who may see the combined figures of every area. A lead of some areas knows each team there: with the combined
 * figures beside it they could take their own teams off a group that reaches into another area.
 */
const readers = {
  allow: (actor: Actor) => allow.networkLeads(actor) || actor.role === "viewer",
  allowed: "leads of the whole network, and viewers, as the figures are of every area",
};

const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const csv = "text/csv; charset=utf-8";

/** The evidence pack: as data for the printable report, as a workbook, and sheet by sheet as CSV. */
export function evidenceRoutes(deps: EvidenceDeps): Route[] {
  return [
    route({
      method: "GET",
      path: "exports/evidence",
      summary: "The evidence pack as data",
      ...readers,
      response: Evidence,
      async handle({ actor }) {
        const body = await readEvidence(deps, actor);
        return body === null ? nothingYet : { kind: "ok", body };
      },
    }),
    route({
      method: "GET",
      path: "exports/evidence.xlsx",
      summary: "The evidence pack as a workbook",
      ...readers,
      response: { file: xlsx },
      async handle({ actor }) {
        const file = await evidenceWorkbook(deps, actor);
        return file === null ? nothingYet : { kind: "file", type: xlsx, ...file };
      },
    }),
    route({
      method: "GET",
      path: "exports/evidence.csv",
      summary: "One sheet of the evidence pack",
      ...readers,
      query: SheetQuery,
      response: { file: csv },
      async handle({ actor, query }) {
        const file = await evidenceCsv(deps, actor, query.sheet);
        return file === null ? nothingYet : { kind: "file", type: csv, ...file };
      },
    }),
  ];
}

const nothingYet: Problem = {
  kind: "problem",
  status: 409,
  detail: "No check-in round has closed yet, so there are no combined figures to hand on; come back when the first one has closed.",
};
