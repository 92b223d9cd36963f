import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@jest/globals";
import fc from "fast-check";
import type { Answering } from "../../src/local/graph/index.ts";
import type { ManualClock } from "../fakes/manual-clock.ts";
import { london, testApp, type TestApp } from "./test-app.ts";

const organiser = "meetings@network.example.org";
const cards = { yes: "Yes", maybe: "Maybe", no: "No" } as const;
const outlook = { yes: "accept", maybe: "tentativelyAccept", no: "decline" } as const satisfies Record<string, Answering>;
const inCalendars = { yes: "accepted", maybe: "tentative", no: "declined" } as const;
type Said = keyof typeof cards;

/** What somebody does: on the card, or in Outlook. */
export interface Act {
  readonly where: "card" | "outlook";
  readonly said: Said;
}

/** A network whose meeting is booked and asked about, at half past nine on 29 December 2026. */
export async function asked(leader: string, csv: Uint8Array, memberCalendars: boolean) {
  const app = await testApp({ now: "2026-12-01T09:00", roster: csv, memberCalendars });
  const settings = { meetings: { firstOn: "2027-01-12" }, "check-ins": { opensByItself: false } };
  expect((await app.api(leader, "PATCH", "settings", settings)).status).toBe(200);
  const { status, body } = await app.api(leader, "POST", "meetings", { on: "2027-01-12", plannedOn: "2027-01-12" });
  expect(status).toBe(201);
  await app.settle();
  await app.moveTo("2026-12-01T09:02", "2026-12-29T09:30");
  const shown = await answersShown(app);

  const does = async (email: string, { where, said }: Act) => {
    if (where === "outlook") {
      const [event] = app.graph.calendarOf(email);
      expect(await app.graph.respond(email, event?.iCalUId ?? "", outlook[said])).toBe(true);
      return;
    }
    const card = await app.card(email, "Network meeting");
    if (!card.buttons.includes("Yes")) await card.press("Change answer");
    await (await app.card(email, "Network meeting")).press(cards[said]);
  };
  /** Everything that is on its way arrives, what was lost is looked for, and what came of it is done. */
  const comesToRest = async (...times: readonly string[]) => {
    await app.graph.settleResponses();
    await app.graph.notifications.release();
    app.graph.notifications.treat("deliver");
    await app.graph.notifications.idle();
    await app.moveTo(...times);
    await app.graph.settleResponses();
    await app.graph.notifications.idle();
    await app.settle();
  };
  const store = async (): Promise<Map<string, { answer: Said | null; answeredAt: string; mirror: string }>> => {
    const read = app.store.read(app.network);
    const [event] = await read.events.upcoming(app.clock.now());
    const people = new Map((await read.roster.people()).map(({ id, email }) => [id, email]));
    const rsvps = event === undefined ? [] : await read.events.rsvps(event.id);
    return new Map(
      rsvps.map(({ person, answer, answeredAt, mirror }) => [people.get(person) ?? "", { answer, answeredAt: String(answeredAt), mirror }]),
    );
  };
  const calendar = () =>
    new Map((app.graph.calendarOf(organiser)[0]?.attendees ?? []).map(({ address, answer }) => [address.toLowerCase(), answer]));
  return { app, id: String(body.id), does, comesToRest, store, calendar, shown };
}

/** What everybody's cards said that they had answered, one after the other. */
async function answersShown(app: TestApp): Promise<Map<string, Said[]>> {
  const shown = new Map<string, Said[]>();
  app.connector.onChange(({ person, id }) => {
    if (person === null || id === undefined) return;
    const message = app.connector.client(person).messages().find((one) => one.id === id);
    const [, said] = /"You said (yes|maybe|no)/.exec(JSON.stringify(message?.card ?? null)) ?? [];
    if (said === undefined) return;
    const before = shown.get(person) ?? [];
    if (before.at(-1) !== said) shown.set(person, [...before, said as Said]);
  });
  return shown;
}

/** True when `shown` comes out of `acts` by leaving some out: what was newer is never followed by what was older. */
function neverWentBack(shown: readonly Said[], acts: readonly Act[]): boolean {
  let at = 0;
  for (const { said } of acts) if (shown[at] === said) at += 1;
  return at >= shown.length;
}

interface Outcome {
  readonly email: string;
  readonly acts: readonly Act[];
}

