import { it } from "@jest/globals";
import { killedMeeting } from "../support/killed-meeting.ts";

// Booking asks Graph for the event; a second try is told that there is one, and looks for it. Moving reads the event
// and changes it, cancelling asks once.
it("comes to one event, and one mail each, when it is killed at requests to Graph", async () => {
  await killedMeeting("embedded", {
    booking: [
      { request: 1, which: "unheard" },
      { request: 1, which: "unanswered" },
      { request: 2, which: "unanswered" },
    ],
    moving: [{ request: 2, which: "unanswered" }],
    cancelling: [{ request: 1, which: "unanswered" }],
  });
}, 360_000);
