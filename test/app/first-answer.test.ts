import { expect, it } from "@jest/globals";
import { lead, manager, roster } from "./rosters.ts";
import { testApp } from "./test-app.ts";

it("takes an answer from the card to the lead's summary", async () => {
  const app = await testApp({ now: "2026-11-24T09:30", roster: roster(manager("Ana"), lead("Lea")) });
  const round = await app.openRound();
  expect(await app.counts(round)).toEqual({ intended: 1, delivered: 1, failed: 0, skipped: 0, pending: 0 });
  const card = await app.card("ana@example.org", "How is your caseload?");
  const outcome = await card.press("Send", { feeling: "busy", newPeople__link_worker: 27 });
  expect(outcome).toMatchObject({ status: 200, kind: "card" });
  await app.settle();
  expect((await app.card("ana@example.org", "recorded")).text).toContain("27 new people; guide 23 to 29");
  const summary = await app.api("lea@example.org", "GET", "caseload-summary");
  expect(summary.body.total.last12Weeks).toMatchObject({ newPeople: 27, state: "in" });
});
