import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { activitiesOf, ana, bea, card, cardMessage, stopAll, textMessage, world } from "./connector-fixture.ts";

let folder: string;
let stateFile: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "connector-"));
  stateFile = join(folder, "chats", "state.jsonl");
});
afterEach(async () => {
  await stopAll();
  rmSync(folder, { recursive: true });
});

/** One life of the Connector: two messages (one changed, one deleted) with Ana, and Bea without the app. */
async function firstLife() {
  const { call, open, connector } = await world({ stateFile });
  const chat = await open(ana);
  const kept = await call("POST", activitiesOf(chat), cardMessage(card("Before")));
  const gone = await call("POST", activitiesOf(chat), textMessage("Gone"));
  await call("PUT", `${activitiesOf(chat)}/${kept.body.id}`, cardMessage(card("After")));
  await call("DELETE", `${activitiesOf(chat)}/${gone.body.id}`);
  await connector.client(bea.objectId).uninstall();
  return { chat, id: kept.body.id as string, connector };
}

describe("the Connector's state file", () => {
  it("brings chats, ids and who has the app over a restart", async () => {
    const { chat, id, connector } = await firstLife();
    await connector.close();
    const next = await world({ stateFile, now: () => 0 });
    expect(next.connector.client(ana.objectId).messages()).toMatchObject([{ id, card: card("After") }]);
    expect(await next.connector.facts(bea.objectId)).toMatchObject({ installed: false });
    expect(await next.open(ana)).toBe(chat);
    const update = await next.call("PUT", `${activitiesOf(chat)}/${id}`, cardMessage(card("Later")));
    expect(update.status).toBe(200);
    const sent = await next.call("POST", activitiesOf(chat), textMessage("New"));
    expect(Number(sent.body.id)).toBeGreaterThan(Number(id));
  });

  it("has every acknowledged message at any moment, also when the process is killed while writing", async () => {
    const { id } = await firstLife();
    appendFileSync(stateFile, '{"what":"message","person":"a');
    const next = await world({ stateFile });
    expect(next.connector.client(ana.objectId).messages()).toMatchObject([{ id, card: card("After") }]);
  });

  it("doesn't leave the app with somebody who has moved to another tenant", async () => {
    const { connector } = await firstLife();
    await connector.close();
    const next = await world({ stateFile, people: () => Promise.resolve([{ ...ana, external: true }]) });
    await expect(next.open(ana)).rejects.toThrow("ForbiddenOperationException");
  });

  it("forgets a deleted chat for good", async () => {
    const { chat, connector } = await firstLife();
    await connector.client(ana.objectId).deleteChat();
    await connector.close();
    const next = await world({ stateFile });
    expect(next.connector.client(ana.objectId).messages()).toEqual([]);
    expect((await next.call("POST", activitiesOf(chat), textMessage("Hello"))).status).toBe(404);
    expect(await next.open(ana)).not.toBe(chat);
  });

  it("shrinks to what is still needed when the Connector ends", async () => {
    const { connector } = await firstLife();
    const before = readFileSync(stateFile, "utf8").trim().split("\n").length;
    await connector.close();
    expect(readFileSync(stateFile, "utf8").trim().split("\n")).toHaveLength(3);
    expect(before).toBeGreaterThan(3);
  });
});
