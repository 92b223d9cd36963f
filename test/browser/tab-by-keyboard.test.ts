import { describe, expect } from "@jest/globals";
import type { Locator } from "playwright-core";
import { violations } from "../support/browser.ts";
import { inDirectory, type ServerToKill, withServerToKill } from "../support/server-to-kill.ts";
import { lead, manager, roster } from "../app/rosters.ts";
import { expectComplaints, hasFocus, it, newPage, page, shotsOf, tabTo } from "./driver.ts";

/* A roster is imported, a round opened and a failed card sent again, with the keys Tab, Enter and letters alone. */

const shot = shotsOf("tab-by-keyboard", { fullPage: true });
// A browser's own line about the file that the server refuses.
expectComplaints(/status of 422/);

const leader = lead("Lea Lead");
const ana = manager("Ana Bell", { email: "ana@example.org" });
const managers = [ana, ...["Bo", "Cy", "Di"].map((name) => manager(`${name} Reed`, { email: `${name}@example.org`.toLowerCase() }))];
const newcomer = manager("Nia New", { email: "nia@example.org" });

const button = (name: string) => page.getByRole("button", { name, exact: true });
const link = (name: string) => page.getByRole("link", { name, exact: true });
const heading = (name: string | RegExp) => page.getByRole("heading", { name });
const rowOf = (name: string) => page.getByRole("row").filter({ has: page.getByText(name, { exact: true }) });

/** Goes to something by Tab, and presses Enter there. */
async function enter(target: Locator): Promise<void> {
  await target.waitFor();
  await tabTo(target, 60);
  await page.keyboard.press("Enter");
}

/** Answers the file dialog that a button opens. */
async function choose(file: { readonly name: string; readonly rows: readonly object[] }, by: string): Promise<void> {
  const [dialog] = await Promise.all([page.waitForEvent("filechooser"), enter(button(by))]);
  await dialog.setFiles({ name: file.name, mimeType: "text/csv", buffer: Buffer.from(roster(...(file.rows as (typeof ana)[]))) });
}

async function openTab({ url, standIns }: ServerToKill): Promise<void> {
  await newPage({ viewport: { width: 1280, height: 860 } });
  const token = await standIns.entra.issueUserToken(leader.aad_object_id ?? "", { audience: standIns.addresses.appId });
  await page.route("**/local/token", (route) => route.fulfill({ json: { token } }));
  await page.goto(`${url}/tab/?person=${leader.email ?? ""}#/people`);
  await rowOf("Ana Bell").waitFor();
}

describe("the tab by keyboard alone", () => {
  it("imports a roster once its faults are put right, opens a round, and sends the failed card again", async () => {
    await withServerToKill("embedded", { rows: managers, leader, newcomers: [newcomer] }, async (server) => {
      const anaId = inDirectory(ana).objectId;
      server.standIns.connector.faults.add({
        match: ({ kind, person }) => kind === "send" && person === anaId,
        respond: { status: 500, afterDelivery: true },
        times: 1,
      });
      await openTab(server);
      await enter(button("Import a roster"));

      await choose({ name: "faulty.csv", rows: [leader, ...managers, { ...newcomer, role: "boss", email: "nia at example" }] }, "Choose a file");
      await heading("What to put right").waitFor();
      expect(await hasFocus(heading("What to put right"))).toBe(true);
      const faults = page.getByRole("table", { name: "What to put right in the file" }).getByRole("row");
      expect(await faults.nth(1).textContent()).toMatch(/^Row 7, (role|email)/);
      expect(await faults.allTextContents()).toEqual(expect.arrayContaining([expect.stringContaining("“boss” is not a role")]));
      await shot("faults");

      await page.keyboard.press("Shift+Tab");
      expect(await hasFocus(button("Choose another file"))).toBe(true);
      await choose({ name: "right.csv", rows: [leader, ...managers, newcomer] }, "Choose another file");
      await heading("What would change").waitFor();
      expect(await page.getByRole("region", { name: "What would change" }).textContent()).toContain("1 person comes, 0 change, 0 leave.");
      expect(await rowOf("Nia New").textContent()).toContain("New");
      expect(await violations(page)).toEqual([]);
      await shot("preview");
      await enter(button("Import these changes"));
      await heading("Imported").waitFor();
      await enter(link("See the people"));
      await rowOf("Nia New").waitFor();

      await enter(link("Check-ins"));
      await enter(link("Open, remind, retry or close"));
      await enter(button("Open a round now"));
      await enter(button("Open the round"));
      await heading(/^The round of/).waitFor();
      await enter(link("See every card"));

      await page.getByText("5 cards: 4 delivered, 1 failed").waitFor();
      await rowOf("Ana Bell").getByText("Failed").waitFor({ timeout: 30_000 });
      expect(await page.getByRole("row").nth(1).textContent()).toContain("Ana Bell");
      expect(await rowOf("Ana Bell").textContent()).toContain("Teams didn't say whether it arrived.");
      await shot("failed");
      await enter(button("Send the failed again"));
      await page.getByRole("status").filter({ hasText: "1 card is on its way again." }).waitFor();
      await rowOf("Ana Bell").getByText("Delivered").waitFor({ timeout: 30_000 });
      await button("Send the failed again").waitFor({ state: "detached" });
      await page.getByText("5 cards: 5 delivered").waitFor();
      expect(await hasFocus(heading("How it went"))).toBe(true);
      expect(await violations(page)).toEqual([]);
    });
  });
});
