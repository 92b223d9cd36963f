import { spawn, spawnSync, type SpawnOptions } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { freePorts, temporaryFolder } from "../support/built-server.ts";
import { type ServerDatabase, serverDatabase } from "../support/database.ts";
import { buildByHand, type Image } from "../support/image-by-hand.ts";
import { type LiveStandIns, startLiveStandIns } from "../support/live-stand-ins.ts";
import { until } from "../support/until.ts";

// What Docker would do with the Dockerfile is done by hand, and what comes out of it is started as somebody who may write
// nothing there.
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

let image: Image | undefined;
beforeAll(() => {
  image = buildByHand();
  // The folder above the stages was made for this account alone.
  chmodSync(dirname(image.root), 0o755);
}, 900_000);
afterAll(() => image?.remove());
const built = () => image ?? fail("the image wasn't built");
const fail = (why: string) => {
  throw new Error(why);
};

const options = (environment: Readonly<Record<string, string>>): SpawnOptions => ({
  ...nobody,
  cwd: join(built().root, "app"),
  env: { PATH: "/usr/bin:/bin", HOME: "/nonexistent", ...built().environment, ...environment },
  stdio: "pipe",
});
const args = () => built().command.slice(1);

/** Every file of the image by its path, with when it was last changed. */
function filesOf(folder: string): string {
  const entries = readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true });
  return entries
    .filter((entry) => !entry.isSymbolicLink())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => `${path} ${statSync(path).mtimeMs}`)
    .sort()
    .join("\n");
}

describe("the image's files", () => {
  it("hold neither development dependencies nor anything that was left out", () => {
    const app = join(built().root, "app");
    for (const name of ["jest", "typescript", "vite", "node", "@fluentui", "playwright-core"]) expect(existsSync(join(app, "node_modules", name))).toBe(false);
    expect(readdirSync(app).sort()).toEqual(["adaptive-cards", "appPackage", "dist", "node_modules", "package.json"]);
    expect(readdirSync(join(app, "dist/web")).sort()).toEqual(expect.arrayContaining(["respond", "tab"]));
  });

  it("start in live mode and nothing else, and say everything that is missing", () => {
    const { status, stderr } = spawnSync(process.execPath, args(), { ...options({}), encoding: "utf8" });
    expect(status).toBe(1);
    for (const name of ["PUBLIC_URL", "MicrosoftAppId", "TEAMS_APP_ID", "ENTRA_CLIENT_ID", "PULSE_KEYS", "DATABASE_URL"]) expect(stderr).toContain(`${name} is missing`);
  });
});

describe("a server out of the image", () => {
  let store: ServerDatabase;
  let standIns: LiveStandIns;
  let port: number;
  beforeAll(async () => {
    store = await serverDatabase("empty");
    port = await freePorts();
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    standIns = await startLiveStandIns({ port, folder, people: async () => [] });
  });
  afterAll(async () => {
    await standIns.close();
    await store.drop();
  });

  it("gets ready, writes no file, and ends within 10 seconds of SIGTERM", async () => {
    const before = filesOf(built().root);
    const environment = { ...standIns.environment, DATABASE_URL: store.url, PULSE_KEYS: "https://keys.vault.azure.net", STEADY_ADMINS: "4f5a6b7c-8d9e-4f0a-9b2c-3d4e5f6a7b8c" };
    const child = spawn(process.execPath, args(), options(environment));
    let said = "";
    child.stdout?.on("data", (text) => (said += String(text)));
    child.stderr?.on("data", (text) => (said += String(text)));
    const ended = once(child, "exit");
    const ask = (path: string, at = `http://127.0.0.1:${port}`) => fetch(`${at}${path}`).then((answer) => answer.status, () => 0);
    try {
      await until(async () => child.exitCode !== null || (await ask("/readyz")) === 200, "a server that is ready");
      expect([child.exitCode, await ask("/healthz"), await ask("/tab/", standIns.publicUrl)]).toEqual([null, 200, 200]);
      const startedAt = Date.now();
      child.kill("SIGTERM");
      const [code] = await ended;
      expect({ code, seconds: Math.ceil((Date.now() - startedAt) / 1000) <= 10 }).toEqual({ code: 0, seconds: true });
    } catch (error) {
      child.kill("SIGKILL");
      throw new Error(said, { cause: error });
    }
    expect(filesOf(built().root)).toBe(before);
  });
});
