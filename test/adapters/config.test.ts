import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { readConfig } from "../../src/config.ts";
import { Fault } from "../../src/kernel/errors.ts";

function refusalOf(env: Record<string, string | undefined>): string[] {
  try {
    readConfig(env);
  } catch (error) {
    expect(error).toBeInstanceOf(Fault);
    expect(error).toMatchObject({ code: "configuration" });
    return (error as Fault).message.split("\n- ").slice(1);
  }
  return [];
}

const ownStandIns = {
  TEAMS_SERVICE_URL: "http://127.0.0.1:4000/teams/",
  BOT_OPENID_METADATA_URL: "http://127.0.0.1:4000/.well-known/openid-configuration",
  BOT_TOKEN_ISSUER: "http://127.0.0.1:4000",
  BOT_LOGIN_URL: "http://localhost:4001/tenant",
  ENTRA_AUTHORITY: "http://[::1]:4001",
  STAND_IN_APP_ID: "app",
  STAND_IN_APP_SECRET: "secret",
  STAND_IN_TENANT_ID: "tenant",
};

describe("local mode", () => {
  it("needs nothing", () => {
    expect(readConfig({})).toEqual({
      mode: "local",
      mailSender: null,
      organiser: null,
      freeBusy: false,
      memberCalendars: false,
      host: "127.0.0.1",
      port: 3978,
      dataDir: ".data",
      pulseKeys: resolve(".pulse-keys"),
      databaseUrl: null,
      standIns: null,
      logLevel: "info",
      otlpEndpoint: null,
      otlpProtocol: null,
      requestsPerSecond: 50,
      admins: [],
    });
  });

  it("takes what is set, and an empty variable for one left out", () => {
    const admin = "1FEC8E78-bce4-4aaf-ab1b-5451cc387264";
    const env = {
      PORT: "0",
      HOST: "localhost",
      DATA_DIR: "/tmp/x",
      PUBLIC_URL: " ",
      STEADY_ADMINS: `${admin}, ${admin}`,
    };
    expect(readConfig({ ...env, DATABASE_URL: "postgresql://a:b@localhost/steady", LOG_LEVEL: "debug" })).toMatchObject(
      {
        host: "127.0.0.1",
        port: 0,
        dataDir: "/tmp/x",
        databaseUrl: "postgresql://a:b@localhost/steady",
        logLevel: "debug",
        admins: [admin.toLowerCase(), admin.toLowerCase()],
      },
    );
  });

  it("uses stand-ins that somebody else runs when all of their addresses are given", () => {
    expect(readConfig(ownStandIns)).toMatchObject({
      standIns: {
        serviceUrl: "http://127.0.0.1:4000/teams/",
        oauthScope: "https://api.botframework.com",
        appId: "app",
      },
    });
  });

  it("names each address of own stand-ins that is missing or lies elsewhere", () => {
    const reasons = refusalOf({
      ...ownStandIns,
      BOT_LOGIN_URL: "",
      ENTRA_AUTHORITY: "https://login.microsoftonline.com",
    });
    expect(reasons).toHaveLength(2);
    expect(reasons[0]).toMatch(/^BOT_LOGIN_URL is missing/);
    expect(reasons[1]).toMatch(/^ENTRA_AUTHORITY isn't on this machine/);
  });

  it("calls no Graph but one on this machine", () => {
    expect(refusalOf({ GRAPH_BASE_URL: "https://graph.microsoft.com" })).toEqual([expect.stringMatching(/^GRAPH_BASE_URL isn't on this machine/)]);
    expect(refusalOf({ ...ownStandIns, GRAPH_BASE_URL: "https://graph.microsoft.com" })).toHaveLength(1);
    expect(readConfig({ ...ownStandIns, GRAPH_BASE_URL: "https://127.0.0.1:4003" })).toMatchObject({
      standIns: { graphBaseUrl: "https://127.0.0.1:4003" },
    });
  });

  it.each(["0.0.0.0", "10.0.0.4", "steady.example.org", "::", "127.0.0.1.example.org"])(
    "refuses the host %s",
    (HOST) => {
      expect(refusalOf({ HOST })).toEqual([expect.stringMatching(/^HOST /)]);
    },
  );

  it("lists every reason at once", () => {
    const reasons = refusalOf({
      HOST: "0.0.0.0",
      NODE_ENV: "production",
      PUBLIC_URL: "https://steady.example.org",
      MicrosoftAppPassword: "hunter2",
      MICROSOFTAPPID: "1fec8e78-bce4-4aaf-ab1b-5451cc387264",
      ENTRA_CLIENT_ID: "1fec8e78-bce4-4aaf-ab1b-5451cc387264",
      PORT: "eighty",
    });
    const names = [
      "PORT",
      "HOST",
      "NODE_ENV",
      "PUBLIC_URL",
      "MicrosoftAppPassword",
      "MICROSOFTAPPID",
      "ENTRA_CLIENT_ID",
    ];
    expect(reasons.map((reason) => reason.split(" ")[0]).sort()).toEqual(names.sort());
    expect(reasons.join()).not.toContain("hunter2");
  });
});

describe("the keys to pulse answers", () => {
  const base = mkdtempSync(join(tmpdir(), "steady-config-"));
  const data = join(base, "data");
  mkdirSync(join(data, "deep"), { recursive: true });
  symlinkSync(join(data, "deep"), join(base, "link-in"));
  symlinkSync(join(data, "not-yet"), join(base, "link-to-nothing"));
  symlinkSync(data, join(base, "link-to-data"));
  symlinkSync(join(base, "elsewhere"), join(data, "link-out"));
  symlinkSync(join(base, "round"), join(base, "round"));

  afterAll(() => rmSync(base, { recursive: true, force: true }));

  const inside = "PULSE_KEYS lies inside DATA_DIR: name a folder elsewhere, so that no copy of the data holds the keys to it.";

  it.each([
    data,
    `${data}/`,
    join(data, "keys"),
    join(data, "a", "b", "keys"),
    `${base}/other/../data/keys`,
    relative("", join(data, "keys")),
    join(base, "link-in"),
    join(base, "link-in", "keys"),
    join(base, "link-to-data", "keys"),
    join(base, "link-to-nothing"),
    join(base, "link-to-nothing", "keys"),
    join(data, "..keys"),
  ])("can't lie inside the data, however the path is written (%s)", (PULSE_KEYS) => {
    expect(refusalOf({ DATA_DIR: data, PULSE_KEYS })).toEqual([inside]);
    expect(refusalOf({ DATA_DIR: join(base, "link-to-data"), PULSE_KEYS })).toEqual([inside]);
  });

  it.each([join(base, "keys"), `${data}-keys`, base, join(data, "..", "keys"), join(data, "link-out", "keys"), join(base, "round")])(
    "lie anywhere else (%s)",
    (PULSE_KEYS) => {
      expect(readConfig({ DATA_DIR: data, PULSE_KEYS })).toMatchObject({ pulseKeys: PULSE_KEYS });
    },
  );

  it("lie beside the data when nothing is said, also where there is no data yet", () => {
    expect(readConfig({ DATA_DIR: data })).toMatchObject({ pulseKeys: join(base, ".pulse-keys") });
    expect(readConfig({ DATA_DIR: "." })).toMatchObject({ pulseKeys: resolve("..", ".pulse-keys") });
    expect(refusalOf({ PULSE_KEYS: ".data/keys" })).toEqual([inside]);
    expect(refusalOf({ DATA_DIR: "/" })).toEqual([inside]);
  });

  it.each(["https://steady.vault.azure.net", "http://127.0.0.1:4000/", "steady.vault.azure.net"])(
    "aren't kept in a Key Vault in local mode (%s)",
    (PULSE_KEYS) => {
      expect(refusalOf({ PULSE_KEYS })).toEqual([
        "PULSE_KEYS is an address: local mode keeps its keys in a folder, so name one or leave it out.",
      ]);
    },
  );

  it("are kept in a Key Vault or a folder outside the data in live mode", () => {
    const of = (env: Record<string, string>) =>
      refusalOf({ STEADY_MODE: "live", ...env }).filter((reason) => reason.startsWith("PULSE_KEYS"));
    expect(of({})).toEqual([
      "PULSE_KEYS is missing: the Key Vault, or a folder outside DATA_DIR, that keeps the keys to pulse answers.",
    ]);
    const address = "PULSE_KEYS isn't a Key Vault's address: write it in full, such as https://steady.vault.azure.net.";
    expect(of({ PULSE_KEYS: "http://steady.vault.azure.net" })).toEqual([address]);
    expect(of({ PULSE_KEYS: "steady.vault.azure.net" })).toEqual([address]);
    expect(of({ PULSE_KEYS: "https://steady.vault.azure.net/", DATA_DIR: data })).toEqual([]);
    expect(of({ PULSE_KEYS: join(data, "keys"), DATA_DIR: data })).toEqual([inside]);
    expect(of({ PULSE_KEYS: join(data, "keys") })).toEqual([]);
  });
});

describe("bad values", () => {
  it.each([
    ["PORT", "65536", "PORT must be a whole number from 0 to 65535."],
    ["PORT", "-1", "PORT must be a whole number from 0 to 65535."],
    ["PORT", "1e3", "PORT must be a whole number from 0 to 65535."],
    ["TEAMS_REQUESTS_PER_SECOND", "0", "TEAMS_REQUESTS_PER_SECOND must be a whole number from 1 to 1000."],
    ["STEADY_MODE", "Live", "STEADY_MODE must be local or live."],
    ["DATABASE_URL", "mysql://u:p@h/d", "DATABASE_URL isn't a PostgreSQL address: it starts with postgresql://."],
    ["GRAPH_BASE_URL", "graph", "GRAPH_BASE_URL isn't a web address: write it in full, such as https://example.org."],
    ["GRAPH_FREE_BUSY", "yes", "GRAPH_FREE_BUSY must be true or false."],
    ["STEADY_ADMINS", "ana@example.org", "STEADY_ADMINS must be object ids with commas between them."],
    ["LOG_LEVEL", "loud", expect.stringMatching(/^LOG_LEVEL must be one of /)],
  ])("says of %s=%s what to change", (name, text, reason) => {
    expect(refusalOf({ [name]: text })).toEqual([reason]);
  });
});

describe("live mode", () => {
  const [botId, tenantId, teamsAppId, tabId, adminId] = [1, 2, 3, 4, 5].map((n) => `1fec8e78-bce4-4aaf-ab1b-5451cc38726${n}`);
  const secrets = { MicrosoftAppPassword: "hunter2", ENTRA_CLIENT_SECRET: "hunter3" };
  const whole = {
    STEADY_MODE: "live",
    NODE_ENV: "production",
    PUBLIC_URL: "https://Steady.example.org/",
    MicrosoftAppType: "SingleTenant",
    MicrosoftAppId: botId?.toUpperCase(),
    MicrosoftAppTenantId: tenantId,
    TEAMS_APP_ID: teamsAppId,
    ENTRA_CLIENT_ID: tabId,
    STEADY_ADMINS: adminId,
    PULSE_KEYS: "https://steady.vault.azure.net",
    DATABASE_URL: "postgresql://localhost/steady",
    ...secrets,
  };

  it("names every missing thing at once, each with what it is", () => {
    const reasons = refusalOf({ STEADY_MODE: "live" });
    expect(reasons.map((reason) => reason.split(" ")[0])).toEqual([
      "PUBLIC_URL",
      "MicrosoftAppType",
      "MicrosoftAppId",
      "MicrosoftAppTenantId",
      "MicrosoftAppPassword",
      "TEAMS_APP_ID",
      "ENTRA_CLIENT_ID",
      "ENTRA_CLIENT_SECRET",
      "STEADY_ADMINS",
      "PULSE_KEYS",
      "DATABASE_URL",
    ]);
    for (const reason of reasons) expect(reason).toMatch(/^\w+ is missing: [^.]{20,}\.$/);
  });

  it("asks a managed identity for no secrets", () => {
    const reasons = refusalOf({ STEADY_MODE: "live", MicrosoftAppType: "UserAssignedMSI", DATA_DIR: "/data" });
    expect(reasons.join()).not.toMatch(/Password|SECRET|DATABASE/);
    const without = { MicrosoftAppPassword: "", ENTRA_CLIENT_SECRET: "" };
    expect(readConfig({ ...whole, ...without, MicrosoftAppType: "UserAssignedMSI" })).toMatchObject({
      bot: { proof: { kind: "managed-identity", clientId: botId } },
      // The tab's application has no identity of its own: Graph is asked as the bot's.
      entra: { clientId: tabId, proof: { kind: "managed-identity", clientId: botId } },
    });
    expect(readConfig({ ...whole, MicrosoftAppType: "UserAssignedMSI" })).toMatchObject({
      bot: { proof: { kind: "managed-identity", clientId: botId } },
      entra: { proof: { kind: "secret", clientId: tabId, secret: "hunter3" } },
    });
  });

  it("is Microsoft's public cloud, open to others, unless it is told otherwise", () => {
    expect(readConfig(whole)).toEqual({
      mode: "live",
      host: "0.0.0.0",
      port: 3978,
      databaseUrl: "postgresql://localhost/steady",
      dataDir: null,
      publicUrl: "https://steady.example.org",
      tenantId,
      teamsAppId,
      bot: {
        appId: botId,
        proof: { kind: "secret", clientId: botId, secret: "hunter2" },
        serviceUrl: "https://smba.trafficmanager.net/teams/",
        openIdMetadataUrl: "https://login.botframework.com/v1/.well-known/openidconfiguration",
        tokenIssuer: "https://api.botframework.com",
        loginUrl: `https://login.microsoftonline.com/${tenantId ?? ""}`,
        oauthScope: "https://api.botframework.com",
      },
      entra: {
        authority: "https://login.microsoftonline.com",
        clientId: tabId,
        proof: { kind: "secret", clientId: tabId, secret: "hunter3" },
      },
      graph: { baseUrl: "https://graph.microsoft.com", oauthScope: "https://graph.microsoft.com" },
      pulseKeys: { kind: "vault", url: "https://steady.vault.azure.net" },
      mailSender: null,
      organiser: null,
      freeBusy: false,
      memberCalendars: false,
      logLevel: "info",
      otlpEndpoint: null,
      otlpProtocol: null,
      requestsPerSecond: 50,
      admins: [adminId],
    });
  });

  it("can be another cloud, with one slash at the end where one belongs", () => {
    const elsewhere = {
      HOST: "[::1]",
      TEAMS_SERVICE_URL: "https://smba.infra.gov.teams.microsoft.us/teams",
      BOT_OPENID_METADATA_URL: "https://login.botframework.azure.us/v1/.well-known/openidconfiguration",
      BOT_TOKEN_ISSUER: "https://api.botframework.us",
      BOT_OAUTH_SCOPE: "https://api.botframework.us",
      ENTRA_AUTHORITY: "https://login.microsoftonline.us/",
      GRAPH_BASE_URL: "https://graph.microsoft.us/",
      GRAPH_OAUTH_SCOPE: "https://graph.microsoft.us/",
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318",
    };
    expect(readConfig({ ...whole, ...elsewhere, PULSE_KEYS: "/keys", DATA_DIR: "/data" })).toMatchObject({
      host: "::1",
      dataDir: "/data",
      bot: {
        serviceUrl: "https://smba.infra.gov.teams.microsoft.us/teams/",
        tokenIssuer: "https://api.botframework.us",
        loginUrl: `https://login.microsoftonline.us/${tenantId ?? ""}`,
        oauthScope: "https://api.botframework.us",
      },
      entra: { authority: "https://login.microsoftonline.us" },
      graph: { baseUrl: "https://graph.microsoft.us", oauthScope: "https://graph.microsoft.us" },
      otlpEndpoint: "http://127.0.0.1:4318",
      pulseKeys: { kind: "folder", path: "/keys" },
    });
  });

  it.each(["TEAMS_SERVICE_URL", "BOT_OPENID_METADATA_URL", "BOT_LOGIN_URL", "ENTRA_AUTHORITY", "GRAPH_BASE_URL"])(
    "calls nobody in the clear (%s)",
    (name) => {
      const [reason, ...others] = refusalOf({ ...whole, [name]: "http://127.0.0.1:4000" });
      expect(reason).toBe(`${name} must start with https://: tokens never travel in the clear.`);
      expect(others).toEqual([]);
    },
  );

  it.each(["http://steady.example.org", "https://steady.example.org/steady", "https://steady.example.org/?a=b", "https://a:b@steady.example.org"])(
    "is reached by TLS, at the top of its own name (%s)",
    (PUBLIC_URL) => {
      expect(refusalOf({ ...whole, PUBLIC_URL })).toEqual([
        "PUBLIC_URL must be an https address without a path, such as https://steady.example.org.",
      ]);
    },
  );

  it("says what is wrong with what is set beside what is missing, and repeats none of it", () => {
    const reasons = refusalOf({ ...whole, PUBLIC_URL: "steady", TEAMS_APP_ID: "hunter4", MicrosoftAppId: "", DATABASE_URL: "hunter5" });
    expect(reasons.map((reason) => reason.split(" ")[0])).toEqual(["PUBLIC_URL", "DATABASE_URL", "TEAMS_APP_ID", "MicrosoftAppId"]);
    expect(reasons.join()).not.toContain("hunter");
  });
});
