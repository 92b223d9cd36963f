import { checkInDecisions } from "../features/check-ins/decisions.ts";
import type { CheckInDeps } from "../features/check-ins/deps.ts";
import { latestRound } from "../features/check-ins/round-resources.ts";
import { standingOf } from "../features/check-ins/standing.ts";
import { meetingDecisions } from "../features/meetings/decisions.ts";
import type { MeetingDeps } from "../features/meetings/ports.ts";
import { meetingResources } from "../features/meetings/reading.ts";
import type { OverviewDeps } from "../features/overview/ports.ts";
import { overviewRoutes } from "../features/overview/routes.ts";
import { pulseDecisions } from "../features/pulse/decisions.ts";
import type { PulseDeps } from "../features/pulse/ports.ts";
import { waveResources } from "../features/pulse/wave-resources.ts";

export interface OverviewParts {
  readonly checkIns: CheckInDeps;
  readonly calendars: MeetingDeps;
  readonly pulse: PulseDeps;
}

/** Puts the overview together out of what each feature knows. */
export function composeOverview({ checkIns, calendars, pulse }: OverviewParts) {
  const deps: OverviewDeps = {
    standing: (actor) => standingOf(checkIns, actor),
    round: (actor) => latestRound(checkIns, actor.network),
    async meeting(actor) {
      const [next] = await calendars.store.read(actor.network).events.upcoming(calendars.clock.now());
      const [meeting] = next === undefined ? [] : await meetingResources(calendars, actor, [next]);
      return meeting ?? null;
    },
    async wave(actor) {
      const latest = await pulse.store.read(actor.network).pulse.page({ limit: 1, after: null });
      const [wave] = await waveResources(pulse, actor, latest);
      return wave ?? null;
    },
    decisions: [
      (actor) => checkInDecisions(checkIns, actor),
      (actor) => meetingDecisions(calendars, actor),
      (actor) => pulseDecisions(pulse, actor),
    ],
  };
  return { routes: overviewRoutes(deps) };
}
