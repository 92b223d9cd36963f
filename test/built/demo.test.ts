import { once } from "node:events";
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { demoData } from "../support/demo.ts";
import { until } from "../support/until.ts";
import { freePorts, type ServerProcess, startServer } from "../support/built-server.ts";

const lead = "morwenna.achebe@network.example.org";
const areaLead = "dilip.chaudhari@kestrelmoor.example.org";
const viewer = "kofi.darkwah@commissioning.example.org";
const manager = "esi.boateng@foxgallow.example.com";

let server: ServerProcess;

beforeAll(async () => {
  const DATA_DIR = await demoData();
  // Another port than the data was made with, should it have been made just now.
  const usual = createServer().listen(await freePorts(), "127.0.0.1");
  await once(usual, "listening");
  server = await startServer({ DATA_DIR, PORT: String(await freePorts()) });
  usual.close();
});

afterAll(async () => {
  expect(await server.stop()).toMatchObject({ code: 0 });
});

async function get(who: string, path: string): Promise<any> {
  const answer = await fetch(`${server.url}/api/v1/${path}`, { headers: { authorization: `Bearer ${await server.tokenOf(who)}` } });
  expect({ path, status: answer.status }).toEqual({ path, status: 200 });
  return answer.json();
}

interface Counts {
  intended: number;
  delivered: number;
  failed: number;
  skipped: number;
  pending: number;
}

const adds = ({ intended, ...rest }: Counts) => intended === Object.values(rest).reduce((sum, count) => sum + count, 0);

describe("the demo", () => {
  it("has nine rounds that are closed and one that two thirds have answered, and every card accounted for", async () => {
    const { items } = await get(lead, "check-in-rounds");
    expect(items.map(({ state }: { state: string }) => state)).toEqual(["open", ...Array.from({ length: 9 }, () => "closed")]);
    expect(items.every(({ deliveries }: { deliveries: Counts }) => adds(deliveries) && deliveries.intended > 70)).toBe(true);
    const [{ id, teams, deliveries }]: [{ id: string; teams: Record<"answered" | "waiting" | "skipped", number>; deliveries: Counts }] = items;
    const share = teams.answered / (teams.answered + teams.waiting + teams.skipped);
    expect(share).toBeGreaterThan(0.45);
    expect(share).toBeLessThan(0.8);
    expect(deliveries).toMatchObject({ failed: 2, pending: 0 });
    const failed = (await get(lead, `deliveries?round=${id}&limit=200`)).items.filter(({ state }: { state: string }) => state === "failed");
    expect(failed.map(({ reason }: { reason: string }) => reason)).toEqual(Array.from({ length: failed.length }, () => expect.stringMatching(/\w.+\./)));
  });

  it("has a trend of a year for each area, and teams to ring", async () => {
    const { groups, ring, total, coverage } = await get(lead, "caseload-summary?by=area");
    expect(groups).toHaveLength(5);
    for (const { trend } of groups) expect(trend.filter(({ load12 }: { load12: number | null }) => load12 !== null).length).toBeGreaterThanOrEqual(9);
    expect(ring.length).toBeGreaterThanOrEqual(3);
    expect(total.teamsAbove).toBeGreaterThan(5);
    expect(coverage).toMatch(/carried forward/);
    expect(total.details.referrals.reasons.length).toBeGreaterThan(3);
    expect(total.details.pressures.items.length).toBeGreaterThan(3);
  });

  it("shows a viewer combined figures, and the lead of an area theirs", async () => {
    const combined = await get(viewer, "caseload-summary?by=place");
    expect(combined.groups.length).toBeGreaterThan(5);
    expect(combined.ring).toEqual([]);
    expect((await get(areaLead, "caseload-summary?by=area")).groups.map(({ name }: { name: string }) => name)).toEqual(["South East"]);
    expect((await get(manager, "me/check-ins")).items.length).toBeGreaterThan(5);
  });

  it("has held meetings with minutes, and the next one with answers from cards and Outlook", async () => {
    const { items } = await get(lead, "meetings");
    expect(items.map(({ state }: { state: string }) => state)).toEqual(["booked", ...Array.from({ length: 9 }, () => "held")]);
    expect(items.every((item: { deliveries: Counts; calendar: { state: string } }) => adds(item.deliveries) && item.calendar.state === "in-step")).toBe(true);
    const held = await get(lead, `meetings/${items[1].id}`);
    expect(held.agenda.items.length).toBeGreaterThan(1);
    expect(held.notes.actions.length).toBeGreaterThan(0);
    expect(held.people.filter(({ attended }: any) => attended === true).length).toBeGreaterThan(15);
    const next = await get(lead, `meetings/${items[0].id}`);
    expect(next.rsvps.yes).toBeGreaterThan(10);
    expect(next.people.filter(({ from }: any) => from === "calendar").length).toBeGreaterThan(0);
  });

  it("has four surveys that were shared with groups shown, and one that waits to be", async () => {
    const { items } = await get(lead, "pulse-waves");
    expect(items.map(({ sharedAt }: any) => sharedAt !== null)).toEqual([false, true, true, true, true]);
    for (const { id, state, deliveries } of items) {
      expect(state).toBe("closed");
      // Rounded to 5 each, so that only the sum of what was counted is sure to be near.
      expect(deliveries.intended).toBeGreaterThan(250);
      const { groups, responseRate, score } = await get(lead, `pulse-waves/${id}/summary`);
      expect(score.kind).toBe("shown");
      expect(groups.filter((group: any) => group.score.kind === "shown")).toHaveLength(5);
      expect(responseRate).toBeGreaterThanOrEqual(50);
      expect(responseRate).toBeLessThanOrEqual(70);
    }
  });

  it("has decisions that wait for its lead, a shared survey to wait for among them", async () => {
    const { decisions, ring } = await get(lead, "overview");
    expect(decisions.map(({ kind }: { kind: string }) => kind)).toEqual(expect.arrayContaining(["wave-to-share", "cards-failed"]));
    expect(ring.length).toBeGreaterThanOrEqual(3);
  });

  it("sends failed cards again into chats that were begun when the stand-in had another port", async () => {
    const [{ id }] = (await get(lead, "check-in-rounds")).items;
    const authorization = `Bearer ${await server.tokenOf(lead)}`;
    const again = await fetch(`${server.url}/api/v1/check-in-rounds/${id}/retry`, { method: "POST", headers: { authorization } });
    expect(await again.json()).toEqual({ cards: 2 });
    const deliveries = async () => (await get(lead, `check-in-rounds/${id}`)).deliveries;
    await until(async () => (await deliveries()).pending === 0, "the cards to go");
    expect(await deliveries()).toMatchObject({ failed: 0, pending: 0 });
  });
});
