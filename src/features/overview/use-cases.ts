import type { Actor } from "../../kernel/actor.ts";
import type { Overview } from "./contract.ts";
import { decisionKinds } from "./model.ts";
import type { OverviewDeps } from "./ports.ts";

/** All that somebody who leads or runs the network begins with; decisions come with the most urgent first. */
export async function loadOverview(deps: OverviewDeps, actor: Actor): Promise<Overview> {
  const [standing, round, meeting, wave, found] = await Promise.all([
    deps.standing(actor),
    deps.round(actor),
    deps.meeting(actor),
    deps.wave(actor),
    Promise.all(deps.decisions.map((decide) => decide(actor))),
  ]);
  const decisions = found.flat().sort((a, b) => decisionKinds.indexOf(a.kind) - decisionKinds.indexOf(b.kind));
  return { ...standing, decisions, round, meeting, wave };
}
