import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "@jest/globals";
import { appPackageFolder } from "../../src/app-package/build.ts";
import { lead, manager, roster } from "./rosters.ts";
import { type TestApp, testApp } from "./test-app.ts";

/** Teams shows 12 commands at most. These two are for once, and help names them. */
const leftOut = ["delete my data", "send me a test"];

/** What help offers somebody: each command with its line. */
async function offered(app: TestApp, who: string): Promise<(readonly [title: string, description: string])[]> {
  await app.say(who, "help");
  const text = (await app.texts(who)).at(-1) ?? "";
  return [...text.matchAll(/^- \*\*(.+?)\*\*: (.+)$/gm)].map(([, title = "", description = ""]) => [title, description]);
}

it("offers in Teams' menu of commands what the bot understands, in the words of its help", async () => {
  const app = await testApp({ now: "2026-11-10T09:00", roster: roster(manager("Ana"), lead("Lea")) });
  const help = new Map([...(await offered(app, "ana@example.org")), ...(await offered(app, "lea@example.org"))]);
  const manifest = JSON.parse(readFileSync(join(appPackageFolder, "manifest.json"), "utf8"));
  const [{ commands }] = manifest.bots[0].commandLists;
  expect(commands).toHaveLength(12);
  for (const { title, description } of commands) expect([title, help.get(title)]).toEqual([title, description]);
  const titles = commands.map(({ title }: { title: string }) => title);
  expect([...help.keys()].filter((title) => !titles.includes(title)).toSorted()).toEqual(leftOut);
});
