import { describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { createLogger } from "../../src/adapters/logging/logger.ts";
import { refreshAll } from "../../src/features/deliveries/outbox.ts";
import { asId, type WaveId } from "../../src/kernel/ids.ts";
import { looked, type LookedCard } from "./card-in-chat.ts";
import { everythingStored } from "./everything-stored.ts";
import { askedMails, choices, close, lea, managerMail, openedWave, pulseNetwork, surveyCard, workforce } from "./pulse-people.ts";
import { roster } from "./rosters.ts";
import type { TestApp, TestAppOptions } from "./test-app.ts";

const [ana, ben] = [managerMail(0), managerMail(1)];
const everybody = askedMails(4, 8);
const empty = "Nothing is filled in yet. Answer at least one question, or choose Not now.";
const again = "You have already sent your answers; they can't be changed.";

/** Every row of every table, in no order. */
const rowsOf = async (app: TestApp) => (await everythingStored(app.database)).split("\n").sort();

/** What `work` takes out of the database and puts into it, by table. */
async function changed(app: TestApp, work: () => Promise<unknown>): Promise<{ gone: string[]; come: string[] }> {
  const before = await rowsOf(app);
  await work();
  const after = await rowsOf(app);
  const tables = (rows: readonly string[]) => rows.map((row) => row.split(" ")[0] ?? "");
  return { gone: tables(before.filter((row) => !after.includes(row))), come: tables(after.filter((row) => !before.includes(row))) };
}

const nothing = { gone: [], come: [] };
const oneParticipation = { gone: [], come: ["public.pulse_participations"] };
const oneAnswer = { gone: [], come: ["public.pulse_participations", "public.pulse_sealed"] };

/** A network with an open wave, whose log lines are kept; Ana answers by one of the ways there are. */
async function openNetwork(options: Partial<TestAppOptions> = {}) {
  const lines: string[] = [];
  const logger = createLogger({ level: "debug", destination: { write: (line: string) => void lines.push(line) } });
  const app = await pulseNetwork({ logger, ...options });
  const wave = await openedWave(app);
  return { app, wave, lines };
}

/** What somebody is told after a press: the card, or the sentence beside it. */
type Press = (button: string, typed?: Record<string, string>) => Promise<string>;

interface Way {
  readonly options: Partial<TestAppOptions>;
  /** Presses a button of the card that Ana sees at the moment; one that her card hasn't got any more is the first card's. */
  readonly press: (app: TestApp) => Promise<Press>;
}

async function inTeams(app: TestApp, as: "Action.Execute" | "Action.Submit"): Promise<Press> {
  const first = await surveyCard(app, ana);
  return async (button, typed = {}) => {
    const now = (await app.cards(ana)).find(({ message }) => message.id === first.message.id) ?? first;
    const texts = await app.texts(ana);
    const outcome = await (now.buttons.includes(button) ? now : first).press(button, typed, as);
    if (outcome.kind === "message") return String(outcome.text);
    const said = (await app.texts(ana)).slice(texts.length);
    if (said.length > 0) return said.join("\n");
    return (await app.cards(ana)).find(({ message }) => message.id === first.message.id)?.text ?? "";
  };
}

async function onPage(app: TestApp): Promise<Press> {
  const page = app.page(ana);
  const first: LookedCard = await page.card();
  let now = first;
  return async (button, typed = {}) => {
    const { verb, data, inputs } = (now.buttons.includes(button) ? now : first).pressed(button, typed);
    const { body } = await page.post("press", { action: { verb, data: { ...data, ...inputs } } });
    if (body.reply.kind !== "card") return String(body.reply.text);
    now = looked(body.reply.card);
    return now.text;
  };
}

const ways: [string, Way][] = [
  ["in Teams", { options: {}, press: (app) => inTeams(app, "Action.Execute") }],
  ["in a client that has Action.Submit only", { options: {}, press: (app) => inTeams(app, "Action.Submit") }],
  ["on a link's page", { options: { mail: true, installed: ({ email }) => email !== ana }, press: onPage }],
];

describe.each(ways)("an answer %s", (_, { options, press: pressing }) => {
  it("changes nothing in the whole database but one participation and one sealed row", async () => {
    const { app } = await openNetwork(options);
    const press = await pressing(app);
    const told: string[] = [];
    expect(await changed(app, async () => told.push(await press("Send", choices(1))))).toEqual(oneAnswer);
    expect(told[0]).toContain("Your answers are in");
    expect(told[0]).toContain("Samaritans: call 116 123");
    await app.settle();
    expect(await changed(app, () => app.settle())).toEqual(nothing);
  });

  it("counts once: sent again it changes nothing, and says so", async () => {
    const { app } = await openNetwork(options);
    const press = await pressing(app);
    await press("Send", choices(1));
    for (const place of [1, 3]) {
      const told: string[] = [];
      expect(await changed(app, async () => told.push(await press("Send", choices(place))))).toEqual(nothing);
      expect(told[0]).toContain(again);
    }
  });

  it("that is empty is refused, and keeps nothing", async () => {
    const { app } = await openNetwork(options);
    const press = await pressing(app);
    expect(await changed(app, async () => expect(await press("Send")).toBe(empty))).toEqual(nothing);
  });

  it("can be left out and given after all, which the database tells by participations alone", async () => {
    const { app } = await openNetwork(options);
    const press = await pressing(app);
    expect(await changed(app, () => press("Not now"))).toEqual(nothing);
    expect(await changed(app, () => press("Skip this survey"))).toEqual(oneParticipation);
    expect(await changed(app, () => press("Answer after all"))).toEqual({ gone: oneParticipation.come, come: [] });
    expect(await changed(app, () => press("Send", choices(2)))).toEqual(oneAnswer);
  });

  it("after the close changes nothing, and is told so", async () => {
    const { app, wave } = await openNetwork(options);
    const press = await pressing(app);
    await close(app, wave, {});
    const told: string[] = [];
    expect(await changed(app, async () => told.push(await press("Send", choices(1))))).toEqual(nothing);
    expect(told[0]).toBe("This survey closed on Tuesday 12 January, 9.30am, so nothing was changed.");
  });

  it("leaves log lines without the person, the same for every button", async () => {
    const { app, lines } = await openNetwork(options);
    const press = await pressing(app);
    const person = (await app.store.read(app.network).roster.personByEmail(ana))?.id ?? "";
    const [delivery] = await app.store.read(app.network).deliveries.toPersonSince(asId(person), app.clock.now().subtract({ hours: 1 }));
    const [message] = options.mail === true ? [] : (await app.client(ana)).messages();
    const logged = async (button: string, typed = {}) => {
      const before = lines.length;
      await press(button, typed);
      const own = lines.slice(before).join("");
      expect(own).not.toBe("");
      for (const id of [person, delivery?.id ?? "", ana, await app.accountOf(ana), message?.id ?? ""].filter((one) => one !== "")) {
        expect(own).not.toContain(id);
      }
      expect(own).not.toMatch(/submit|skip|notNow|worn-out|North/i);
      // When it was, how long it took, and the request's own id are each line's own.
      return own.replace(/"(?:time|requestId)":"[^"]+"/g, "").replace(/"ms":\d+/g, "");
    };
    const looked = await logged("Not now");
    expect(await logged("Skip this survey")).toBe(looked);
    expect(await logged("Answer after all")).toBe(looked);
    expect(await logged("Send")).toBe(looked);
    expect(await logged("Send", choices(1))).toBe(looked);
    expect(await logged("Send", choices(1))).toBe(looked);
  });

  it("that fails on our side is told to the person and to nobody else, and can be sent again", async () => {
    const { app, lines } = await openNetwork(options);
    const press = await pressing(app);
    await sql`alter table pulse_sealed rename to pulse_elsewhere`.execute(app.database.db);
    const person = (await app.store.read(app.network).roster.personByEmail(ana))?.id ?? "";
    const before = lines.length;
    expect(await changed(app, () => press("Send", choices(1)).catch(() => undefined))).toEqual(nothing);
    const own = lines.slice(before).join("");
    expect(own).toMatch(/failed/i);
    for (const id of [person, ana, await app.accountOf(ana)]) expect(own).not.toContain(id);
    await sql`alter table pulse_elsewhere rename to pulse_sealed`.execute(app.database.db);
    expect(await press("Send", choices(1))).toContain("Your answers are in");
  });
});

describe("the survey's card", () => {
  it("is drawn as the thank-you for those who sent, also on a page that is opened again, and as closed for all afterwards", async () => {
    const { app, wave } = await openNetwork({ mail: true, installed: ({ email }) => email !== ana });
    await (await onPage(app))("Send", choices(1));
    await (await surveyCard(app, ben)).press("Send", choices(2));
    expect((await app.page(ana).card()).text).toContain("Thank you");
    await app.store.transaction(app.network, (tx) => refreshAll(tx, app.network, wave, ["pulse"]));
    await app.settle();
    expect((await surveyCard(app, ben)).text).toContain("Thank you");
    expect((await surveyCard(app, managerMail(2))).text).toContain("Your answers are stored without your name");
    await close(app, wave, {});
    const closed = (await app.page(ana).card()).text;
    expect(closed).toContain("This survey has closed");
    for (const email of everybody.slice(1)) expect((await surveyCard(app, email)).text).toBe(closed);
  });

  it("is nobody else's, whichever way they press it", async () => {
    const { app } = await openNetwork();
    const { verb, data, inputs } = (await surveyCard(app, ana)).pressed("Send", choices(1));
    const client = await app.client(ben);
    const own = (await surveyCard(app, ben)).message.id;
    const told = await changed(app, async () => {
      const outcome = await client.press(own, { type: "Action.Execute", verb, data }, inputs);
      expect(outcome).toMatchObject({ kind: "message", text: "This card was meant for somebody else, or isn't known here any more, so it can't be answered. Write “help” for what you can ask for." });
    });
    expect(told).toEqual(nothing);
  });

  it("says on a link's page that the link tells who pressed, and in Teams that Teams does", async () => {
    const { app } = await openNetwork({ mail: true, installed: ({ email }) => email !== ana });
    expect((await app.page(ana).card()).text).toContain("Your link tells us who pressed Send");
    expect((await surveyCard(app, ben)).text).toContain("Teams tells us who pressed Send");
    expect(app.inbox(ana).map(({ subject }) => subject)).toEqual(["How is work for you?"]);
  });

  it("is shown again to who writes “pulse”, without a row that says so", async () => {
    const { app } = await openNetwork();
    const cards = (await app.cards(ana)).length;
    const { gone, come } = await changed(app, () => app.say(ana, "pulse"));
    expect([...gone, ...come].filter((table) => !/rate_limits|conversations|test_clock/.test(table))).toEqual([]);
    const shown = (await app.cards(ana)).slice(cards);
    expect(shown.map(({ buttons }) => buttons)).toEqual([["Send", "Not now"]]);
    expect(await shown[0]?.press("Send", choices(1))).toMatchObject({ kind: "card" });
    await app.say(ana, "pulse");
    expect((await app.cards(ana)).at(-1)?.text).toContain("Your answers are in");
  });
});

describe("somebody who doesn't answer at once", () => {
  const remindersOf = async (app: TestApp, email: string) =>
    (await app.cards(email)).filter(({ text }) => text.startsWith("Reminder: how is work for you?"));

  it("is reminded tomorrow when they ask for it, unless they have sent by then", async () => {
    const { app } = await openNetwork();
    for (const email of [ana, ben]) {
      await (await surveyCard(app, email)).press("Not now");
      const outcome = await (await app.card(email, "Not now")).press("Remind me tomorrow");
      expect(outcome).toMatchObject({ kind: "message", text: "The card comes again on Wednesday 13 January." });
    }
    const asked = await app.card(ben, "Not now");
    await asked.press("Back to the questions");
    await (await surveyCard(app, ben)).press("Send", choices(1));
    await app.moveTo("2027-01-13T09:31");
    expect(await remindersOf(app, ana)).toHaveLength(1);
    expect(await remindersOf(app, ben)).toEqual([]);
    expect(await (await remindersOf(app, ana))[0]?.press("Send", choices(1))).toMatchObject({ kind: "card" });
    expect((await app.api(lea, "GET", "pulse-waves")).body.items[0].responseRate).not.toBeNull();
  });

  it("presses a reminder that outlived its survey, and is told the truth", async () => {
    const { app, wave } = await openNetwork();
    await app.moveTo("2027-01-19T09:31");
    const [reminder] = await remindersOf(app, ana);
    await close(app, wave, {});
    const outcome = await reminder?.press("Send", choices(1));
    expect(outcome).toMatchObject({ kind: "message", text: "This card isn't in use any more: its survey has closed. Nothing was changed." });
  });

  it("can say on the card that they are away, which reminds nobody in their place", async () => {
    const people = workforce(4, 8).map((row) => (row.email === ana ? { ...row, deputy_email: ben } : row));
    const { app } = await openNetwork({ roster: roster(...people) });
    await (await surveyCard(app, ana)).press("Not now");
    await (await app.card(ana, "Not now")).press("I'm away");
    const outcome = await (await app.card(ana, "Away until")).press("Set", { until: "2027-01-20" });
    expect(outcome).toMatchObject({ kind: "message", text: "You get no cards up to and including Wednesday 20 January." });
    await app.moveTo("2027-01-19T09:31");
    expect(await remindersOf(app, ana)).toEqual([]);
    expect(await remindersOf(app, ben)).toHaveLength(1);
  });

  it("gets the card once they are back, and their deputy never does", async () => {
    const people = workforce(4, 8).map((row) => (row.email === ana ? { ...row, deputy_email: ben } : row));
    const app = await pulseNetwork({ roster: roster(...people) });
    await app.say(ana, "away until 14 January 2027");
    const wave = asId<WaveId>(await openedWave(app));
    const surveys = async (email: string) => (await app.cards(email)).filter(({ text }) => text.startsWith("How is work for you?"));
    expect(await surveys(ana)).toEqual([]);
    expect(await surveys(ben)).toHaveLength(1);
    await app.moveTo("2027-01-15T09:31", "2027-01-15T09:32");
    expect(await surveys(ana)).toHaveLength(1);
    expect(await surveys(ben)).toHaveLength(1);
    expect(await app.store.read(app.network).deliveries.ofOccasion(wave, "pulse")).toHaveLength(everybody.length);
  });

  it("gets nothing after “stop”, and can still answer the card that they have", async () => {
    const { app } = await openNetwork();
    const card = await surveyCard(app, ana);
    await app.say(ana, "stop");
    await card.press("Not now");
    const outcome = await (await app.card(ana, "Not now")).press("Remind me tomorrow");
    expect(outcome).toMatchObject({ kind: "message", text: expect.stringContaining("You have said stop") });
    await app.moveTo("2027-01-19T09:31");
    expect(await remindersOf(app, ana)).toEqual([]);
    expect(await changed(app, () => card.press("Send", choices(1)))).toEqual(oneAnswer);
  });
});

it("lists in a person's data that they were asked and sent, and nothing of what they answered", async () => {
  const { app } = await openNetwork();
  await (await surveyCard(app, ana)).press("Send", choices(1));
  const { body } = await app.api(ana, "GET", "me/data");
  expect(body.pulse).toEqual([
    { id: expect.any(String), kind: "survey", openedOn: "2027-01-12", reportingGroup: null, youDid: "sent" },
  ]);
  expect(JSON.stringify(body)).not.toContain("worn-out");
});