/** Store, card and the organiser's event say what each person did last. */
export async function expectAgreement(world: Awaited<ReturnType<typeof asked>>, outcomes: readonly Outcome[], memberCalendars: boolean) {
  const { app, store, calendar, shown } = world;
  const [stored, there] = [await store(), calendar()];
  for (const { email, acts } of outcomes) {
    const told = acts.map(({ where, said }) => `${where} ${said}`);
    const last = acts.at(-1)?.said ?? null;
    const row = stored.get(email);
    expect({ email, told, answer: row?.answer ?? null }).toEqual({ email, told, answer: last });
    const card = (await app.card(email, "Network meeting")).text;
    expect({ email, told, card }).toEqual({ email, told, card: expect.stringContaining(last === null ? "Can you come?" : `You said ${last}`) });
    const seen = shown.get(await app.accountOf(email)) ?? [];
    expect({ email, told, seen, goesBack: !neverWentBack(seen, acts) }).toEqual({ email, told, seen, goesBack: false });

    const lastThere = acts.findLast(({ where }) => where === "outlook")?.said;
    const byOutlook = lastThere === undefined ? "none" : inCalendars[lastThere];
    // Exchange takes a declined event out of the person's calendar, so a later yes can't be written there.
    const isOut = row?.mirror === "none" && there.get(email) === "declined";
    const expected = !memberCalendars || last === null ? byOutlook : isOut ? "declined" : inCalendars[last];
    expect({ email, told, there: there.get(email) }).toEqual({ email, told, there: expected });
  }
}

/** A copy that isn't in somebody's calendar is looked for three times more; the calendar itself every quarter of an hour. */
export const later = ["09:41", "09:43", "09:45", "09:47", "09:58", "09:59"].map((time) => `2026-12-29T${time}`);

const sample = readFileSync(join(import.meta.dirname, "../../src/local/sample-roster/london.csv"));

const act = fc.record({ where: fc.constantFrom("card", "outlook"), said: fc.constantFrom("yes", "maybe", "no") }) as fc.Arbitrary<Act>;
/** Twenty seconds in which some people answer, and how what they do becomes known. */
const wave = fc.record({
  acts: fc.array(fc.record({ who: fc.nat(), act }), { minLength: 6, maxLength: 14 }),
  manner: fc.constantFrom("deliver", "drop", "hold", "twice"),
  isSettled: fc.boolean(),
  isReleased: fc.boolean(),
});

/** Seventy people answer here and there, as a seed has it, and everything agrees in the end. */
export async function seventyAnswer(seed: number, memberCalendars: boolean): Promise<void> {
  const world = await asked("morwenna.achebe@network.example.org", sample, memberCalendars);
  const { app } = world;
  const emails: string[] = [];
  for (const { email } of await app.store.read(app.network).roster.people()) {
    if ((await app.cards(email)).some(({ text }) => text.includes("Network meeting"))) emails.push(email);
  }
  expect(emails.length).toBeGreaterThanOrEqual(60);
  const outcomes = new Map<string, Act[]>(emails.map((email) => [email, []]));
  const [waves = []] = fc.sample(fc.array(wave, { minLength: 20, maxLength: 20 }), { seed, numRuns: 1 });
  for (const [n, { acts, manner, isSettled, isReleased }] of waves.entries()) {
    const seconds = 20 * (n + 1);
    const clock = `2026-12-29T09:${String(31 + Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
    // What follows from answers isn't done yet, unless the wave says so: work that waits meets newer answers.
    (app.clock as unknown as Pick<ManualClock, "moveTo">).moveTo(london(clock));
    app.graph.notifications.treat(manner);
    const done = new Set<string>();
    for (const { who, act: one } of acts) {
      const email = emails[who % emails.length] ?? "";
      // Two answers at the same moment would have no order.
      if (done.has(email)) continue;
      done.add(email);
      await world.does(email, one);
      outcomes.get(email)?.push(one);
    }
    if (isReleased) await app.graph.notifications.release();
    if (isSettled) await app.settle();
  }
  await world.comesToRest(...later);
  await expectAgreement(world, [...outcomes].map(([email, acts]) => ({ email, acts })), memberCalendars);

  const { rsvps, people } = (await app.api("morwenna.achebe@network.example.org", "GET", `meetings/${world.id}`)).body;
  const said = (answer: Said) => [...outcomes.values()].filter((acts) => acts.at(-1)?.said === answer).length;
  expect(rsvps).toMatchObject({ yes: said("yes"), maybe: said("maybe"), no: said("no") });
  const sum = ["yes", "maybe", "no", "none"].reduce((total, answer) => total + Number(rsvps[answer]), 0);
  expect(rsvps.invited).toBe(sum);
  expect(people).toHaveLength(rsvps.invited);
}
