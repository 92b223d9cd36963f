import { describe, expect, it } from "@jest/globals";
import type { CardInChat } from "./card-in-chat.ts";
import type { LinkedCard } from "./link-page.ts";
import { lead, manager, roster } from "./rosters.ts";
import { type TestApp, testApp } from "./test-app.ts";

const [ana, lea] = ["ana@example.org", "lea@example.org"] as const;

/** Where the buttons of a card lead that open something. */
function linksOf(card: object | null): { title: string; url: string }[] {
  const { actions } = card as { actions: { type: string; title: string; url: string }[] };
  return actions.filter(({ type }) => type === "Action.OpenUrl").map(({ title, url }) => ({ title, url }));
}

/** Ana's team asks Lea for a call. */
async function withRequest(installed = () => true) {
  const app = await testApp({ now: "2026-11-24T09:30", mail: true, installed, roster: roster(manager("Ana"), lead("Lea")) });
  await app.openRound();
  return app;
}

async function ask(app: TestApp, card: CardInChat | LinkedCard): Promise<string> {
  await card.press("Send", { feeling: "busy", newPeople__link_worker: 25, help: "call" });
  await app.settle();
  const [team] = await app.store.read(app.network).roster.teams();
  return team?.id ?? "";
}

describe("a card that a lead gets in Teams", () => {
  it("opens the tab at the team that asks for something", async () => {
    const app = await withRequest();
    const team = await ask(app, await app.card(ana, "How is your caseload?"));
    const { message } = await app.card(lea, "A team needs you");
    expect(linksOf(message.card)).toEqual([{ title: "Open in Steady", url: `${app.url}/tab/#/check-ins/team/${team}` }]);
    expect((message.card as { actions: { title: string }[] }).actions.map(({ title }) => title)).toEqual(["Take", "Done", "Open in Steady"]);
  });

  it.each([
    ["summary", "check-ins"],
    ["pulse", "pulse"],
  ])("opens the tab from “%s”", async (said, page) => {
    const app = await withRequest();
    await app.say(lea, said);
    expect(linksOf((await app.card(lea)).message.card)).toEqual([{ title: "Open in Steady", url: `${app.url}/tab/#/${page}` }]);
  });

  it("has no such button for managers", async () => {
    const app = await withRequest();
    expect(linksOf((await app.card(ana)).message.card)).toEqual([]);
  });
});

it("names the tab's page of a meeting in its invitation, and on the cards of those who plan it", async () => {
  const app = await withRequest();
  await app.api(lea, "PATCH", "settings", { meetings: { firstOn: "2026-12-08" }, "check-ins": { opensByItself: false } });
  await app.say(lea, "plan meetings");
  expect(linksOf((await app.card(lea)).message.card)).toEqual([{ title: "Open in Steady", url: `${app.url}/tab/#/meetings` }]);
  const booked = await app.api(lea, "POST", "meetings", { on: "2026-12-08", plannedOn: "2026-12-08" });
  expect(booked.status).toBe(201);
  await app.settle();
  const invitation = app.graph.inboxOf(ana).find(({ kind }) => kind === "invitation");
  expect(invitation?.html).toContain(`<a href="${app.url}/tab/#/meetings/${booked.body.id}">Open this meeting in Steady</a>`);
});

it("isn't offered the tab on the page of a link, which is for people whom Teams can't reach", async () => {
  const app = await withRequest(() => false);
  await ask(app, await app.page(ana).card());
  const page = app.page(lea);
  const { body } = await page.open();
  expect(body.cards).toHaveLength(1);
  expect(linksOf(body.cards[0].card)).toEqual([]);
  const taken = await (await page.card()).press("Take");
  expect(taken).toMatchObject({ status: 200, body: { reply: { kind: "card" } } });
  expect(linksOf(taken.body.reply.card)).toEqual([]);
});
