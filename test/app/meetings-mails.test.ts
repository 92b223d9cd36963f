import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "@jest/globals";
import { lead, manager, roster } from "./rosters.ts";
import { testApp, type TestApp } from "./test-app.ts";

const readme = join(import.meta.dirname, "../../README.md");
const organiser = "meetings@network.example.org";
const [ana, ben, cem, dee, eve, lea] = ["ana", "ben", "cem", "dee", "eve", "lea"].map((name) => `${name}@example.org`) as [
  string, string, string, string, string, string,
];
const outside = { external: "yes", tenant_id: "c2b7d9e4-6a13-4f58-8b20-9e47d1a5f362" };
const eves = manager("Eve", outside);

interface Promised {
  readonly what: string;
  readonly who: string;
  readonly howMany: number;
}

/** The table under "### Mails" in the README. */
function promises(): Promised[] {
  const [, section = ""] = readFileSync(readme, "utf8").split("\n### Mails\n");
  const [table = ""] = section.split(/\n#+ /);
  const lines = table.split("\n").filter((line) => line.startsWith("|"));
  const cells = lines.map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));
  expect(cells[0]).toEqual(["what happens", "who gets a mail", "how many"]);
  return cells.slice(2).map(([what = "", who = "", howMany = ""]) => ({ what, who, howMany: Number(howMany) }));
}

/** How many mails there are for each address. */
function mailsByAddress(app: TestApp): Map<string, number> {
  const groups = Map.groupBy(app.graph.mails(), ({ to }) => to.address.toLowerCase());
  return new Map([...groups].map(([address, mails]) => [address, mails.length]));
}

/** Whom this sends mails to, and how many each. */
async function mailsOf(app: TestApp, work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = mailsByAddress(app);
  await work();
  await app.settle();
  await app.graph.settleResponses();
  await app.graph.notifications.idle();
  await app.settle();
  const after = [...mailsByAddress(app)].map(([address, count]) => [address, count - (before.get(address) ?? 0)] as const);
  return Object.fromEntries(after.filter(([, count]) => count > 0));
}

async function network(memberCalendars: boolean) {
  const first = roster(manager("Ana"), manager("Ben"), manager("Dee"), eves, lead("Lea"));
  const app = await testApp({ now: "2026-12-01T09:00", roster: first, memberCalendars });
  await app.api(lea, "PATCH", "settings", { meetings: { firstOn: "2027-01-12" }, "check-ins": { opensByItself: false } });
  const answers = async (email: string, button: string) => {
    await (await app.card(email, "Network meeting")).press(button);
  };
  const respond = async (email: string, how: "accept" | "decline") => {
    const [event] = app.graph.calendarOf(email);
    expect(await app.graph.respond(email, event?.iCalUId ?? "", how)).toBe(true);
  };
  let meeting = "";
  const book = async () => {
    const { status, body } = await app.api(lea, "POST", "meetings", { on: "2027-01-12", plannedOn: "2027-01-12" });
    expect(status).toBe(201);
    meeting = `meetings/${body.id}`;
  };
  return { app, answers, respond, book, change: (method: string, body?: object) => app.api(lea, method, meeting, body) };
}

it("sends the mails that the README promises, to those whom it names, and no others", async () => {
  const { app, answers, respond, book, change } = await network(false);
  const invited = [ana, cem, dee, eve, lea];
  const steps: Record<string, { work: () => Promise<unknown>; who: Record<string, readonly string[]> }> = {
    "the meeting is booked": { work: book, who: { "everybody who is invited": [ana, ben, dee, eve, lea] } },
    "somebody joins the network": {
      async work() {
        await app.importCsv(roster(manager("Ana"), manager("Ben"), manager("Cem"), manager("Dee"), eves, lead("Lea")));
        await app.moveTo("2026-12-02T09:00");
      },
      who: { "the joiner": [cem] },
    },
    "somebody leaves the network": {
      async work() {
        await app.importCsv(roster(manager("Ana"), manager("Cem"), manager("Dee"), eves, lead("Lea")));
        await app.moveTo("2026-12-03T09:00");
      },
      who: { "the leaver": [ben] },
    },
    "somebody answers on the card": {
      async work() {
        await app.moveTo("2026-12-29T09:31");
        for (const button of ["Yes", "Change answer", "No"]) await answers(ana, button);
        await answers(cem, "Yes");
      },
      who: { nobody: [] },
    },
    "somebody answers in Outlook": { work: () => respond(dee, "accept"), who: { "the organiser's mailbox": [organiser] } },
    "the meeting is moved": { work: () => change("PATCH", { on: "2027-01-14" }), who: { "everybody who is invited": invited } },
    "the meeting is cancelled": { work: () => change("DELETE"), who: { "everybody who is invited": invited } },
  };
  const table = promises();
  expect(table.map(({ what }) => what)).toEqual(Object.keys(steps));
  for (const { what, who, howMany } of table) {
    const step = steps[what]!;
    const sent = await mailsOf(app, step.work);
    const addresses = howMany === 0 ? [] : step.who[who];
    expect({ what, who, sent }).toEqual({ what, who, sent: Object.fromEntries((addresses ?? ["?"]).map((address) => [address, howMany])) });
  }
  // What each of them got in all, however they answered: on a card, not at all, in Outlook, late, and until they left.
  const kinds = (email: string) => app.graph.mailsTo(email).map(({ kind }) => kind);
  for (const email of invited) expect(kinds(email)).toEqual(["invitation", "update", "cancellation"]);
  expect(kinds(ben)).toEqual(["invitation", "cancellation"]);
});

it("sends the reminders, the day-before card and the notes without a mail", async () => {
  const { app, answers, book, change } = await network(false);
  await mailsOf(app, book);
  const sent = await mailsOf(app, async () => {
    await app.moveTo("2026-12-29T09:31");
    await answers(ana, "Yes");
    await app.moveTo("2027-01-05T09:31", "2027-01-11T09:31", "2027-01-12T12:00");
    await change("PATCH", { notes: { text: "We met." }, agenda: ["Waiting lists"] });
  });
  expect(sent).toEqual({});
  expect((await app.card(ana, "Notes")).text).toContain("We met.");
});

it("where it writes to members' calendars, sends one mail more to the organiser's mailbox for an answer, and none to people", async () => {
  const { app, answers, book } = await network(true);
  await mailsOf(app, book);
  await app.moveTo("2026-12-29T09:31");
  expect(await mailsOf(app, () => answers(ana, "Yes"))).toEqual({ [organiser]: 1 });
  // The same answer again is in the calendar already.
  expect(
    await mailsOf(app, async () => {
      for (const button of ["Change answer", "Yes"]) await answers(ana, button);
    }),
  ).toEqual({});
});
