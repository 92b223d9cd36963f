import { describe, expect } from "@jest/globals";
import type { Frame } from "playwright-core";
import { expectComplaints, it, page, shotsOf } from "./driver.ts";
import { server } from "./local-mode-driver.ts";
import { openInTeams } from "./teams-stand-in.ts";

const shot = shotsOf("tab-in-teams");
const morwenna = "morwenna.achebe@network.example.org";

// The tab's own policy keeps teams-js from its CDN, and the library goes on with the list of hosts that it brings along.
expectComplaints(/res\.cdn\.office\.net/);
// A browser reports a refused answer by itself.
expectComplaints(/^Failed to load resource: the server responded with a status of 401/);

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

describe("a page of another site", () => {
  expectComplaints(/frame-ancestors|chrome-error/);

  it("can't show the tab in a frame", async () => {
    await openInTeams({ token: null, origin: "https://elsewhere.example.org" });
    await page.waitForLoadState("networkidle");
    expect(frame().url()).toMatch(/^chrome-error:/);
  });
});
