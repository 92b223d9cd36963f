import { beforeEach, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { answer, askedMails, close, lea, openedWave, pulseNetwork, share, summaryOf, surveyCard, workforce } from "./pulse-people.ts";
import { admin, lead, roster, viewer } from "./rosters.ts";
import type { TestApp } from "./test-app.ts";

const [managers, members] = [12, 42];
const everybody = askedMails(managers, members);
/** Two groups of 27 people. */
const areaOf = (place: number) => (place % 2 === 0 ? "North Central" : "South East");
const [asked = ""] = everybody;
const callers = {
  asked,
  late: "late@example.org",
  areaLead: "ari@example.org",
  viewer: "vic@example.org",
  admin: "ada@example.org",
  networkLead: lea,
  foreignLead: "fay@example.org",
};

const people = [
  ...workforce(managers, members, areaOf),
  lead("Ari", { scope: "North Central" }),
  viewer("Vic"),
  admin("Ada"),
];

async function statuses(app: TestApp, method: string, path: string, body?: object): Promise<string> {
  const found: number[] = [];
  for (const email of Object.values(callers)) found.push((await app.api(email, method, path, body)).status);
  return found.join(" ");
}

describe("a wave", () => {
  let app: TestApp;
  let id: string;
  beforeEach(async () => {
    app = await pulseNetwork({ roster: roster(...people) });
    await app.importCsv(roster(lead("Fay")), await app.directory.createNetwork("Another network"));
    id = await openedWave(app);
    // Somebody who joined once it was open isn't asked.
    await app.importCsv(roster(...people, lead("Late", { role: "manager", scope: "", team: "Late's team", link_worker_wte: "1" })));
    for (const [place, email] of everybody.slice(0, 40).entries()) await answer(app, email, (item) => (place + item) % 5);
  });

  it("shows each caller of each route what they may see: while it is open, closed and shared", async () => {
    const summary = () => statuses(app, "GET", `pulse-waves/${id}/summary`);
    /** Who has the wave in their list of results. */
    const listed = async () => {
      const found: string[] = [];
      for (const [caller, email] of Object.entries(callers)) {
        const { items } = (await app.api(email, "GET", "pulse-results")).body;
        if (items.some((one: { id: string }) => one.id === id)) found.push(caller);
      }
      return found;
    };
    expect(await listed()).toEqual([]);
    //                            asked late areaLead viewer admin networkLead foreignLead
    expect(await statuses(app, "GET", "pulse-waves")).toBe("403 403 200 403 200 200 200");
    expect(await statuses(app, "POST", "pulse-waves", {})).toBe("403 403 403 403 403 409 409");
    expect(await statuses(app, "POST", `pulse-waves/${id}/share`)).toBe("403 403 403 403 403 409 404");
    expect(await statuses(app, "POST", `pulse-waves/${id}/changes`, { text: "We hired." })).toBe("403 403 403 403 403 409 404");
    expect(await summary()).toBe("403 403 200 403 403 200 404");
    for (const reader of [callers.areaLead, callers.networkLead]) {
      expect((await summaryOf(app, reader, id)).body).toEqual({ state: "open", responseRate: 75 });
    }
    expect(await statuses(app, "POST", `pulse-waves/${id}/close`)).toBe("403 403 403 403 403 200 404");
    await app.settle();
    expect(await summary()).toBe("403 403 200 403 403 200 404");
    expect(await listed()).toEqual(["areaLead", "networkLead"]);
    expect(await statuses(app, "POST", `pulse-waves/${id}/changes`, { text: "We hired." })).toBe("403 403 403 403 403 409 404");
    expect(await statuses(app, "POST", `pulse-waves/${id}/share`)).toBe("403 403 403 403 403 200 404");
    await app.settle();
    expect(await summary()).toBe("200 403 200 200 403 200 404");
    expect(await listed()).toEqual(["asked", "areaLead", "viewer", "networkLead"]);
    const [one] = (await app.api(callers.viewer, "GET", "pulse-results")).body.items;
    const { openedOn, closedOn, sharedAt, instrument, state } = (await summaryOf(app, callers.viewer, id)).body;
    expect(one).toEqual({ id, state, openedOn, closedOn, sharedAt, title: instrument.title });
    expect(await statuses(app, "POST", `pulse-waves/${id}/changes`, { text: "We hired." })).toBe("403 403 403 403 403 201 404");
    expect((await app.api(callers.foreignLead, "GET", "pulse-waves")).body).toEqual({ items: [], next: null });
  });

  it("shows a lead of one area the network's figures, and of the groups only those that touch it", async () => {
    await close(app, id);
    await share(app, id);
    const groupsFor = async (reader: string) => (await summaryOf(app, reader, id)).body.groups.map(({ name }: { name: string }) => name);
    expect(await groupsFor(lea)).toEqual(["North Central", "South East"]);
    expect(await groupsFor(callers.areaLead)).toEqual(["North Central"]);
    expect(await groupsFor(asked)).toEqual(["North Central", "South East"]);
    const [ofAll, ofArea] = [await summaryOf(app, lea, id), await summaryOf(app, callers.areaLead, id)];
    expect(ofArea.body).toEqual({ ...ofAll.body, groups: ofAll.body.groups.slice(0, 1) });
    expect(JSON.stringify(ofArea.body)).not.toContain("South East");
    expect(ofAll.body.score).toMatchObject({ kind: "shown", people: 40 });
  });

  it("has no single cards to see, only counts that are rounded", async () => {
    const { body } = await app.api(lea, "GET", "pulse-waves");
    expect(body.items).toMatchObject([{ asked: 55, deliveries: { intended: 55, delivered: 55, failed: 0, skipped: 0, pending: 0 } }]);
    for (const reader of [lea, callers.admin, callers.areaLead]) {
      const ledger = await app.api(reader, "GET", `deliveries?round=${id}`);
      expect(ledger).toMatchObject({ status: 404, body: { detail: expect.stringContaining("no single cards") } });
      for (const purpose of ["pulse", "pulse-reminder", "pulse-nudge", "pulse-result"]) {
        const refused = await app.api(reader, "GET", `deliveries?round=${id}&purpose=${purpose}`);
        expect({ purpose, status: refused.status }).toEqual({ purpose, status: 400 });
        expect(JSON.stringify(refused.body)).not.toMatch(/choose one of [^.]*pulse/);
      }
    }
    const description = JSON.stringify(await (await fetch(`${app.url}/api/v1/openapi.json`)).json());
    expect(description).not.toContain("pulse-reminder");
  });

  it("leaves nothing about one person in any lead's or admin's route, and in the audit log only what leads did", async () => {
    const person = (await app.store.read(app.network).roster.personByEmail(asked))?.id ?? "";
    const silent = everybody.at(-1) ?? "";
    await (await surveyCard(app, silent)).press("Not now");
    await (await app.card(silent, "Skip this survey")).press("Skip this survey");
    await app.settle();
    const routes = ["people", "check-in-rounds", "meetings", "pulse-waves", `pulse-waves/${id}/summary`, "settings", "caseload-summary"];
    const seen = async (reader: string) => {
      const answers = [];
      for (const path of routes) answers.push((await app.api(reader, "GET", path)).body);
      return JSON.stringify(answers);
    };
    const before = await seen(lea);
    await answer(app, everybody[45] ?? "", 2);
    await app.settle();
    // The answer moves the rounded rate at the most.
    expect(await seen(lea)).toBe(before);
    await close(app, id);
    await share(app, id);
    await app.api(lea, "POST", `pulse-waves/${id}/changes`, { text: "We hired two people." });
    await app.api(lea, "PATCH", "settings", { pulse: { daysOpen: 10 } });
    const { body } = await app.api(callers.admin, "GET", "audit-log?limit=200");
    const ofPulse = body.items.filter(({ action }: { action: string }) => action.includes("pulse"));
    const actions = ofPulse.map(({ action, actor }: { action: string; actor: { name: string } | null }) => `${action} ${actor?.name ?? ""}`);
    expect(new Set(actions)).toEqual(
      new Set([
        ...["pulse.open Lea", "pulse.close Lea", "pulse.share Lea", "pulse.change Lea", "POST pulse-waves Lea", "GET pulse-waves Lea"],
        ...["POST pulse-waves/:id/close Lea", "POST pulse-waves/:id/share Lea", "POST pulse-waves/:id/changes Lea", "GET pulse-waves/:id/summary Lea"],
      ]),
    );
    const { rows } = await sql`select 1 from audit_log where actor = ${person} or subject = ${person}`.execute(app.database.db);
    expect(rows).toEqual([]);
    expect(JSON.stringify(body)).not.toContain("We hired");
  });
});

describe("a lead's card", () => {
  it("opens, closes after asking once more, shares and tells what changed", async () => {
    const app = await pulseNetwork();
    const press = async (text: string, button: string, typed = {}) => {
      const outcome = await (await app.card(lea, text)).press(button, typed);
      await app.settle();
      return outcome;
    };
    await app.say(lea, "pulse");
    await press("There hasn't been a survey yet", "Open a survey now");
    const mails = askedMails(4, 8);
    for (const [place, email] of mails.entries()) await answer(app, email, place % 5);
    await app.say(lea, "pulse");
    expect((await app.card(lea, "The survey is open until")).text).toContain("About 100% of those asked have answered");
    expect((await app.card(lea, "The survey is open until")).text).toContain("Samaritans");
    await press("The survey is open until", "Close now");
    await press("Close the survey now?", "Don't");
    expect((await app.api(lea, "GET", "pulse-waves")).body.items).toMatchObject([{ state: "open" }]);
    await press("The survey is open until", "Close now");
    await press("Close the survey now?", "Close it for good");
    const closed = await app.card(lea, "Only leads can see these results so far");
    expect(closed.text).toMatch(/Work-related burnout: \d+ out of 100, give or take \d+/);
    expect(closed.text).toContain("No two groups with enough people");
    expect(closed.text).toContain("NHS Staff Survey");
    await press("Only leads can see these results so far", "Share with everybody asked");
    expect((await app.card(lea, "Those who were asked, and viewers, can see")).buttons).toEqual(["Write “You said, we did”", "Open a survey now"]);
    await press("Those who were asked, and viewers, can see", "Write “You said, we did”");
    await press("What has changed since the survey?", "Publish", { text: "Ask ana@example.org" });
    const again = await app.card(lea, "Nothing has been published yet");
    expect(again.text).toContain("This looks like an e-mail address");
    await press("Nothing has been published yet", "Publish", { text: "We *hired* two people." });
    expect((await app.card(lea, "Those who were asked, and viewers, can see")).text).toContain("We *hired* two people.");
    const audit = (await app.api(lea, "GET", "audit-log?limit=200")).body.items.map(({ action }: { action: string }) => action);
    expect(audit).toEqual(expect.arrayContaining(["pulse.open", "pulse.close", "pulse.share", "pulse.change", "bot pulse.closeWave"]));
    expect(audit.filter((action: string) => /submit|skip/.test(action))).toEqual([]);
  });
});
