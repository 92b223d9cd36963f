import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Locator, Page } from "playwright-core";

/** As much of a page's text as a log should carry, in characters. */
const mostInLog = 3_000;

/** What a person sees of it; a page that is past answering says so instead. */
const visibleText = (part: Locator): Promise<string> => part.first().innerText({ timeout: 5_000 }).catch(String);

/** Where Rehearsal has the chosen person, and a link's page its cards: what a test is about. */
const middle = "#chat-pane, #main";

/** A page's address without what comes after "#", where a link's token stands. */
const addressOf = (page: Page): string => page.url().replace(/#.*/s, "");

export interface Failure {
  /** Where evidence goes. */
  readonly folder: string;
  readonly test: { readonly file: string; readonly name: string };
  /** What the pages have complained of. */
  readonly complaints: readonly string[];
}

/**
 * Keeps what the pages of a failed test show: a picture and the visible text of each in a folder, and what matters
 * of the text in the log too, because that is all that is left of a run elsewhere.
 */
export async function keepEvidence(pages: readonly Page[], { folder, test, complaints }: Failure): Promise<void> {
  for (const [n, page] of pages.entries()) {
    const name = test.name.replaceAll(/\W+/g, "-").slice(0, 120);
    const file = join(folder, `${evidencePrefix(test.file)}${name}-${n + 1}`);
    await page.screenshot({ path: `${file}.png`, timeout: 10_000 }).catch(() => undefined);
    const about = [
      `Failed: ${test.name}`,
      `Page ${n + 1} of ${pages.length}: ${addressOf(page)}`,
      ...complaints.map((line) => `Complaint: ${line}`),
      "",
    ].join("\n");
    const frames = await Promise.all(page.frames().map((frame) => visibleText(frame.locator("body"))));
    writeFileSync(`${file}.txt`, `${about}\n${frames.join("\n\n---\n\n")}\n`);
    const inShort = (await visibleText(page.locator(middle))).replaceAll(/\n+/g, " | ").slice(-mostInLog);
    console.error(`${about}\n${inShort}\n\nAll of it: ${file}.txt and .png`);
  }
}

/** What the names of a test file's evidence begin with. */
export const evidencePrefix = (file: string): string => `${basename(file, ".test.ts")}.failed-`;
