import { describe, expect, it } from "@jest/globals";
import { readConfig } from "../../src/config.ts";
import { judgeConfiguration, problemsOf } from "../../src/doctor/checks/configuration.ts";
import { Fault } from "../../src/kernel/errors.ts";

const id = "6d1e7a52-93c4-4f0b-8b7e-2a4c5d6e7f80";
const secret = "s3cret+value";
const live = {
  STEADY_MODE: "live",
  PUBLIC_URL: "https://steady.example.org",
  DATABASE_URL: `postgresql://steady:${secret}@db.example.org/steady`,
  MicrosoftAppType: "SingleTenant",
  MicrosoftAppId: id,
  MicrosoftAppTenantId: id,
  MicrosoftAppPassword: secret,
  TEAMS_APP_ID: id,
  ENTRA_CLIENT_ID: id,
  ENTRA_CLIENT_SECRET: secret,
  STEADY_ADMINS: id,
  PULSE_KEYS: "https://steady.vault.azure.net",
  MEETING_ORGANISER: "meetings@example.org",
};

function judged(changed: Readonly<Record<string, string>>): string[] {
  const environment: Readonly<Record<string, string>> = { ...live, ...changed };
  const verdicts = judgeConfiguration(readConfig(environment), (name) => (environment[name] ?? "") !== "");
  expect(JSON.stringify(verdicts)).not.toContain(secret);
  return verdicts.map(({ state, says }) => `${state}: ${says}`);
}

describe("the configuration", () => {
  it("is summed up", () => {
    const inWords = "ok: Live mode for https://steady.example.org with the PostgreSQL server of DATABASE_URL; the bot signs in by its secret.";
    expect(judged({})).toEqual([inWords]);
    const local = judgeConfiguration(readConfig({}), () => false);
    expect(local).toEqual([{ state: "ok", says: "Local mode with the embedded store in .data.", todo: null }]);
  });

  it.each([
    [{ TEAMS_REQUESTS_PER_SECOND: "80" }, "TEAMS_REQUESTS_PER_SECOND is 80"],
    [{ LOG_LEVEL: "debug" }, "LOG_LEVEL is debug: the log grows fast."],
    [{ LOG_LEVEL: "silent" }, "LOG_LEVEL is silent: nothing says what went wrong."],
    [{ DATABASE_URL: "", DATA_DIR: "/var/steady" }, "exactly one replica"],
    [{ PULSE_KEYS: "/keys" }, "PULSE_KEYS is a folder"],
    [{ MicrosoftAppType: "UserAssignedMSI" }, "MicrosoftAppPassword is set and isn't used"],
    [{ GRAPH_FREE_BUSY: "true", MEETING_ORGANISER: "" }, "GRAPH_FREE_BUSY is true and MEETING_ORGANISER isn't set"],
  ])("may be odd: %j", (changed, expected) => {
    const [, ...odd] = judged(changed);
    expect(odd).toHaveLength(1);
    expect(odd[0]).toMatch(/^warning: /);
    expect(odd[0]).toContain(expected);
  });

  it("is a line for each problem when it can't be read", () => {
    const environment = { STEADY_MODE: "live", DATABASE_URL: `mysql://u:${secret}@h/d`, LOG_LEVEL: "loud" };
    const problems = problemsOf(faultOf(() => readConfig(environment)));
    expect(problems.map(({ says }) => says)).toEqual(
      expect.arrayContaining([
        "DATABASE_URL isn't a PostgreSQL address: it starts with postgresql://.",
        "LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent.",
        "MicrosoftAppId is missing: the bot's application id.",
      ]),
    );
    expect(problems.every(({ state, todo }) => state === "failed" && todo !== null)).toBe(true);
    expect(JSON.stringify(problems)).not.toContain(secret);
  });
});

function faultOf(work: () => unknown): Fault {
  try {
    work();
  } catch (error) {
    if (error instanceof Fault) return error;
  }
  throw new Error("nothing was refused");
}
