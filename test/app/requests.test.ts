import { describe, expect, it } from "@jest/globals";
import type { Row } from "../builders/roster.ts";
import { lead, manager, roster } from "./rosters.ts";
import { type TestApp, testApp } from "./test-app.ts";

const ana = "ana@example.org";
const kay = "kay@example.org";
const leo = "leo@example.org";

/** Before Leo in the alphabet. */
const network = lead("Kay");
const area = lead("Leo", { scope: "North Central" });
const elsewhere = [lead("Sol", { scope: "South East" }), manager("Sam", { area: "South East" })] as const;

async function opened(now: string, ...rows: readonly Row[]) {
  const app = await testApp({ now, roster: roster(manager("Ana", { place: "Camden" }), ...rows) });
  await app.openRound();
  return app;
}

async function answer(app: TestApp, typed: Readonly<Record<string, string | number>>, by = ana) {
  const recorded = (await app.cards(by)).find((card) => card.text.includes("recorded"));
  if (recorded !== undefined) await recorded.press("Change answer");
  const card = await app.card(by, "How is your caseload?");
  expect(await card.press("Send", { feeling: "busy", newPeople__link_worker: 25, ...typed })).toMatchObject({ kind: "card" });
  // The card with which the answer is answered says at once what it says once everything is done.
  const { text } = await app.card(by, "recorded");
  await app.settle();
  expect((await app.card(by, "recorded")).text).toBe(text);
}

const workCards = async (app: TestApp, who: string) =>
  (await app.cards(who)).filter((card) => /needs you|taken this on|^Done|No longer needed/.test(card.text));

describe("what a team asks for", () => {
  it("goes to the lead of its area before one of the whole network, with a day by which they reply", async () => {
    const app = await opened("2026-11-10T09:30", network, area, ...elsewhere);
    await answer(app, { feeling: "unsafe", help: "peer", waiting: 4 });
    expect((await app.card(ana, "recorded")).text).toContain("Leo has been told and will reply by Thursday 12 November.");
    const card = await app.card(leo, "A team needs you");
    expect(card.text).toContain("Team Ana (Camden)\nReply by Thursday 12 November\n");
    expect(card.text).toContain(
      "Ana says the workload is more than they can do safely and would like advice from a peer.\nTwelve weeks: 25 new people; guide 23 to 29, in the guide range.\nManaged by Ana (ana@example.org).",
    );
    expect(card.buttons).toEqual(["Take", "Done"]);
    expect(await workCards(app, kay)).toEqual([]);
    expect(await workCards(app, "sol@example.org")).toEqual([]);
  });

  it.each([
    ["more than we can do safely", { feeling: "unsafe" }],
    ["something for the network", { help: "network" }],
    ["a call", { help: "call" }],
  ])("is a request for %s", async (_, typed) => {
    const app = await opened("2026-11-10T09:30", network);
    await answer(app, typed);
    expect(await workCards(app, kay)).toHaveLength(1);
  });

  it.each([
    ["a weekend", "2026-11-19T16:00", "Monday 23 November"],
    ["a weekend on which it was asked", "2026-11-21T11:00", "Tuesday 24 November"],
    ["Christmas, Boxing Day and New Year's Day", "2026-12-31T09:30", "Tuesday 5 January 2027"],
  ])("is due in two working days, over %s", async (_, now, day) => {
    const app = await opened(now, network);
    await answer(app, { help: "call" });
    expect((await app.card(ana, "recorded")).text).toContain(`Kay has been told and will reply by ${day}.`);
  });

  it("is promised by nobody when no lead is in scope", async () => {
    const app = await opened("2026-11-10T09:30", ...elsewhere);
    await answer(app, { feeling: "unsafe", help: "call" });
    expect((await app.card(ana, "recorded")).text).not.toContain("will reply");
    expect(await workCards(app, "sol@example.org")).toEqual([]);
  });

  it("goes to another lead while the nearest is away", async () => {
    const app = await opened("2026-11-10T09:30", network, area);
    await app.say(leo, "away until 20 November");
    await answer(app, { help: "call" });
    expect((await app.card(ana, "recorded")).text).toContain("Kay has been told");
  });
});

