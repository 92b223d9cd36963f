import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, jest } from "@jest/globals";
import { openDatabase } from "../../src/adapters/sql/database.ts";
import { directory } from "../../src/adapters/sql/directory-store.ts";
import { readConfig } from "../../src/config.ts";
import { exportNetworks } from "../../src/export-command.ts";
import { serverDatabase } from "../support/database.ts";
import { silent } from "../support/logger.ts";
import { answer, close, openedWave } from "./pulse-people.ts";
import { lead, manager, member, roster } from "./rosters.ts";
import { testApp } from "./test-app.ts";

const lea = "lea@example.org";
const letters = [..."abcdefghijkl"];
const managers = letters.map((letter, index) => manager(`M${letter}`, { organisation: index % 2 === 0 ? "Riverside Care" : "Hill Trust" }));
const cleanUps: (() => unknown)[] = [];

afterEach(async () => {
  jest.restoreAllMocks();
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "steady-export-"));
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "export");
}

const parsed = (folder: string, name: string) => JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));

describe("steady export", () => {
  it("writes what the network has into files, of surveys nothing but what was shared, and says so in the audit log", async () => {
    const { url, drop } = await serverDatabase();
    cleanUps.push(drop);
    const database = await openDatabase({ kind: "server", url, poolSize: 3 }, silent);
    const network = await directory(database.db).createNetwork("São Jorge & friends");
    const app = await testApp({ now: "2027-01-12T09:30", store: { database, network }, roster: roster(...managers, member("Wa"), lead("Lea")) });
    const off = { "check-ins": { opensByItself: false }, pulse: { opensByItself: false } };
    await app.api(lea, "PATCH", "settings", off);
    const round = await app.openRound();
    for (const [index, letter] of letters.entries()) {
      await (await app.card(`m${letter}@example.org`, "How is your caseload?")).press("Send", { feeling: "busy", newPeople__link_worker: 20 + index, note: "=1+1 „ö“" });
    }
    await app.api(lea, "POST", `check-in-rounds/${round}/close`);
    await app.moveTo("2027-02-01T09:30");
    const wave = await openedWave(app);
    for (const [index, letter] of letters.entries()) await answer(app, `m${letter}@example.org`, (item) => (index + item) % 5);

    const said = jest.spyOn(console, "log").mockImplementation(() => undefined);
    const config = readConfig({ DATABASE_URL: url });
    const [open, closed] = [newFolder(), newFolder()];
    await exportNetworks(config, open, null);
    await close(app, wave);
    await exportNetworks(config, closed, "São Jorge & friends");

    const [own = ""] = readdirSync(open);
    expect(own).toMatch(/^sa-o-jorge-friends-[0-9a-f]{6}$/);
    const folder = join(open, own);
    expect(readdirSync(folder).sort()).toEqual([
      ...["about.txt", "audit-log.csv", "check-ins.json", "combined-figures.json"],
      ...["areas", "method", "places", "pulse", "summary"].map((sheet) => `evidence-2027-01-12-${sheet}.csv`),
      ...["evidence-2027-01-12.xlsx", "meetings.json", "people.json", "requests.json", "rounds.json", "settings.json", "survey-results.json", "teams.json"],
    ]);
    expect(statSync(join(folder, "people.json")).mode & 0o777).toBe(0o600);
    expect(parsed(folder, "people")).toHaveLength(14);
    const checkIns = parsed(folder, "check-ins");
    expect(checkIns).toHaveLength(12);
    expect(checkIns.map((row: any) => row.answers.newPeople.link_worker).sort()).toEqual(letters.map((_, index) => 20 + index));
    expect(parsed(folder, "combined-figures")[0].value).not.toHaveProperty("behind");
    expect(said.mock.calls.join("\n")).toContain("goes further than any page of Steady");

    // The wave is open in one, and closed but not shared in the other.
    for (const [of] of [[open], [closed]] as const) {
      const [name = ""] = readdirSync(of);
      expect(parsed(join(of, name), "survey-results")).toEqual([]);
      for (const file of readdirSync(join(of, name))) expect([file, readFileSync(join(of, name, file), "utf8")]).toEqual([file, expect.not.stringMatching(/participation|sealed|ciphertext/)]);
    }
    const { items } = (await app.api(lea, "GET", "audit-log?show=changes")).body;
    expect(items.map(({ words }: { words: string }) => words)).toContain("Somebody at the command line took a copy of all that the network has");
    await expect(exportNetworks(config, open, null)).rejects.toMatchObject({ code: "command", message: expect.stringContaining("isn't empty") });
    await expect(exportNetworks(config, newFolder(), "Nobody's")).rejects.toMatchObject({ code: "command" });
  }, 60_000);
});
