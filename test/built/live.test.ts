import { request } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { cardIn } from "../app/card-in-chat.ts";
import { tokenIn } from "../app/link-page.ts";
import { lead, manager } from "../app/rosters.ts";
import type { Row } from "../builders/roster.ts";
import { DoctorReport, type State } from "../../src/doctor/model.ts";
import { type ServerDatabase, serverDatabase } from "../support/database.ts";
import { type LiveServer, startLiveServer } from "../support/live-server.ts";
import { secrets, tabAppId } from "../support/live-stand-ins.ts";
import { until } from "../support/until.ts";

const [lea, ana, bo] = [lead("Lea"), manager("Ana"), manager("Bo", { external: "yes" })];
const admin = "8f3c1a2b-4d5e-4f60-9a7b-0c1d2e3f4a5b";

async function countsOf(server: LiveServer, round: string) {
  const { body } = await server.api(lea, "GET", `check-in-rounds/${round}`);
  return body.deliveries;
}

/** Opens a round and waits until nothing of it is pending. */
async function openRound(server: LiveServer): Promise<string> {
  const opened = await server.api(lea, "POST", "check-in-rounds", {});
  expect(opened.status).toBe(201);
  await until(async () => (await countsOf(server, opened.body.id)).pending === 0, "the end of the round's deliveries");
  return opened.body.id;
}

const clientOf = (server: LiveServer, { aad_object_id: id = "" }: Row) => server.connector.client(id);

/** Asks the server itself, past the ingress, under any name. */
function askAs(server: LiveServer, host: string, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request(`${server.inside}${path}`, { headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    })
      .on("error", reject)
      .end();
  });
}

function expectNoSecrets(server: LiveServer, ...more: string[]): void {
  const said = server.saidByAll();
  for (const secret of [...Object.values(secrets), ...more]) {
    for (const form of [secret, encodeURIComponent(secret), new URLSearchParams({ s: secret }).toString().slice(2)]) {
      expect(said).not.toContain(form);
    }
  }
  // The beginning of every JSON Web Token.
  expect(said).not.toMatch(/eyJ[\w-]{5}/);
}

describe("live mode on a PostgreSQL server", () => {
  let store: ServerDatabase;
  let server: Awaited<ReturnType<typeof startLiveServer>>;
  let round: string;

  beforeAll(async () => {
    store = await serverDatabase("empty");
    server = await startLiveServer([lea, ana, bo], () => ({ DATABASE_URL: store.url, STEADY_ADMINS: admin, LOG_LEVEL: "debug" }));
  });
  afterAll(async () => {
    expect(await server.stopAll()).toMatchObject({ code: 0, stderr: "" });
    await store.drop();
    expectNoSecrets(server);
  });

  it("starts with an empty store, says what comes next, and takes the first roster from the command beside it", async () => {
    expect(server.output()).toContain("There is no network yet. Import its roster: steady roster import FILE --network NAME");
    expect(await server.api(lea, "GET", "me")).toMatchObject({ status: 403 });
    expect(await server.importRoster()).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining("Imported 3 people") });
  });

  it("lets in whom the tenant's keys have signed in, and nobody else", async () => {
    expect(await server.api(lea, "GET", "me")).toMatchObject({ status: 200, body: { name: "Lea", role: "lead" } });
    expect(await server.api(null, "GET", "me")).toMatchObject({ status: 401 });
    const other = await server.entra.issueUserToken(lea.aad_object_id ?? "", { audience: admin });
    const forged = await fetch(`${server.publicUrl}/api/v1/me`, { headers: { authorization: `Bearer ${other}` } });
    expect(forged.status).toBe(401);
  });

  it("sends cards with the tokens of its own applications: to a chat, and by mail to whom Teams can't reach", async () => {
    round = await openRound(server);
    expect(await countsOf(server, round)).toEqual({ intended: 2, delivered: 2, failed: 0, skipped: 0, pending: 0 });
    expect(clientOf(server, ana).messages()).toHaveLength(1);
    const [mail] = server.graph.inboxOf(bo.email ?? "");
    expect(mail?.text).toContain(`${server.publicUrl}/respond/#${tokenIn(mail ?? { text: null })}`);
    const page = await fetch(`${server.publicUrl}/respond/`);
    expect(page.headers.get("strict-transport-security")).toBe("max-age=31536000");
    expect(await page.text()).toContain("<html");
  });

  it("takes an answer that the Connector has signed", async () => {
    const client = clientOf(server, ana);
    const [message] = client.messages();
    expect(await cardIn(client, message!).press("Send", { feeling: "busy", newPeople__link_worker: 3 })).toMatchObject({ status: 200, kind: "card" });
    const { body } = await server.api(ana, "GET", "me/check-ins");
    expect(body.items).toHaveLength(1);
    expect(await client.say("help")).toMatchObject({ status: 200 });
  });

  it("has no Rehearsal and gives out no tokens", async () => {
    const ask = async (path: string, method = "GET") => (await fetch(`${server.publicUrl}${path}`, { method })).status;
    expect(await ask("/rehearsal/")).toBe(404);
    expect(await ask("/rehearsal/api/people")).toBe(404);
    expect(await ask("/local/token", "POST")).toBe(404);
    expect(await (await fetch(`${server.publicUrl}/tab/config.json`)).json()).toEqual({ mode: "live" });
  });

  it("answers to its public name only, and to probes by any", async () => {
    expect(await askAs(server, "10.0.0.7:8080", "/healthz")).toBe(200);
    expect(await askAs(server, "10.0.0.7:8080", "/readyz")).toBe(200);
    expect(await askAs(server, "10.0.0.7:8080", "/tab/")).toBe(403);
    expect(await askAs(server, new URL(server.publicUrl).host, "/tab/")).toBe(200);
    expect(await askAs(server, "steady.example.org", "/api/v1/openapi.json")).toBe(403);
  });

  it("doesn't take a token for another application for the bot's own", async () => {
    const token = await server.entra.issueUserToken(ana.aad_object_id ?? "", { audience: tabAppId });
    const answer = await fetch(`${server.publicUrl}/api/messages`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({
        type: "message",
        text: "help",
        channelId: "msteams",
        serviceUrl: server.connector.serviceUrl,
        from: { id: "29:x" },
        conversation: { id: "c" },
        channelData: { tenant: { id: server.entra.tenantId } },
      }),
    });
    expect(answer.status).toBe(401);
  });
});