describe("a request", () => {
  it("shows the team that the lead has taken it on, and then that it is done, also after the round has closed", async () => {
    const app = await opened("2026-11-10T09:30", area);
    await answer(app, { help: "call" });
    await (await app.card(leo, "A team needs you")).press("Take");
    await app.settle();
    expect((await app.card(leo, "You have taken this on")).buttons).toEqual(["Done"]);
    expect((await app.card(ana, "recorded")).text).toContain("Leo has taken this on and will reply by Thursday 12 November.");
    await app.moveTo("2026-11-24T17:00");
    expect((await app.card(ana, "has closed")).text).toContain("Leo has taken this on and will reply by Thursday 12 November.");
    await (await app.card(leo, "You have taken this on")).press("Done");
    await app.settle();
    expect((await app.card(leo, "Done")).buttons).toEqual([]);
    expect((await app.card(ana, "has closed")).text).toContain("Leo has marked this as done.");
  });

  it("can't be taken by a lead of another area, nor by the manager who asked", async () => {
    const app = await opened("2026-11-10T09:30", area, ...elsewhere);
    await answer(app, { help: "call" });
    const { message } = await app.card(leo, "A team needs you");
    const [take] = (message.card as { actions: { verb: string; data: Record<string, unknown> }[] }).actions;
    await app.say("sol@example.org", "summary");
    const press = async (who: string) => {
      const own = (await app.cards(who)).at(-1)?.message.id ?? "";
      return (await app.client(who)).press(own, { type: "Action.Execute", verb: take?.verb ?? "", data: take?.data ?? {} });
    };
    expect(await press("sol@example.org")).toMatchObject({ kind: "message", text: "This team isn't in your scope." });
    expect(await press(ana)).toMatchObject({ kind: "message", text: "This button isn't meant for you, so nothing was changed." });
    expect((await app.card(leo, "A team needs you")).buttons).toEqual(["Take", "Done"]);
  });

  it("is withdrawn when the answer changes to nothing, and comes anew when something is asked again", async () => {
    const app = await opened("2026-11-10T09:30", area);
    await answer(app, { help: "call" });
    await app.moveTo("2026-11-11T10:00");
    await answer(app, { help: "nothing" });
    expect((await workCards(app, leo)).map((card) => card.text.split("\n")[0])).toEqual(["No longer needed"]);
    expect((await app.card(leo, "No longer needed")).text).toContain("Ana changed the answer and asks for nothing now.");
    expect((await app.card(ana, "recorded")).text).not.toContain("Leo has been told");
    await answer(app, { feeling: "unsafe", help: "nothing" });
    expect((await app.card(ana, "recorded")).text).toContain("Leo has been told and will reply by Friday 13 November.");
    // A card that changes in place notifies nobody, so a new one says it.
    expect((await workCards(app, leo)).map((card) => card.text.split("\n")[0])).toEqual(["A team needs you", "A team needs you"]);
  });

  it("changes with the reasons, and its day moves only when more is asked", async () => {
    const app = await opened("2026-11-10T09:30", area);
    await answer(app, { feeling: "unsafe", help: "call" });
    await app.moveTo("2026-11-11T10:00");
    await answer(app, { feeling: "unsafe", help: "nothing" });
    expect((await app.card(leo, "A team needs you")).text).toMatch(/Reply by Thursday 12 November[^]*Ana says the workload is more than they can do safely\./);
    await answer(app, { feeling: "unsafe", help: "peer" });
    expect((await app.card(leo, "A team needs you")).text).toMatch(/Reply by Friday 13 November[^]*and would like advice from a peer\./);
    // Anew, because a card that changes in place notifies nobody.
    expect(await workCards(app, leo)).toHaveLength(2);
  });

  it("goes to another lead when more is asked while its owner is away", async () => {
    const app = await opened("2026-11-10T09:30", network, area);
    await answer(app, { help: "call" });
    await app.say(leo, "away until 20 November");
    await answer(app, { feeling: "unsafe", help: "call" });
    expect((await app.card(kay, "A team needs you")).text).toContain("more than they can do safely and would like a call");
    expect((await app.card(ana, "recorded")).text).toContain("Kay has been told");
  });

  it("isn't lost without a word when the lead whose call a card offered is away by now", async () => {
    const app = await opened("2026-11-10T09:30", area);
    await app.card(ana, "A call from Leo");
    await app.say(leo, "away until 20 November");
    await answer(app, { help: "call" });
    expect((await app.card(ana, "recorded")).text).toMatch(/nobody has been told[^]*What would help: a call from/);
    expect(await workCards(app, leo)).toEqual([]);
  });

  it("names who asked last, where two share the job", async () => {
    const shared = { team: "Team Share", manager_email: "" };
    const app = await testApp({ now: "2026-11-10T09:30", roster: roster(manager("Ana", shared), manager("Ben", shared), area) });
    await app.openRound();
    await answer(app, { help: "call" });
    await answer(app, { feeling: "unsafe" }, "ben@example.org");
    expect((await app.card(leo, "A team needs you")).text).toContain("Ben says the workload is more than they can do safely and would like a call.");
  });
});
