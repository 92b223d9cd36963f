import { describe, expect, it, jest } from "@jest/globals";
import { createLogger } from "../../src/adapters/logging/logger.ts";
import { lead, manager, roster, viewer } from "./rosters.ts";
import { type TestApp, testApp } from "./test-app.ts";

const [ana, bo, lea] = ["ana@example.org", "bo@example.org", "lea@example.org"];

/** An application whose log lines, and whatever else the process prints, are kept. */
async function logged(): Promise<{ app: TestApp; lines: () => Record<string, unknown>[]; all: () => string }> {
  const lines: string[] = [];
  const printed: string[] = [];
  const logger = createLogger({ level: "debug", destination: { write: (line: string) => void lines.push(line) } });
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, "write").mockImplementation((chunk) => printed.push(String(chunk)) > 0);
  }
  for (const name of ["log", "info", "warn", "error", "debug"] as const) {
    jest.spyOn(console, name).mockImplementation((...parts) => void printed.push(parts.map(String).join(" ")));
  }
  const app = await testApp({
    now: "2026-11-24T09:30",
    roster: roster(manager("Ana"), manager("Bo", { aad_object_id: "" }), lead("Lea"), viewer("Vic")),
    logger,
  });
  return { app, lines: () => lines.map((line) => JSON.parse(line)), all: () => [...lines, ...printed].join("\n") };
}

describe("the log", () => {
  it("has no answer, typed text, token, e-mail or name, whatever people do and send", async () => {
    const { app, lines, all } = await logged();
    try {
      await app.openRound();
      await busyDay(app);
      // Ids are made of digits too, and any four may stand in one by chance.
      const text = all().replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "an id");
      expect(text).not.toMatch(/4711|4712|quokka|wombat|943 ?476 ?5919|platypus/i);
      expect(text).not.toMatch(/unsafe|more than we can do/i);
      expect(text).not.toMatch(/@example\.org|Bearer|eyJ[\w-]{10,}/i);
      expect(text).not.toMatch(/"(?:Ana|Bo|Lea|Vic|Team Ana)"|Riverside/);

      const requests = lines().filter((line) => line["msg"] === "request" && line["route"] !== "/api/messages");
      expect(requests.length).toBeGreaterThan(10);
      for (const line of requests) expect(line).toMatchObject({ requestId: expect.stringMatching(/^[\da-f-]{36}$/), status: expect.any(Number) });
      const turns = lines().filter((line) => line["msg"] === "turn");
      expect(turns.length).toBeGreaterThan(10);
      for (const line of turns) expect(line).toMatchObject({ activity: expect.any(String), outcome: expect.any(String) });
      expect(turns).toContainEqual(expect.objectContaining({ name: "checkIn.submit", outcome: "done", person: expect.any(String) }));
    } finally {
      jest.restoreAllMocks();
    }
  }, 60_000);

  it("would show it if an answer were logged", async () => {
    const { all } = await logged();
    console.log("feeling", "quokka");
    const text = all();
    jest.restoreAllMocks();
    expect(text).toContain("quokka");
  });
});

/** A round with answers, notes, refused notes, commands with free text, tokens, and things that go wrong. */
async function busyDay(app: TestApp): Promise<void> {
  const card = async () => app.card(ana, "How is your caseload?");
  await (await card()).press("Send", { feeling: "quokka", newPeople__link_worker: "4711 or so" });
  await (await card()).press("Send", { feeling: "unsafe", newPeople__link_worker: 99_999, waiting: -4712 });
  await (await card()).press("Send", { feeling: "unsafe", newPeople__link_worker: 471, waiting: 4711 });
  await app.settle();
  const client = await app.client(ana);
  const round = (await app.store.read(app.network).rounds.current())?.id ?? "";
  const [delivery] = await app.store.read(app.network).deliveries.ofOccasion(round, "check-in");
  const submit = (verb: string, data: object, type: "Action.Execute" | "Action.Submit" = "Action.Execute") =>
    client.press(client.messages()[0]?.id ?? "", { type, verb, data: { verb, ...data } });
  for (const type of ["Action.Execute", "Action.Submit"] as const) {
    await submit("checkIn.submit", { delivery: "quokka", feeling: "wombat" }, type);
    await submit("checkIn.submit", { delivery: delivery?.id, feeling: "unsafe", note: "943 476 5919", waiting: { wombat: 1 } }, type);
    await submit("quokka.wombat", { note: "platypus" }, type);
  }
  await submit("checkIn.details", { delivery: delivery?.id, mainReason: "quokka", neededAnotherService: "wombat\u0000" });
  await submit("checkIn.setAway", { delivery: delivery?.id, until: "quokka" });
  await app.settle();
  const said = ["quokka 943 476 5919", "away until quokka", "summary wombat", "my data platypus", "stop quokka@example.org", "start", "\u0000quokka"];
  for (const [index, text] of said.entries()) {
    await app.moveTo(`2026-11-24T09:4${index}`);
    await app.say(ana, text);
    await app.say(lea, text);
    await app.say(bo, text);
  }
  await client.block("MessageWritesBlocked");
  await app.moveTo("2026-12-01T09:31");

  await app.api(null, "GET", "people");
  for (const who of [lea, ana, "vic@example.org"]) {
    for (const path of ["me", "me/data", "people?after=quokka", "caseload-summary?by=wombat", "check-in-rounds/quokka@example.org"]) {
      await app.api(who, "GET", path);
    }
  }
  const token = await app.tokenOf(lea);
  const send = (authorization: string, path: string, type: string, body: string | Uint8Array<ArrayBuffer>) =>
    fetch(`${app.url}/api/v1/${path}`, { method: path === "roster" ? "POST" : "PATCH", headers: { authorization, "content-type": type }, body });
  await send(`Bearer ${token.slice(0, -9)}quokka`, "settings", "application/json", "{}");
  await send(`Bearer ${token}`, "settings", "application/json", '{"quokka": ');
  await send(`Bearer ${token}`, "settings", "application/json", '{"check-ins": {"zone": "quokka", "wombat": "platypus"}}');
  await send(`Bearer ${token}`, "people/018f0000-0000-7000-8000-000000000001", "application/json", '{"deputy": "quokka@example.org"}');
  await send(`Bearer ${token}`, "roster", "text/csv", "name,email\r\nquokka,wombat@example.org\r\n");
  const odd = new TextDecoder().decode(roster(manager("Ana", { pcn: "quokka\u0000" }), lead("Lea")));
  await send(`Bearer ${token}`, "roster", "text/csv", odd);
  await fetch(`${app.url}/quokka?note=wombat`, { headers: { authorization: `Bearer ${token}` } });
  const posted = { method: "POST", headers: { "content-type": "application/json", authorization: "Bearer quokka" } };
  await fetch(`${app.url}/api/messages`, { ...posted, body: JSON.stringify({ type: "message", text: "wombat", from: { name: "Ana" } }) });
  await app.settle();
}
