import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { lead, manager, roster } from "../app/rosters.ts";
import type { Row } from "../builders/roster.ts";
import { type Finished, freePorts, type ServerProcess, startServer, steady, temporaryFolder } from "../support/built-server.ts";


const folder = temporaryFolder();
const file = join(folder, "roster.csv");
let environment: { readonly DATA_DIR: string; readonly PORT: string };

beforeAll(async () => {
  environment = { DATA_DIR: join(folder, "data"), PORT: String(await freePorts()) };
});

function run(...args: string[]): Promise<Finished> {
  return steady(args, environment).finished;
}

function importRows(...rows: readonly Row[]): Promise<Finished> {
  writeFileSync(file, roster(...rows));
  return run("roster", "import", file);
}

describe("the command line without a server", () => {
  it("makes the store, whose tables are this version's and whose only database they are in, and leaves it as it is the next time", async () => {
    expect(await run("migrate")).toMatchObject({ code: 0, stdout: "The store is up to date.\n" });
    expect(readdirSync(join(environment.DATA_DIR, "store"))).toContain("postgres");
    expect(readdirSync(join(environment.DATA_DIR, "store/postgres/base"))).toHaveLength(1);
    expect(await run("migrate")).toMatchObject({ code: 0, stdout: "The store is up to date.\n" });
  });

  it("imports a roster into a new network and says what changed", async () => {
    const people = [manager("Ana"), manager("Ben", { external: "yes" }), manager("Cleo", { aad_object_id: "" }), lead("Lea")];
    writeFileSync(file, roster(...people));
    expect(await run("roster", "import", file)).toMatchObject({ code: 1, stderr: expect.stringContaining("--network NAME") });
    expect(await run("roster", "import", file, "--network", "Ours")).toMatchObject({
      code: 0,
      stdout: [
        "Imported 4 people and 3 teams: 4 new, 0 changed, 0 left.",
        "Reached in Teams: 3. By a link in an e-mail: 1. Not at all: 0.",
        "  Ben: In Teams if the app is installed for them; otherwise by a link in an e-mail.",
        "  Cleo: By a link in an e-mail, until they first meet the bot in Teams.",
        "",
      ].join("\n"),
    });
  });

  it("lists what is wrong by row and imports nothing", async () => {
    const outcome = await importRows(manager("Ana", { link_worker_wte: "-1" }), manager("Ben", { email: "ben" }), lead("Lea"));
    expect(outcome).toMatchObject({ code: 1, stdout: "" });
    expect(outcome.stderr).toMatch(/Nothing was imported:\n- row 2, link_worker_wte: .+\n- row 3, email: .+\n$/);
  });

  it("names its commands when it doesn't know one", async () => {
    expect(await run("dance")).toMatchObject({ code: 1, stderr: expect.stringContaining("steady <command>") });
  });
});

describe("the command line beside a running server", () => {
  let server: ServerProcess | undefined;

  beforeAll(async () => {
    server = await startServer(environment);
  });

  afterAll(async () => {
    await server?.kill();
  });

  it("imports through the server, which has the new people at once", async () => {
    const outcome = await importRows(manager("Ana"), manager("Cy", { external: "yes" }), lead("Lea"));
    expect(outcome).toMatchObject({ code: 0, stderr: "" });
    expect(outcome.stdout.split("\n")).toEqual([
      "Imported 3 people and 2 teams: 1 new, 0 changed, 2 left.",
      "Reached in Teams: 3. By a link in an e-mail: 0. Not at all: 0.",
      "  Cy: In Teams if the app is installed for them; otherwise by a link in an e-mail.",
      "",
    ]);
    expect(await server?.tokenOf("cy@example.org")).toMatch(/^ey/);
  });

  it("lists what is wrong by row, as without a server", async () => {
    const outcome = await importRows(manager("Ana", { link_worker_wte: "-1" }), lead("Lea", { scope: "" }));
    expect(outcome).toMatchObject({ code: 1, stdout: "" });
    expect(outcome.stderr).toMatch(/\n- row 2, link_worker_wte: .+\n- row 3, scope: .+\n$/);
  });

  it("tells a second server in one line who holds the folder", async () => {
    const second = await steady([], { ...environment, PORT: String(await freePorts()) }).finished;
    expect(second).toMatchObject({ code: 1, stdout: "" });
    expect(second.stderr.trim().split("\n")).toHaveLength(1);
    expect(second.stderr).toContain(String(server?.child.pid));
  });

  it("stops within ten seconds when it is told to, with pages listening", async () => {
    const page = await fetch(`${server?.url ?? ""}/rehearsal/api/events`);
    const reader = page.body?.getReader();
    await reader?.read();
    const startedAt = performance.now();
    expect(await server?.stop()).toMatchObject({ code: 0, stderr: "" });
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    while (reader !== undefined && !(await reader.read()).done);
  });
});
