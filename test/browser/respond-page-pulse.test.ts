import { describe, expect } from "@jest/globals";
import { loadCardTemplates } from "../../src/adapters/cards/templates.ts";
import type { OpenedLink } from "../../src/features/links/contract.ts";
import { closedCard } from "../../src/features/pulse/cards.ts";
import type { Suppression, WaveResults } from "../../src/features/pulse/model.ts";
import { resultCard } from "../../src/features/pulse/result-card.ts";
import { aPulseDelivery, aPulseView, at, aWave, northAreas, someResults, southAreas } from "../builders/pulse.ts";
import { violations } from "../support/browser.ts";
import { it, page, phone, sidewaysScroll } from "./driver.ts";
import { card, open, shot, site } from "./respond-page-driver.ts";

const templates = loadCardTemplates();
const wave = aWave({ closedAt: at("2026-12-08T17:01"), sent: 185, sharedAt: at("2026-12-09T09:30") });
const view = aPulseView({ wave, now: at("2026-12-10T09:30"), delivery: aPulseDelivery("pulse-result", { channel: "link" }) });
const withheld = (why: Suppression) => ({ kind: "suppressed", why }) as const;

/** Lets every link open this card. */
function behindTheLink(shown: OpenedLink["cards"][number]["card"]): void {
  const cards = [{ token: "ana", card: shown, hasCalendarFile: false }];
  site.answer("card", { status: 200, body: { person: "Ana Bell", network: "Test network", stopped: false, awayUntil: null, cards } });
}

async function openResults(more: Partial<WaveResults>, options: Parameters<typeof open>[1]) {
  behindTheLink(resultCard(templates, { ...view, results: someResults(more) }));
  await open("ana", options);
  const results = card("How is work for you? The results");
  await results.waitFor();
  expect(await violations(page)).toEqual([]);
  expect(await sidewaysScroll()).toBe(0);
  return results;
}

describe("a survey's results behind a link", () => {
  it.each([
    ["light", 390],
    ["dark", 320],
    ["dark", 1280],
  ] as const)("say what was found, and why something isn't shown (%s, %i pixels wide)", async (colorScheme, width) => {
    const results = await openResults({}, { ...phone, colorScheme, viewport: { width, height: 780 } });
    await results.getByText("Work-related burnout: 54 out of 100, give or take 4").waitFor();
    await results.getByText("The score of South areas (South East, South West) isn't shown, because").waitFor();
    await results.getByText("Samaritans: call 116 123").waitFor();
    await shot(`pulse-results-${colorScheme}-${width}`);
  });

  it.each([
    ["too-few", "it would single out fewer than 10 people."],
    ["complement", "fewer than 10 people would be left beside what is shown."],
    ["unanimous", "all or nearly all of the people whom it would tell about came out the same."],
    ["lost", "the key to the answers was lost, and nobody can read them."],
  ] as const)("say in a sentence why there are none: %s", async (why, words) => {
    const hidden = withheld(why);
    const groups = [northAreas, southAreas].map((group) => ({ ...group, score: hidden }));
    const results = await openResults({ score: hidden, bands: hidden, groups }, phone);
    await results.getByText(`It isn't shown, because ${words}`).first().waitFor();
    expect(await results.innerText()).not.toContain("out of 100");
    await shot(`pulse-results-${why}`);
  });
});

it("says behind a link that a survey has closed", async () => {
  behindTheLink(closedCard(templates, view));
  await open("ana", phone);
  await card("This survey has closed").getByText("Its results have been shared with those who were asked.").waitFor();
  expect(await page.getByText("Write “pulse”").count()).toBe(0);
  expect(await violations(page)).toEqual([]);
});
