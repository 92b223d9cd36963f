import { readdirSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { generate } from "selfsigned";
import { openDatabase } from "../../src/adapters/sql/database.ts";
import { type CheckName, DoctorReport } from "../../src/doctor/model.ts";
import { admin, lead, manager } from "../app/rosters.ts";
import { freePorts, type ServerProcess, startServer, steady, temporaryFolder } from "../support/built-server.ts";
import { type ServerDatabase, serverDatabase } from "../support/database.ts";
import { startLiveServer } from "../support/live-server.ts";
import { leastGrants, secrets } from "../support/live-stand-ins.ts";
import { silent } from "../support/logger.ts";
import { until } from "../support/until.ts";

type Environment = Readonly<Record<string, string>>;

async function reportOf(work: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>) {
  const { code, stdout, stderr } = await work;
  expect(stderr).toBe("");
  const report = DoctorReport.parse(JSON.parse(stdout));
  expect(code).toBe(report.ok ? 0 : 1);
  return report;
}

const notOk = ({ findings }: DoctorReport) => findings.filter(({ state }) => state !== "ok");
const about = ({ findings }: DoctorReport, check: CheckName) => findings.find((one) => one.check === check);

describe("doctor beside a local server", () => {
  let server: ServerProcess | undefined;
  let environment: Environment & { readonly PORT: string };

  beforeAll(async () => {
    const folder = temporaryFolder();
    environment = { DATA_DIR: join(folder, "data"), PULSE_KEYS: join(folder, "keys"), PORT: String(await freePorts()) };
  });
  afterAll(() => server?.kill());

  const doctor = (more: Environment = {}) => reportOf(steady(["doctor", "--json"], { ...environment, ...more }).finished);

  it("says before the first start what is missing, and makes nothing", async () => {
    const report = await doctor();
    expect(report).toMatchObject({ mode: "local", ok: false });
    expect(about(report, "store")).toMatchObject({ state: "failed", todo: 'Start the server, or run "npm run steady -- migrate".' });
    expect(about(report, "bot-endpoint")).toMatchObject({ state: "failed", todo: 'Start the server: "npm start".' });
    expect(about(report, "graph-token")).toMatchObject({ state: "skipped" });
    expect(readdirSync(join(environment["DATA_DIR"] ?? "", ".."))).toEqual([]);
  });

  it("finds every part well once it runs, in a table for people and in JSON", async () => {
    server = await startServer(environment);
    // The first cards bring the app to the ledger's knowledge.
    await until(async () => notOk(await doctor()).length === 0, "a report in which all is well", 500);
    const { code, stdout, stderr } = await steady(["doctor"], environment).finished;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const lines = stdout.trim().split("\n");
    expect(lines.slice(0, -2).map((line) => line.split(/ +/)[0])).toEqual(Array(17).fill("ok"));
    expect(lines.at(-1)).toBe("17 ok, 0 warnings, 0 failed.");
    expect(readdirSync(environment["PULSE_KEYS"] ?? "")).toEqual([]);
  });

  it("names what is wrong with a configuration, a line each, and looks at nothing else", async () => {
    const report = await doctor({ LOG_LEVEL: "loud", PORT: "many" });
    expect(report.findings.filter(({ state }) => state === "failed").map(({ says }) => says)).toEqual([
      "PORT must be a whole number from 0 to 65535.",
      "LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent.",
    ]);
    expect(report.counts).toEqual({ ok: 0, warning: 0, failed: 2, skipped: 16 });
  });
});

describe("doctor beside a live server", () => {
  const [lea, ana, ada] = [lead("Lea"), manager("Ana"), admin("Ada")];
  const wrong = "wr0ng+s3cret&";
  let store: ServerDatabase;
  let server: Awaited<ReturnType<typeof startLiveServer>>;
  let entraAhead = 0;
  const entra = [...leastGrants.entra];

  beforeAll(async () => {
    store = await serverDatabase("empty");
    const more = () => ({ DATABASE_URL: store.url, STEADY_ADMINS: ada.aad_object_id ?? "", GRAPH_FREE_BUSY: "true" });
    server = await startLiveServer([lea, ana, ada], more, true, { grants: { ...leastGrants, entra }, entraAhead: () => entraAhead });
  });
  afterAll(async () => {
    await server.stopAll();
    await store.drop();
    const said = server.saidByAll();
    for (const secret of [...Object.values(secrets), wrong]) {
      for (const form of [secret, encodeURIComponent(secret)]) expect(said).not.toContain(form);
    }
    expect(said).not.toMatch(/eyJ[\w-]{5}/);
  });

  const doctor = (more: Environment = {}) => reportOf(server.command(["doctor", "--json"], more));
  const onStore = async (statement: string) => {
    const database = await openDatabase({ kind: "server", url: store.url, poolSize: 1 }, silent);
    await sql.raw(statement).execute(database.db);
    await database.close();
  };
  /** What failed, by its check, as the beginning of what to do about it. */
  const todos = ({ findings }: DoctorReport) =>
    Object.fromEntries(findings.flatMap(({ check, state, todo }) => (state === "failed" ? [[check, todo]] : [])));

  it("finds every part well that is granted and set as it should be, and says what is odd", async () => {
    const round = await server.api(lea, "POST", "check-in-rounds", {});
    const isDelivered = async () => (await server.api(lea, "GET", `check-in-rounds/${round.body.id}`)).body.deliveries.pending === 0;
    await until(isDelivered, "the first card");
    const report = await doctor();
    expect(report).toMatchObject({ mode: "live", ok: true });
    // The keys of several replicas belong into a vault; here they are in a folder.
    expect(notOk(report)).toMatchObject([{ check: "configuration", state: "warning", says: expect.stringContaining("PULSE_KEYS is a folder") }]);
    expect(about(report, "free-busy")?.says).toBe("Free/busy can be asked for through meetings@example.org.");
    expect(about(report, "certificate")?.says).toContain("is valid for 36");
    expect(server.graph.mails()).toEqual([]);
  });

  it("says what to do about a wrong secret of the bot, and mailboxes that Exchange keeps closed or that nobody has", async () => {
    const report = await doctor({ MicrosoftAppPassword: wrong, MEETING_ORGANISER: "ana@example.org", MAIL_SENDER: "nobody@example.org" });
    expect(todos(report)).toEqual({
      "bot-token": expect.stringContaining("MicrosoftAppPassword is wrong or has expired"),
      "organiser-mailbox": expect.stringMatching(/^See that MEETING_ORGANISER .* grant "Application Calendars.ReadWrite"/),
      "free-busy": expect.stringMatching(/^See that MEETING_ORGANISER/),
      "sender-mailbox": expect.stringMatching(/^See that MAIL_SENDER is right\. Then grant "Application Mail.Send"/),
    });
  });

  it("says what to do about a wrong secret of Graph's, a store that is away and a certificate that has expired", async () => {
    const ingress = await expiredIngress();
    const report = await doctor({
      ENTRA_CLIENT_SECRET: wrong,
      DATABASE_URL: `postgresql://u:${encodeURIComponent(wrong)}@127.0.0.1:9/steady`,
      PUBLIC_URL: ingress.url,
    });
    ingress.close();
    expect(todos(report)).toEqual({
      "graph-token": expect.stringContaining("ENTRA_CLIENT_SECRET is wrong or has expired"),
      store: "Start the database server, or correct host and port in DATABASE_URL.",
      certificate: "Renew it: Teams and browsers refuse it.",
      "bot-endpoint": expect.stringContaining("See to what is between"),
    });
    expect(about(report, "certificate")?.says).toBe("The certificate of 127.0.0.1 expired on 2021-01-01.");
    expect(about(report, "bot-endpoint")?.says).toContain("CERT_HAS_EXPIRED");
    const skipped = report.findings.filter(({ state }) => state === "skipped").map(({ check }) => check);
    expect(skipped).toEqual(expect.arrayContaining(["migrations", "queue", "graph-permissions", "organiser-mailbox", "networks"]));
  });

  it("says what to do about a migration that hasn't run, clocks that differ and a permission that is missing", async () => {
    const last = "2026-11-29-figures";
    const taken = entra.shift();
    entraAhead = 500;
    await onStore(`delete from kysely_migration where name = '${last}'`);
    const report = await doctor();
    expect(todos(report)).toEqual({
      migrations: expect.stringContaining("npm run steady -- migrate"),
      clock: expect.stringContaining("NTP"),
      "graph-permissions": expect.stringContaining("grant-graph-permissions.sh"),
    });
    expect(about(report, "migrations")?.says).toContain(last);
    expect(about(report, "clock")?.says).toMatch(/^This machine's clock is (499|500|501) s behind that of the sign-in service\.$/);
    expect(about(report, "graph-permissions")?.says).toContain(taken);
    expect(about(report, "networks")).toMatchObject({ state: "skipped" });
  });
});

/** A server whose certificate was over years ago. */
async function expiredIngress() {
  const { private: key, cert } = await generate([{ name: "commonName", value: "expired" }], {
    keyType: "ec",
    algorithm: "sha256",
    notBeforeDate: new Date("2020-01-01"),
    notAfterDate: new Date("2021-01-01"),
    extensions: [{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }],
  });
  const server = createServer({ key, cert }, (_request, response) => void response.end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}
