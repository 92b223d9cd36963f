import { describe, expect, it } from "@jest/globals";
import { lead, manager, roster, viewer } from "./rosters.ts";
import { type TestApp, testApp } from "./test-app.ts";

const [ana, lea, fay] = ["ana@example.org", "lea@example.org", "fay@example.org"];
const people = [manager("Ana", { care_coordinator_wte: "1" }), lead("Lea"), lead("Ari", { scope: "North Central" }), viewer("Vic")];
const open = (now = "2026-11-23T09:00") => testApp({ now, roster: roster(...people) });
const patch = (app: TestApp, checkIns: unknown, who = lea) => app.api(who, "PATCH", "settings", { "check-ins": checkIns });
const settings = async (app: TestApp, who = lea) => (await app.api(who, "GET", "settings")).body["check-ins"];
const changes = async (app: TestApp) =>
  (await app.api(lea, "GET", "audit-log?limit=200")).body.items.filter((row: { action: string }) => row.action === "settings.change");

describe("a network's settings", () => {
  it("change one by one and leave the rest, and the audit log says who changed what", async () => {
    const app = await open();
    const before = await settings(app);
    const change = { daysOpen: 21, guides: { care_coordinator: { low: 100, high: 150 } } };
    const answer = await patch(app, change);
    const after = { ...before, daysOpen: 21, guides: { ...before.guides, ...change.guides } };
    expect(answer).toMatchObject({ status: 200, body: { "check-ins": after, meetings: { firstOn: null, everyWeeks: 6 } } });
    expect(await settings(app)).toEqual(after);
    await patch(app, { guides: { care_coordinator: { high: 160 } } });
    expect((await settings(app)).guides).toMatchObject({ link_worker: { low: 200, high: 250 }, care_coordinator: { low: 100, high: 160 } });
    await patch(app, { guides: { care_coordinator: null } });
    expect((await settings(app)).guides).toEqual(before.guides);
    expect((await changes(app)).at(-1)).toMatchObject({
      actor: { name: "Lea" },
      at: app.clock.now().toString(),
      detail: { changed: { "check-ins": change } },
    });
    expect(await changes(app)).toHaveLength(3);
  });

  it("refuse what isn't allowed in plain words, and then nothing of the change is made", async () => {
    const refused = [
      [{ cadenceWeeks: 0 }, "check-ins.cadenceWeeks", "Weeks between check-ins: give a whole number from 1 to 26."],
      [{ weekday: "Tuesday" }, "check-ins.weekday", "Weekday: give a whole number from 1 to 7."],
      [{ time: 9 }, "check-ins.time", "Time: give hours and minutes, such as 09:30."],
      [{ zone: "London" }, "check-ins.zone", "Time zone: give a name such as Europe/London."],
      [{ reminderDays: [3] }, "check-ins.reminderDays", expect.stringMatching(/^The reminder on day 3 must come at least 7 days after the opening/)],
      [{ reminderDays: "7" }, "check-ins.reminderDays", "Reminder days: give a list of days, such as [7]."],
      [{ reminderDays: [7, 14] }, "check-ins.reminderDays", "The reminder on day 14 must come before the check-in closes on day 14."],
      [{ opensByItself: "yes" }, "check-ins.opensByItself", "Opens by itself: give true or false."],
      [{ guides: { link_worker: { low: 300 } } }, "check-ins.guides.link_worker", "The guide range's low end can't be above its high end."],
      [{ guides: { health_coach: { low: 90 } } }, "check-ins.guides.health_coach.high", expect.stringMatching(/^A guide range: give low and high/)],
      [{ guides: { health_coach: { low: -1, high: 90 } } }, "check-ins.guides.health_coach.low", expect.stringMatching(/^A guide range: /)],
      [{ daysOpened: 7 }, "check-ins.daysOpened", "There is no setting called daysOpened. Check its spelling."],
      [{ guides: { coach: null } }, "check-ins.guides.coach", "There is no setting called coach. Check its spelling."],
    ] as const;
    const app = await open();
    const before = await settings(app);
    for (const [bad, path, message] of refused) {
      const { status, body } = await patch(app, { requestDueWorkingDays: 5, ...bad });
      expect({ bad, status, errors: body.errors }).toEqual({ bad, status: 422, errors: [{ path, message }] });
      expect(await settings(app)).toEqual(before);
    }
    expect(await changes(app)).toEqual([]);
  });

  it("refuse a part that doesn't exist, together with what is right", async () => {
    const app = await open();
    const answer = await app.api(lea, "PATCH", "settings", { "check-ins": { daysOpen: 21 }, weather: { sunny: true } });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: "weather" }] } });
    expect(await settings(app)).toMatchObject({ daysOpen: 14 });
  });

  it("keep both of two changes that are made at the same moment", async () => {
    const app = await testApp({ now: "2026-11-23T09:00", engine: "server", roster: roster(...people) });
    const given = [{ daysOpen: 20 }, { weekday: 3 }, { time: "10:00" }, { weeksSupported: 20 }, { cadenceWeeks: 4 }];
    const answers = await Promise.all(given.map((change) => patch(app, change)));
    expect(answers.map(({ status }) => status)).toEqual(given.map(() => 200));
    expect(await settings(app)).toMatchObject(Object.assign({}, ...given));
  });

  it("of another network stay as they are", async () => {
    const app = await open();
    const there = await app.directory.createNetwork("Northern network");
    await app.importCsv(roster(lead("Fay")), there);
    const before = await settings(app, fay);
    await patch(app, { daysOpen: 21, opensByItself: false });
    expect(await settings(app, fay)).toEqual(before);
    await patch(app, { daysOpen: 9 }, fay);
    expect(await settings(app)).toMatchObject({ daysOpen: 21 });
  });
});

