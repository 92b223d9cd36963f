import { afterAll, beforeAll } from "@jest/globals";
import type { Locator } from "playwright-core";
import { freePorts, type ServerProcess, startServer, temporaryFolder } from "../support/built-server.ts";
import { cardsWith, type ContextOptions, newPage, page } from "./driver.ts";
import { choose } from "./in-rehearsal.ts";

/* The built program in local mode, for the tests of one file: importing this starts it before them. */

/** Where it keeps its data. */
export const folder = temporaryFolder();
export let server: ServerProcess;
/** Null until it has started, so that a failed start leaves nothing behind. */
let running: ServerProcess | null = null;

beforeAll(async () => {
  running = await startServer({ DATA_DIR: folder, PORT: String(await freePorts()) });
  server = running;
});

afterAll(async () => running?.kill());

/** Opens Rehearsal in a page of its own and chooses somebody there, unless it is to stay as it opens. */
export async function openRehearsal(person: string | null = null, options: ContextOptions = {}): Promise<void> {
  await newPage(options);
  await page.goto(`${server.url}/rehearsal/`);
  if (person !== null) await choose(person);
}

/** The latest card in the open chat that has this heading. */
export const card = (heading: string | RegExp): Locator => cardsWith(heading).last();
