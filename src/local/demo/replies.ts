import type { HelpRequest } from "../../features/check-ins/model.ts";
import { moveRequest } from "../../features/check-ins/requests.ts";
import { rounds } from "./dates.ts";
import { luckOf } from "./luck.ts";
import { workingDaysFrom } from "./moments.ts";
import { actorWith, type World } from "./world.ts";

/** Of the requests of the last two rounds: those that nobody has taken, and those that were taken and no more. */
const leftOpen = 0.25;
const leftTaken = 0.4;

/** The owner of a request takes it on and closes it; of the latest ones some are still open, and some taken. */
export function planReply({ timeline, clock }: World, request: HelpRequest, team: string, nth: number): void {
  const luck = luckOf("reply", team, nth);
  const isLate = nth >= rounds - 2;
  if (isLate && luck.chance(leftOpen)) return;
  const now = clock.now();
  timeline.add(workingDaysFrom(now, 1, luck.between(9, 17)), (world) => reply(world, request, "taken"));
  if (isLate && luck.chance(leftTaken)) return;
  timeline.add(workingDaysFrom(now, luck.whole(2, 4), luck.between(9, 17)), (world) => reply(world, request, "done"));
}

async function reply(world: World, { id, owner }: HelpRequest, state: "taken" | "done"): Promise<void> {
  await moveRequest(world.features.checkIns, actorWith(world, owner), id, state);
}
