import { afterAll, expect, it } from "@jest/globals";
import { killTally } from "../support/kill-tally.ts";
import { type Kill, type Kills, killedMeetingReplicas } from "../support/killed-meeting.ts";

const { tally, report } = killTally("meetings by three replicas");
afterAll(report);

const unheard = (request: number): Kill => ({ request, which: "unheard" });
const unanswered = (request: number): Kill => ({ request, which: "unanswered" });

// Booking asks Graph for the event; a second try is told that there is one, and looks for it. Moving reads the event and
// changes it, cancelling asks once.
const runs: readonly Required<Kills>[] = [
  { booking: [unheard(1), unanswered(1)], moving: [unheard(1), unanswered(2)], cancelling: [unheard(1), unanswered(1)] },
  { booking: [unanswered(1), unanswered(2)], moving: [unanswered(1), unheard(2)], cancelling: [unanswered(1), unheard(1)] },
];

it.each(runs.map((kills, n) => ({ n: n + 1, kills })))(
  "comes to one event, and one mail each, when the replica that is at work with Graph is killed at its requests ($n)",
  async ({ kills }) => {
    const seconds = await killedMeetingReplicas(kills);
    console.log(`Another replica asked Graph after ${seconds.map((one) => one.toFixed(0)).join(", ")} s.`);
    // A job that fails runs again after two seconds, wherever; one whose process is gone, ten after its last sign of life.
    expect(Math.min(...seconds)).toBeGreaterThan(5);
    expect(Math.max(...seconds)).toBeLessThan(60);
    const all = Object.values(kills).flat();
    // It fails when anybody gets a mail twice.
    tally("server", { kills: all.length, duplicates: 0, inFlight: all.filter(({ which }) => which === "unanswered").length });
  },
  900_000,
);
