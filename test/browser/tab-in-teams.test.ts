import { describe, expect } from "@jest/globals";
import type { Frame } from "playwright-core";
import { readPackageSettings } from "../../src/app-package/settings.ts";
import { environment } from "../app-package/environment.ts";
import { violations } from "../support/browser.ts";
import { until } from "../support/until.ts";
import { expectComplaints, it, newPage, page, phone, shotsOf, sidewaysScroll } from "./driver.ts";
import { server } from "./local-mode-driver.ts";
import { openInTeams } from "./teams-stand-in.ts";

const shot = shotsOf("tab-in-teams");
const morwenna = "morwenna.achebe@network.example.org";

// The tab's own policy keeps teams-js from its CDN, and the library goes on with the list of hosts that it brings along.
expectComplaints(/res\.cdn\.office\.net/);
// A browser reports a refused answer by itself.
expectComplaints(/^Failed to load resource: the server responded with a status of 401/);

const narrow = { ...phone, viewport: { width: 320, height: 640 } };

/** The frame that the tab is in. */
function frame(): Frame {
  const found = page.frames()[1];
  if (found === undefined) throw new Error("Teams shows no frame.");
  return found;
}

const background = () => frame().evaluate(() => getComputedStyle(document.body).backgroundColor);

/** Everything that the frame keeps, and where it is. Browsers may let a frame of another site keep nothing. */
const kept = () =>
  frame().evaluate(() => {
    const stores = [() => ({ ...localStorage }), () => ({ ...sessionStorage }), () => document.cookie, () => location.href];
    return stores.map((read) => {
      try {
        return JSON.stringify(read());
      } catch {
        return "";
      }
    });
  });

describe("the tab in Teams", () => {
  it("opens the page that a link asked for, signed in by Teams, and asks nobody else for anything", async () => {
    const token = await server.tokenOf(morwenna);
    const teams = await openInTeams({ token, subEntityId: "deliveries" });
    await teams.tab.getByRole("heading", { name: "Deliveries", level: 1 }).waitFor();
    await shot("light");
    expect(teams.refused).toEqual([]);
    expect((await teams.asked("appInitialization.success")).length).toBeGreaterThan(0);
    const [signature = token] = token.split(".").slice(2);
    expect((await kept()).join()).toContain("deliveries");
    expect((await kept()).join()).not.toContain(signature);
  });

  it("follows the look of Teams while it is open", async () => {
    const teams = await openInTeams({ token: await server.tokenOf(morwenna), subEntityId: "deliveries", theme: "dark" });
    await teams.tab.getByRole("heading", { name: "Deliveries", level: 1 }).waitFor();
    const seen = [await background()];
    for (const theme of ["contrast", "default"] as const) {
      await teams.changeTheme(theme);
      await frame().waitForFunction((before) => getComputedStyle(document.body).backgroundColor !== before, seen.at(-1));
      seen.push(await background());
      await shot(theme);
    }
    expect(new Set(seen).size).toBe(3);
  });

  it("hands a link to the page that is open to Teams", async () => {
    const teams = await openInTeams({ token: await server.tokenOf(morwenna), subEntityId: "deliveries" });
    await teams.tab.getByRole("button", { name: "Share" }).click();
    expect(await teams.asked("shareDeepLink")).toEqual([["shareDeepLink", "deliveries", "Deliveries", undefined]]);
  });

  it("takes from a link nothing but the name of a page", async () => {
    const teams = await openInTeams({ token: await server.tokenOf(morwenna), subEntityId: "https://example.org/" });
    await teams.tab.getByRole("heading", { level: 1 }).waitFor();
    expect(frame().url()).not.toContain("example.org/tab/?in=teams#/https");
  });

  it("says what to do when Teams gives no token", async () => {
    const teams = await openInTeams({ token: null });
    const alert = teams.tab.getByRole("alert");
    await alert.waitFor();
    expect(await alert.count()).toBe(1);
    expect(await alert.textContent()).toContain("Teams didn't sign you in to Steady. Reload this tab; if that doesn't help, ask your IT team to allow Steady.");
    await shot("refused");
    expect(teams.refused).toEqual([]);
    // Otherwise Teams would lay its own loading picture over the words.
    expect((await teams.asked("appInitialization.appLoaded")).length).toBeGreaterThan(0);
  });

  it("says what to do when Steady doesn't accept the token, which it asks for once more", async () => {
    const teams = await openInTeams({ token: "not.a.token" });
    const alert = teams.tab.getByRole("alert");
    await alert.waitFor();
    expect(await alert.textContent()).toContain("Steady doesn't accept your sign-in.");
    expect(await alert.count()).toBe(1);
    expect(await teams.asked("authentication.getAuthToken")).toHaveLength(2);
  });

  it("says what to do when nobody answers", async () => {
    const teams = await openInTeams({ token: null, mute: true, stoppedClock: true });
    await expect(teams.tab.getByRole("alert").waitFor({ timeout: 1_000 })).rejects.toThrow();
    await page.clock.fastForward(11_000);
    expect(await teams.tab.getByRole("alert").textContent()).toBe("Teams doesn't answer here. Open Steady in Teams: in the bar on its left, or under Apps.");
  });
});

