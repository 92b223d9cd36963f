import { it } from "@jest/globals";
import { engines } from "../support/database.ts";
import { type Kill, killedMeeting } from "../support/killed-meeting.ts";

/** Each request of a step, killed before and after Graph has carried it out. */
const each = (requests: number): Kill[] =>
  Array.from({ length: requests }, (_, n) => n + 1).flatMap((request) => [
    { request, which: "unheard" },
    { request, which: "unanswered" },
  ]);

it.each(engines)("comes to one event, and one mail each, when it is killed at every request to Graph (%s)", async (engine) => {
  // The first two are of an event that isn't there yet, the others of one that is.
  await killedMeeting(engine, { booking: [...each(1), ...each(2).slice(1)], moving: each(2), cancelling: each(1) });
}, 600_000);
