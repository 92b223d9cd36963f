import type { JobHandler } from "../../kernel/jobs.ts";
import { freezeClosed } from "./combined.ts";
import type { CheckInDeps } from "./deps.ts";
import { closeRoundJob, combinedFiguresJob, figuresJob, remindRoundJob, type RoundJob } from "./jobs.ts";
import { closeRound, remindRound } from "./rounds.ts";
import { tendStandings } from "./standings.ts";

/** The workers for what a round does by itself once it is open. */
export function roundHandlers(deps: CheckInDeps): JobHandler<RoundJob>[] {
  return [
    {
      kind: closeRoundJob,
      async run(jobs) {
        for (const { network, round } of jobs) await closeRound(deps, network, null, round);
      },
    },
    {
      kind: remindRoundJob,
      async run(jobs) {
        for (const { network, round } of jobs) await remindRound(deps, network, null, round);
      },
    },
    {
      kind: figuresJob,
      async run(jobs) {
        for (const { network } of jobs) await tendStandings(deps, network);
      },
    },
    {
      kind: combinedFiguresJob,
      async run(jobs) {
        for (const { network } of jobs) await freezeClosed(deps, network);
      },
    },
  ];
}
