import { settingsSection as checkIns } from "../../features/check-ins/deps.ts";
import { settingsSection as meetings } from "../../features/meetings/deps.ts";
import { settingsSection as pulse } from "../../features/pulse/deps.ts";
import { PulseSettings } from "../../features/pulse/settings.ts";
import type { DemoDates } from "./dates.ts";
import { dayOf } from "./moments.ts";
import type { World } from "./world.ts";

/** The fewest who must have said yes to a meeting: more than the next one has by now. */
const quorum = 35;

/** The network's settings for its year: its rhythms, days without meetings, support lines that somebody has checked. */
export async function putSettings(world: Pick<World, "store" | "network" | "today">, dates: DemoDates): Promise<void> {
  const { begin, firstOpensOn, meetings: planned, meetingToPlan } = dates;
  const [monday, friday] = [meetingToPlan.subtract({ days: 1 }), meetingToPlan.add({ days: 3 })];
  const lastChecked = dayOf(world.today).subtract({ months: 2 }).toString();
  const { supportLines } = PulseSettings.parse({});
  await world.store.transaction(world.network, async ({ settings }) => {
    await settings.put(checkIns, { firstOpensOn: firstOpensOn.toString() }, begin);
    await settings.put(
      meetings,
      {
        firstOn: planned[0]?.toString() ?? null,
        // A week before the check-in, so that people get one message a week.
        rsvpDays: 28,
        quorum,
        avoid: [{ from: monday.toString(), to: friday.toString(), name: "Team leaders' away days" }],
      },
      begin,
    );
    await settings.put(pulse, { supportLines: supportLines.map((line) => ({ ...line, lastChecked })) }, begin);
  });
}
