import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { Environment } from "../../src/config/environment.ts";
import { readConfig } from "../../src/config.ts";
import { bicepFiles } from "../support/bicep/files.ts";
import type { BicepFile, Expr } from "../support/bicep/syntax.ts";
import { inside, propertyOf } from "../support/bicep/walk.ts";

const root = join(import.meta.dirname, "../..");

/** What stands in the place of what only Azure knows. */
const samples: Readonly<Record<string, string>> = {
  DATABASE_URL: "postgresql://steady:secret@psql-steady.postgres.database.azure.com:5432/steady?sslmode=verify-full",
  PUBLIC_URL: "https://ca-steady.example.azurecontainerapps.io",
  PULSE_KEYS: "https://kvp-steady.vault.azure.net/",
  MicrosoftAppId: "1c2d3e4f-5a6b-4c7d-8e9f-0a1b2c3d4e5f",
  MicrosoftAppTenantId: "6d1e7a52-93c4-4f0b-8b7e-2a4c5d6e7f80",
  TEAMS_APP_ID: "3e4f5a6b-7c8d-4e9f-8a1b-2c3d4e5f6a7b",
  ENTRA_CLIENT_ID: "2d3e4f5a-6b7c-4d8e-9f0a-1b2c3d4e5f6a",
  STEADY_ADMINS: "4f5a6b7c-8d9e-4f0a-9b2c-3d4e5f6a7b8c",
  MEETING_ORGANISER: "meetings@example.org",
  MAIL_SENDER: "steady@example.org",
  GRAPH_FREE_BUSY: "false",
  GRAPH_MEMBER_CALENDARS: "false",
  LOG_LEVEL: "info",
  PORT: "3978",
  OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318",
  OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: "delta",
};
/** Read by OpenTelemetry itself, not by us. */
const telemetrysOwn = ["OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE"];
/** Without these the app refuses to start. */
const needed = ["DATABASE_URL", "PUBLIC_URL", "PULSE_KEYS", "MicrosoftAppType", "MicrosoftAppId", "MicrosoftAppTenantId", "TEAMS_APP_ID", "ENTRA_CLIENT_ID", "STEADY_ADMINS"];

let files: Map<string, BicepFile>;
let environment: Record<string, string>;
beforeAll(async () => {
  files = await bicepFiles();
  environment = Object.fromEntries(settingsOf(files.get("infra/modules/app.bicep")!).map(({ name, value }) => [name, value ?? samples[name] ?? ""]));
});

/** The variables that the container is given, each with its value where the Bicep says it. */
function settingsOf(app: BicepFile): { name: string; value: string | null }[] {
  return ["settings", "secretSettings"].flatMap((variable) => {
    const list = app.variables.find(({ name }) => name === variable)?.value;
    return (list?.kind === "array" ? list.items : []).map((item) => ({ name: textOf(propertyOf(item, "name")) ?? "", value: textOf(propertyOf(item, "value")) }));
  });
}

const textOf = (expr: Expr | undefined) => (expr?.kind === "string" ? expr.text : null);

describe("what the container is told", () => {
  it("names no variable that the app doesn't read", () => {
    const known = new Set([...Object.keys(Environment.shape), ...telemetrysOwn]);
    expect(Object.keys(environment).filter((name) => !known.has(name))).toEqual([]);
  });

  it("starts live mode, with the store on a server and the keys in a vault", () => {
    expect(Object.values(environment)).not.toContain("");
    expect(readConfig(environment)).toMatchObject({ mode: "live", host: "0.0.0.0", pulseKeys: { kind: "vault" }, databaseUrl: samples["DATABASE_URL"] });
  });

  it.each(needed)("would miss %s", (name) => {
    expect(environment[name]).toBeDefined();
    expect(() => readConfig({ ...environment, [name]: undefined })).toThrow(`${name} is missing`);
  });

  it("also starts it when what may be left out is", () => {
    const optional = ["MEETING_ORGANISER", "MAIL_SENDER", "OTEL_EXPORTER_OTLP_ENDPOINT", ...telemetrysOwn];
    const rest = Object.fromEntries(Object.entries(environment).filter(([name]) => !optional.includes(name)));
    expect(readConfig(rest)).toMatchObject({ mode: "live", organiser: null, mailSender: null, otlpEndpoint: null });
  });

  it("holds no secret: they come from the vault by name", () => {
    const app = files.get("infra/modules/app.bicep")!;
    const plain = app.variables.find(({ name }) => name === "settings")!.value;
    const uses = inside(plain).flatMap(({ expr }) => (expr.kind === "name" ? [expr.name] : []));
    expect(uses.filter((name) => /secret|password/i.test(name))).toEqual([]);
  });
});

describe("the alerts", () => {
  it("ask for metrics that the app has", () => {
    const alerts = readFileSync(join(root, "infra/modules/alerts.bicep"), "utf8");
    const instruments = readFileSync(join(root, "src/adapters/telemetry/instruments.ts"), "utf8");
    const asked = [...alerts.matchAll(/Name == "([^"]+)"/g)].map(([, name]) => name);
    expect(asked).toHaveLength(3);
    for (const name of asked) expect(instruments).toContain(`"${name}"`);
  });

  it("fall silent for nothing that the collector doesn't take", () => {
    const environmentOf = (name: string) => environment[name];
    expect(readFileSync(join(root, "infra/collector.yaml"), "utf8")).toContain(new URL(environmentOf("OTEL_EXPORTER_OTLP_ENDPOINT") ?? "").host);
  });
});