describe("live mode on the embedded store, with secrets that are wrong", () => {
  const wrong = { bot: "wr0ng+bot&secret", tab: "wr0ng+tab&secret" };
  let server: Awaited<ReturnType<typeof startLiveServer>>;

  beforeAll(async () => {
    const environment = (folder: string) => ({
      DATA_DIR: join(folder, "data"),
      STEADY_ADMINS: admin,
      LOG_LEVEL: "debug",
      MicrosoftAppPassword: wrong.bot,
      ENTRA_CLIENT_SECRET: wrong.tab,
    });
    server = await startLiveServer([lea, ana, bo], environment, true);
  });
  afterAll(async () => {
    expect(await server.stopAll()).toMatchObject({ code: 0, stderr: "" });
    expectNoSecrets(server, ...Object.values(wrong));
  });

  it("says with each card that it isn't let in, and sends nothing", async () => {
    expect(server.output()).not.toContain("There is no network yet");
    const round = await openRound(server);
    const { body } = await server.api(lea, "GET", `deliveries?round=${round}`);
    const reason = "Microsoft didn't let Steady in (401 invalid_client). Whoever runs the server must put that right; then send it again.";
    expect(body.items).toEqual(["Ana", "Bo"].map((name) => expect.objectContaining({ person: expect.objectContaining({ name }), state: "failed", reason })));
    expect(clientOf(server, ana).messages()).toEqual([]);
    expect(server.connector.log()).toEqual([]);
  });

  it("has the store to itself, and says so to the command", async () => {
    const refused = await server.importRoster();
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toContain("Stop the server, import, and start it again");
  });

  it("tells doctor that it works, which finds the wrong secrets and looks no further into the store", async () => {
    const { code, stdout, stderr } = await server.command(["doctor", "--json"]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    const { findings } = DoctorReport.parse(JSON.parse(stdout));
    const inState = (wanted: State) => findings.filter(({ state }) => state === wanted).map(({ check }) => check);
    expect(inState("failed")).toEqual(["bot-token", "graph-token"]);
    expect(inState("skipped")).toEqual(expect.arrayContaining(["migrations", "queue", "networks", "subscriptions"]));
    expect(findings.find(({ check }) => check === "store")?.says).toContain("A running server has the embedded store to itself");
  });
});