describe("a changed setting counts from the next round:", () => {
  it("its cadence, weekday, time, zone and days open", async () => {
    const app = await open();
    await app.moveTo("2026-11-24T09:30");
    const rounds = async () => (await app.api(lea, "GET", "check-in-rounds")).body.items;
    expect(await rounds()).toMatchObject([{ opensOn: "2026-11-24", closesAt: "2026-12-08T17:00:00+00:00", state: "open" }]);
    const change = { cadenceWeeks: 3, weekday: 3, time: "08:15", zone: "Europe/Paris", daysOpen: 9 };
    expect((await patch(app, change)).status).toBe(200);
    expect(await rounds()).toMatchObject([{ closesAt: "2026-12-08T18:00:00+01:00" }]);
    await app.moveTo("2026-12-08T17:00");
    expect(await rounds()).toMatchObject([{ state: "closed" }]);
    // A quarter past eight in Paris is a quarter past seven in London.
    await app.moveTo("2026-12-09T07:14");
    expect(await rounds()).toHaveLength(1);
    await app.moveTo("2026-12-09T07:15");
    const next = { opensOn: "2026-12-09", openedAt: "2026-12-09T08:15:00+01:00", closesAt: "2026-12-18T17:00:00+01:00" };
    expect(await rounds()).toMatchObject([next, {}]);
  });

  it("its guide ranges, also of roles that had none", async () => {
    const app = await open("2026-11-24T09:30");
    const answer = async () => {
      const sent = { feeling: "busy", newPeople__link_worker: 27, newPeople__care_coordinator: 10 };
      await (await app.card(ana, "How is your caseload?")).press("Send", sent);
      await app.settle();
      return (await app.card(ana, "recorded")).text;
    };
    const first = await app.openRound();
    expect(await answer()).toMatch(/guide 23 to 29/);
    await patch(app, { guides: { link_worker: { low: 100, high: 125 }, care_coordinator: { low: 100, high: 125 } } });
    expect((await app.card(ana, "recorded")).text).toMatch(/guide 23 to 29/);
    await app.api(lea, "POST", `check-in-rounds/${first}/close`);
    await app.moveTo("2027-01-05T09:29");
    await app.openRound();
    // Two whole-time equivalents at 100 to 125 a year, for 42 and 42 days.
    expect(await answer()).toMatch(/guide 46 to 58/);
  });
});
