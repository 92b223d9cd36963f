import { describe, expect, it } from "@jest/globals";
import { entryIn } from "../adapters/ics/reading.ts";
import { linkPage, type LinkPage, tokenIn } from "./link-page.ts";
import { lead, manager, roster, viewer } from "./rosters.ts";
import { testApp, type TestApp } from "./test-app.ts";

const [ana, ben, cy, lea] = ["ana", "ben", "cy", "lea"].map((name) => `${name}@example.org`) as [string, string, string, string];
const organiser = "meetings@network.example.org";
const [asking, reminding, dayBefore] = ["2026-11-10T09:30", "2026-11-17T09:30", "2026-11-23T09:30"];
const byMail = "The app isn't installed in Teams for Ana. Sent as a link by e-mail.";

/** A meeting on Tuesday 24 November at 10, three weeks from now, to which three managers and a lead are invited; Ana isn't in Teams. */
async function withMeeting(more: object = {}) {
  const app = await testApp({
    now: "2026-11-03T09:00",
    mail: true,
    installed: ({ email }) => email !== ana,
    roster: roster(manager("Ana"), manager("Ben"), manager("Cy"), lead("Lea")),
  });
  await app.api(lea, "PATCH", "settings", { meetings: { firstOn: "2026-11-24" }, "check-ins": { opensByItself: false } });
  const id = await book(app, "2026-11-24", more);
  return { app, id };
}

async function book(app: TestApp, on: string, more: object = {}): Promise<string> {
  const answer = await app.api(lea, "POST", "meetings", { on, plannedOn: on, ...more });
  expect(answer.status).toBe(201);
  await app.settle();
  return answer.body.id;
}

/** What Steady mailed to Ana, oldest first; what Exchange sends about meetings is left out. */
const mailsOf = (app: TestApp) => app.inbox(ana).filter(({ text }) => text?.includes("/respond/#") === true);

function pageOf(app: TestApp): LinkPage {
  const mail = mailsOf(app).at(-1);
  if (mail === undefined) throw new Error("Ana has no mail with a link");
  return linkPage(app.url, tokenIn(mail), app.settle);
}

/** What a mail says, without the address of its link. */
const saidIn = (mail: { subject: string; text: string | null; html: string | null }) =>
  [mail.subject, mail.text ?? "", mail.html?.replace(/<style.*?<\/style>|<[^>]+>/gs, " ") ?? ""].join("\n").replace(/http\S+/g, "");

const pressInTeams = async (app: TestApp, email: string, button: string, typed = {}) => {
  await (await app.card(email, "Network meeting")).press(button, typed);
  await app.settle();
};

const rowOf = async (app: TestApp, id: string, name: string) =>
  (await app.api(lea, "GET", `meetings/${id}`)).body.people.find((one: any) => one.person.name === name);

