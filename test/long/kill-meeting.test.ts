import { afterAll, it } from "@jest/globals";
import { engines } from "../support/database.ts";
import { killTally } from "../support/kill-tally.ts";
import { type Kill, killedMeeting } from "../support/killed-meeting.ts";

/** Each request of a step, killed before and after Graph has carried it out. */
const each = (requests: number): Kill[] =>
  Array.from({ length: requests }, (_, n) => n + 1).flatMap((request) => [
    { request, which: "unheard" },
    { request, which: "unanswered" },
  ]);

const { tally, report } = killTally("meetings");
afterAll(report);

it.each(engines)("comes to one event, and one mail each, when it is killed at every request to Graph (%s)", async (engine) => {
  // The first two are of an event that isn't there yet, the others of one that is.
  const kills = { booking: [...each(1), ...each(2).slice(1)], moving: each(2), cancelling: each(1) };
  await killedMeeting(engine, kills);
  const all = Object.values(kills).flat();
  // It fails when anybody gets a mail twice.
  tally(engine, { kills: all.length, duplicates: 0, inFlight: all.filter(({ which }) => which === "unanswered").length });
}, 600_000);