describe("a tab of a channel", () => {
  const settingUp = { token: null, search: "?in=teams" } as const;

  it("is set up by choosing a page, which Teams keeps when it is saved; nobody is signed in for that", async () => {
    const teams = await openInTeams({ ...settingUp, setUp: {} });
    await teams.tab.getByRole("heading", { name: "Which page should this tab open?" }).waitFor();
    expect(await teams.asked("settings.setValidityState")).toEqual([]);
    await teams.tab.getByRole("radio", { name: "Pulse" }).check();
    await teams.tab.getByRole("radio", { name: "Check-ins" }).check();
    await teams.tab.getByText("This tab will open Check-ins.").waitFor();
    expect((await teams.asked("settings.setValidityState")).at(-1)).toEqual(["settings.setValidityState", true]);
    await teams.save();
    await until(async () => (await teams.asked("settings.save.success")).length === 1, "the tab to be kept");
    const contentUrl = "https://steady.example.org/tab/?in=teams&page=check-ins";
    const kept = { contentUrl, entityId: "steady-check-ins", suggestedDisplayName: "Steady: Check-ins" };
    expect(await teams.asked("settings.setSettings")).toEqual([["settings.setSettings", kept]]);
    expect(await teams.asked("authentication.getAuthToken")).toEqual([]);
    expect(teams.refused).toEqual([]);
  });

  it("shows what it opens so far when it is changed, and tells Teams when that keeps nothing", async () => {
    const soFar = { contentUrl: "https://steady.example.org/tab/?in=teams&page=meetings" };
    const teams = await openInTeams({ ...settingUp, setUp: { soFar, refuses: true } });
    await teams.tab.getByText("This tab will open Meetings.").waitFor();
    expect(await teams.tab.getByRole("radio", { name: "Meetings" }).isChecked()).toBe(true);
    await teams.save();
    await until(async () => (await teams.asked("settings.save.failure")).length === 1, "the tab to be refused");
    expect(await teams.asked("settings.save.success")).toEqual([]);
    expect(String(await teams.asked("settings.save.failure"))).toContain("Teams didn't keep the tab. Try again");
  });

  it.each([
    ["default", { viewport: { width: 1280, height: 860 } }],
    ["dark", narrow],
    ["contrast", { ...narrow, forcedColors: "active" as const }],
  ])("can be set up by everybody: %s", async (theme, size) => {
    const teams = await openInTeams({ ...settingUp, setUp: {}, theme, size });
    await teams.tab.getByRole("radio", { name: "Evidence" }).check();
    await shot(`set-up-${theme}`);
    if (theme === "contrast") await page.emulateMedia({ forcedColors: "none" });
    expect(await violations(frame())).toEqual([]);
    expect(await frame().evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  });

  it("opens the page that it was set up for, and somebody's own first page where they haven't got that one", async () => {
    const search = "?in=teams&page=check-ins";
    const lead = await openInTeams({ token: await server.tokenOf(morwenna), search });
    await lead.tab.getByRole("heading", { name: "Check-ins", level: 1 }).waitFor();
    const viewer = await openInTeams({ token: await server.tokenOf("kofi.darkwah@commissioning.example.org"), search });
    await viewer.tab.getByRole("heading", { name: "Shared figures", level: 1 }).waitFor();
  });
});

describe("what the app's entry in Teams leads to", () => {
  const read = readPackageSettings({ ...environment, PUBLIC_URL: "https://steady.example.org" });
  const addresses = read.ok ? [read.settings.DEVELOPER_WEBSITE_URL, read.settings.DEVELOPER_PRIVACY_URL, read.settings.DEVELOPER_TERMS_URL] : [];

  it.each(addresses.map((address) => new URL(address).pathname))("is there, and for everybody to read: %s", async (path) => {
    await newPage({ ...narrow, colorScheme: "dark" });
    const answer = await page.goto(`${server.url}${path}`);
    expect(answer?.status()).toBe(200);
    expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
    expect(await violations(page)).toEqual([]);
    expect(await sidewaysScroll()).toBe(0);
  });
});

describe("a page of another site", () => {
  expectComplaints(/frame-ancestors|chrome-error/);

  it("can't show the tab in a frame", async () => {
    await openInTeams({ token: null, origin: "https://elsewhere.example.org" });
    await page.waitForLoadState("networkidle");
    expect(frame().url()).toMatch(/^chrome-error:/);
  });
});