describe("somebody whom Teams can't reach", () => {
  it("gets the question as a mail with a link that holds no figure and nobody else's name; the ledger says so", async () => {
    const { app, id } = await withMeeting();
    await app.moveTo(asking);
    expect(mailsOf(app).map(({ subject }) => subject)).toEqual(["Can you come? Network meeting, Tuesday 24 November"]);
    expect(mailsOf(app)[0]?.text).toContain("Tuesday 24 November, 10am to 11.30am, on Teams.");
    const { items } = (await app.api(lea, "GET", `deliveries?round=${id}`)).body;
    expect(items.find((row: any) => row.person.name === "Ana")).toMatchObject({ state: "delivered", reason: byMail });

    await pressInTeams(app, ben, "Yes", { listed: "listed", raise: "Waiting lists" });
    await pressInTeams(app, cy, "Maybe");
    await app.moveTo(reminding);
    const [first, second] = mailsOf(app).map(saidIn);
    expect(second).toContain("Reminder: can you come?");
    for (const said of [first, second]) {
      expect(said).not.toMatch(/\bBen\b|\bCy\b|Waiting lists|North Central/);
      expect(said?.replace(/24 November|10am|11\.30am|&#39;/g, "")).not.toMatch(/\d/);
    }
  });

  it("answers and changes the answer on the link's page, and it is the same answer as one given in Teams", async () => {
    const { app, id } = await withMeeting();
    await app.moveTo(asking);
    const page = pageOf(app);
    const pressed = await (await page.card()).press("Yes", { raise: "Waiting lists", listed: "listed" });
    expect(JSON.stringify(pressed.body)).toContain("You said yes");
    await pressInTeams(app, ben, "Yes", { raise: "Waiting lists", listed: "listed" });
    const { person: anas, ...given } = await rowOf(app, id, "Ana");
    const { person: bens, ...same } = await rowOf(app, id, "Ben");
    expect([anas.name, bens.name]).toEqual(["Ana", "Ben"]);
    expect(given).toMatchObject({ answer: "yes", from: "card", raise: "Waiting lists", isWaiting: false });
    expect({ ...given, answeredAt: null }).toEqual({ ...same, answeredAt: null });
    expect((await page.card()).text).toContain("Coming, of those who let others see it\nAna and Ben");

    const change = await (await page.card()).press("Change answer");
    expect(JSON.stringify(change.body)).toContain("You can change it until the meeting starts");
    await page.post("press", { action: { verb: "meeting.rsvp", data: { delivery: await deliveryOf(app, id, "Ana"), answer: "no" } } });
    expect((await rowOf(app, id, "Ana")).answer).toBe("no");
    expect((await page.card()).text).toContain("You said no");
    expect((await app.card(ben)).text).toContain("You said yes");
  });

  it("waits for a place like everybody else, and has it as soon as somebody goes", async () => {
    const { app, id } = await withMeeting({ capacity: 1 });
    await app.moveTo(asking);
    await pressInTeams(app, ben, "Yes");
    const page = pageOf(app);
    await (await page.card()).press("Yes");
    expect((await page.card()).text).toContain("You're on the waiting list: number 1");
    expect(await rowOf(app, id, "Ana")).toMatchObject({ answer: "yes", isWaiting: true });
    await pressInTeams(app, ben, "Change answer");
    await pressInTeams(app, ben, "No");
    expect((await page.card()).text).toMatch(/^You said yes$/m);
    expect((await page.card()).text).not.toContain("waiting list: number");
  });

  it("is reminded by mail only while there is no answer", async () => {
    const { app } = await withMeeting();
    await app.moveTo(asking);
    await (await pageOf(app).card()).press("Maybe");
    await app.moveTo(reminding);
    expect(mailsOf(app)).toHaveLength(1);
    expect((await app.cards(ben)).map(({ text }) => text.split("\n")[0])).toEqual(["Network meeting", "Reminder: Network meeting"]);
  });

  it("is asked again when it moves and told when it is cancelled; every link shows how things stand", async () => {
    const { app, id } = await withMeeting();
    await app.moveTo(asking);
    const first = pageOf(app);
    await (await first.card()).press("Yes");
    await app.moveTo("2026-11-11T12:00");
    await app.api(lea, "PATCH", `meetings/${id}`, { on: "2026-11-26" });
    await app.settle();
    expect(mailsOf(app).map(({ subject }) => subject).at(-1)).toBe("Moved: Network meeting, Thursday 26 November");
    expect((await first.card()).text).toContain("The meeting has moved to this time. Can you come?");
    const second = pageOf(app);
    await app.moveTo("2026-11-11T13:00");
    await (await second.card()).press("Yes");
    expect((await first.card()).text).toContain("You said yes");
    await app.api(lea, "DELETE", `meetings/${id}`);
    await app.settle();
    expect(mailsOf(app).map(({ subject }) => subject).at(-1)).toBe("Cancelled: Network meeting, Thursday 26 November");
    for (const page of [first, second, pageOf(app)]) {
      const card = await page.card();
      expect(card.text).toContain("This meeting is cancelled");
      expect(card.buttons).toEqual([]);
    }
  });

  it("gets the way in on the day before, on the page and not in the mail; the link ends with the meeting", async () => {
    const { app, id } = await withMeeting();
    await app.moveTo(asking);
    const first = pageOf(app);
    await (await first.card()).press("Yes");
    await app.moveTo(dayBefore);
    const { joinUrl } = (await app.api(lea, "GET", `meetings/${id}`)).body;
    expect(joinUrl).toMatch(/^https:\/\//);
    expect(mailsOf(app).at(-1)?.text).toContain("The page has the link to join.");
    expect(mailsOf(app).at(-1)?.text).not.toContain(joinUrl);
    const last = pageOf(app);
    expect(JSON.stringify((await last.open()).body.cards[0].card)).toContain(joinUrl);
    await app.moveTo("2026-11-24T10:05");
    expect(await first.open()).toMatchObject({ status: 410 });
    expect(JSON.stringify((await last.open()).body.cards[0].card)).toContain(joinUrl);
    expect((await last.card()).text).toContain("This meeting has started");
    const late = await last.post("press", { action: { verb: "meeting.rsvp", data: { delivery: await deliveryOf(app, id, "Ana", "day-before"), answer: "no" } } });
    expect(late.body.reply).toMatchObject({ kind: "refused", text: expect.stringContaining("The meeting started at 10am") });
    await app.moveTo("2026-11-24T11:30");
    expect(await last.open()).toMatchObject({ status: 410 });
    expect((await rowOf(app, id, "Ana")).answer).toBe("yes");
  });

  it("can't use the link for somebody else's card, another event's, or to plan meetings", async () => {
    const { app, id } = await withMeeting();
    const other = await book(app, "2026-12-01", { plannedOn: undefined });
    await app.moveTo(asking);
    const page = pageOf(app);
    await app.moveTo(reminding, "2026-11-24T09:30");
    const press = (data: object, verb = "meeting.rsvp") => page.post("press", { action: { verb, data } });
    expect((await press({ delivery: await deliveryOf(app, id, "Ben"), answer: "no" })).status).toBe(403);
    expect((await press({ delivery: await deliveryOf(app, other, "Ana"), answer: "no" })).status).toBe(403);
    expect((await press({ delivery: await deliveryOf(app, other, "Ana") }, "meeting.change")).status).toBe(403);
    expect((await press({ plannedOn: "2027-01-05", slot: "2027-01-05T10:00:00Z" }, "meeting.book")).status).toBe(403);
    for (const [event, name] of [[id, "Ben"], [other, "Ana"], [id, "Ana"]] as const) expect((await rowOf(app, event, name)).answer).toBeNull();
  });
});

/** The card about a meeting that is meant for somebody. */
async function deliveryOf(app: TestApp, event: string, name: string, purpose = "rsvp"): Promise<string> {
  const row = await app.database.db
    .selectFrom("deliveries")
    .innerJoin("people", "people.id", "deliveries.recipient")
    .select("deliveries.id")
    .where("deliveries.occasion", "=", event)
    .where("people.name", "=", name)
    .where("deliveries.purpose", "=", purpose)
    .executeTakeFirstOrThrow();
  return row.id;
}

describe("“Add to calendar”", () => {
  const hasFile = async (page: LinkPage) => (await page.open()).body.cards.map((one: any) => one.hasCalendarFile);

  it("gives the meeting as Outlook has it, without anybody's name; after a move the next version of the same event", async () => {
    const { app, id } = await withMeeting();
    await app.moveTo(asking);
    await pressInTeams(app, ben, "Yes", { listed: "listed" });
    const page = pageOf(app);
    expect(await hasFile(page)).toEqual([true]);
    const { status, body } = await page.post("calendar");
    expect(status).toBe(200);
    expect(body.fileName).toBe("network-meeting-2026-11-24.ics");
    const { joinUrl } = (await app.api(lea, "GET", `meetings/${id}`)).body;
    const [event] = app.graph.calendarOf(organiser);
    const entry = entryIn(body.ics);
    expect(entry).toMatchObject({ UID: event?.iCalUId, SEQUENCE: "0", DTSTART: "20261124T100000Z", DTEND: "20261124T113000Z", URL: joinUrl });
    expect(entry).toMatchObject({ SUMMARY: "Network meeting", STATUS: "CONFIRMED", ORGANIZER: `mailto:${organiser}` });
    expect(body.ics).not.toMatch(/ATTENDEE|Ben|Ana|@example\.org/);

    await app.api(lea, "PATCH", `meetings/${id}`, { on: "2026-11-26" });
    await app.api(lea, "PATCH", `meetings/${id}`, { on: "2026-11-25", start: "14:00" });
    await app.settle();
    const moved = entryIn((await page.post("calendar")).body.ics);
    expect(moved).toMatchObject({ UID: event?.iCalUId, SEQUENCE: "2", DTSTART: "20261125T140000Z" });
  });

  it("leaves out the way in while somebody waits for a place, as their card does", async () => {
    const { app } = await withMeeting({ capacity: 1 });
    await app.moveTo(asking);
    await pressInTeams(app, ben, "Yes");
    const page = pageOf(app);
    await (await page.card()).press("Yes");
    const { ics } = (await page.post("calendar")).body;
    expect(ics).not.toContain("https://");
    expect(entryIn(ics)).toMatchObject({ LOCATION: "Microsoft Teams" });
  });

  it("isn't there any more for somebody who was taken off the list", async () => {
    const { app } = await withMeeting();
    await app.moveTo(asking);
    const page = pageOf(app);
    await app.importCsv(roster(viewer("Ana"), manager("Ben"), manager("Cy"), lead("Lea")));
    await app.moveTo("2026-11-10T09:32");
    expect((await page.card()).text).toContain("This card is no longer yours");
    expect(await hasFile(page)).toEqual([false]);
    expect(await page.post("calendar")).toMatchObject({ status: 404 });
  });

  it("isn't there for a cancelled meeting, for another kind of card, or for a link that isn't ours or is over", async () => {
    const { app, id } = await withMeeting();
    await app.openRound();
    const checkIn = pageOf(app);
    expect(await hasFile(checkIn)).toEqual([false]);
    expect(await checkIn.post("calendar")).toMatchObject({ status: 404 });
    await app.moveTo(asking);
    const page = pageOf(app);
    const { token } = page;
    expect(await linkPage(app.url, `${token.slice(0, -4)}AAAA`, app.settle).post("calendar")).toMatchObject({ status: 401 });
    await app.api(lea, "DELETE", `meetings/${id}`);
    await app.settle();
    expect(await hasFile(page)).toEqual([false]);
    expect(await page.post("calendar")).toMatchObject({ status: 404, body: { detail: expect.stringContaining("over, or cancelled") } });
    await app.moveTo("2026-11-24T10:00");
    expect(await page.post("calendar")).toMatchObject({ status: 410 });
  });
});
