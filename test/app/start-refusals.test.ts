import { execFile } from "node:child_process";
import { request } from "node:http";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { loopbackOnly } from "../../src/adapters/http/hosts.ts";
import { lead, roster } from "./rosters.ts";
import { testApp } from "./test-app.ts";

const main = join(import.meta.dirname, "../../src/main.ts");
const id = "1fec8e78-bce4-4aaf-ab1b-5451cc387264";

/** Starts the program as a person would, and gives its exit code and what it said. */
function start(environment: Readonly<Record<string, string>>): Promise<{ code: number; said: string }> {
  const env = { PATH: process.env["PATH"], ...environment };
  return new Promise((resolve) => {
    execFile(process.execPath, [main, "serve"], { env, timeout: 15_000 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), said: stdout + stderr });
    });
  });
}

describe("the program doesn't start", () => {
  it("in live mode while anything is missing, and names each missing thing", async () => {
    const { code, said } = await start({ STEADY_MODE: "live", MicrosoftAppPassword: "hunter2" });
    expect(code).toBe(1);
    const needed = ["PUBLIC_URL", "MicrosoftAppType", "MicrosoftAppId", "MicrosoftAppTenantId", "TEAMS_APP_ID"];
    for (const name of [...needed, "ENTRA_CLIENT_ID", "ENTRA_CLIENT_SECRET", "STEADY_ADMINS", "DATABASE_URL"]) {
      expect(said).toContain(`- ${name} is missing: `);
    }
    expect(said).not.toContain("MicrosoftAppPassword is missing");
    expect(said).not.toMatch(/hunter2|\n\s+at /);
  });

  it.each([
    ["HOST", "0.0.0.0"],
    ["HOST", "::"],
    ["NODE_ENV", "production"],
    ["PUBLIC_URL", "https://steady.example.org"],
    ["MicrosoftAppId", id],
    ["MicrosoftAppPassword", "hunter2"],
    ["ENTRA_CLIENT_SECRET", "hunter2"],
  ])("in local mode with %s=%s", async (name, value) => {
    const { code, said } = await start({ [name]: value });
    expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining(`- ${name} is`) });
    expect(said).not.toMatch(/hunter2|Rehearsal:/);
  });
});

describe("local mode's server", () => {
  it("answers to its own address only, and to no page of another site", async () => {
    const app = await testApp({ now: "2026-11-24T09:30", roster: roster(lead("Lea")), http: { allowedHosts: loopbackOnly } });
    const { port } = new URL(app.url);
    const ask = (path: string, headers: Record<string, string>, method = "GET") =>
      new Promise<number | undefined>((resolve, reject) => {
        const asked = request({ host: "127.0.0.1", port, path, method, headers }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        });
        asked.on("error", reject).end();
      });
    for (const [path, method] of [["/healthz", "GET"], ["/api/v1/openapi.json", "GET"], ["/api/v1/me", "GET"], ["/api/messages", "POST"]] as const) {
      for (const foreign of [{ host: "steady.attacker.example" }, { host: `rebind.example:${port}` }, { host: "127.0.0.1:1" }, { origin: "https://attacker.example" }, { origin: "null" }]) {
        expect([path, foreign, await ask(path, foreign, method)]).toEqual([path, foreign, 403]);
      }
      expect(await ask(path, { host: `localhost:${port}`, origin: `http://localhost:${port}` }, method)).not.toBe(403);
    }
  });
});
