import { join } from "node:path";
import { afterAll, beforeAll } from "@jest/globals";
import type { FrameLocator, Route } from "playwright-core";
import { startToyServer } from "../adapters/http/toy-server.ts";
import { type ContextOptions, newPage, page } from "./driver.ts";
import { server } from "./local-mode-driver.ts";

/*
 * A stand-in of Teams on the web for the tests of one file: a page under its name, which shows the built tab in a frame
 * and speaks the protocol of teams-js by postMessage. The tab's pages come as live mode serves them and the API from
 * the running program; the browser is told that both are steady.example.org. Whatever else is asked for is refused.
 */

const teams = "https://teams.microsoft.com";
const steady = "https://steady.example.org";

let pages: Awaited<ReturnType<typeof startToyServer>> | null = null;

beforeAll(async () => {
  const dir = join(import.meta.dirname, "../../dist/web/tab");
  pages = await startToyServer({ routes: [], staticFolders: [], tab: { dir, mode: "live" } });
});

afterAll(async () => pages?.close());

export interface TeamsOptions {
  /** What getAuthToken gives; null when Teams refuses it. */
  readonly token: string | null;
  /** What a link asked for. */
  readonly subEntityId?: string;
  readonly theme?: string;
  /** Says nothing at all. */
  readonly mute?: boolean;
  /** Who shows the tab; Teams when left out. */
  readonly origin?: string;
  /** Stops the page's clock, so that a test can move it on. */
  readonly stoppedClock?: boolean;
  /** What follows `/tab/` in the tab's address; the personal tab's when left out. */
  readonly search?: string;
  /** Set while somebody adds or changes a tab of a channel: what Teams keeps of it so far, and whether it will keep more. */
  readonly setUp?: { readonly soFar?: object; readonly refuses?: true };
  readonly size?: ContextOptions;
}

/** What the tab has asked of Teams: the function with what it was given. */
export type Asked = readonly [func: string, ...args: readonly unknown[]];

export interface InTeams {
  readonly tab: FrameLocator;
  /** What the browser asked for beyond Teams and Steady. */
  readonly refused: readonly string[];
  asked(func: string): Promise<Asked[]>;
  changeTheme(theme: string): Promise<void>;
  /** Presses the Save button of Teams' dialog around a tab that is being set up. */
  save(): Promise<void>;
}

/** Opens Teams with the tab in it. */
export async function openInTeams(options: TeamsOptions): Promise<InTeams> {
  await newPage(options.size ?? { viewport: { width: 1280, height: 860 } });
  if (options.stoppedClock === true) await page.clock.install();
  const refused: string[] = [];
  const { origin = teams } = options;
  await page.context().route("**/*", async (route) => {
    const { origin: to, pathname } = new URL(route.request().url());
    if (to === origin) return route.fulfill({ contentType: "text/html", body: pathname === "/" ? hostPage(options) : "" });
    if (to === steady) return pass(route, pathname.startsWith("/tab/") ? (pages?.origin ?? "") : server.url);
    refused.push(route.request().url());
    return route.abort();
  });
  await page.goto(`${origin}/`);
  return {
    tab: page.frameLocator("iframe"),
    refused,
    asked: async (func) => (await page.evaluate<Asked[]>("asked")).filter(([name]) => name === func),
    changeTheme: (theme) => page.evaluate(`tell({ func: "themeChange", args: [${JSON.stringify(theme)}] })`),
    save: () => page.evaluate(`tell({ func: "settings.save", args: [{}] })`),
  };
}

/** Answers a request of the browser with what a server on this machine says to it. */
async function pass(route: Route, to: string): Promise<void> {
  const request = route.request();
  const { pathname, search } = new URL(request.url());
  const { authorization, "content-type": type, accept } = request.headers();
  const given = Object.entries({ authorization, "content-type": type, accept }).filter(([, value]) => value !== undefined);
  const answer = await fetch(`${to}${pathname}${search}`, {
    method: request.method(),
    headers: Object.fromEntries(given) as Record<string, string>,
    body: request.postData(),
  });
  const own = [...answer.headers].filter(([name]) => !["content-encoding", "content-length", "transfer-encoding"].includes(name));
  await route.fulfill({ status: answer.status, headers: Object.fromEntries(own), body: Buffer.from(await answer.arrayBuffer()) });
}

/** The page of Teams around the frame. What teams-js 2.58 sends carries an id, and an answer carries it back. */
function hostPage({ token, subEntityId = "", theme = "default", mute = false, search = "?in=teams", setUp }: TeamsOptions): string {
  const frameContext = setUp === undefined ? "content" : "settings";
  const context = {
    ...{ theme, subEntityId, entityId: "steady", locale: "en-gb", hostName: "Teams", hostClientType: "web" },
    ...{ frameContext, userObjectId: "", tid: "", sessionId: "s", appSessionId: "a", ringId: "general" },
  };
  const runtime = { apiVersion: 4, hostVersionsInfo: {}, isLegacyTeams: false, supports: { pages: { config: {} } } };
  const answers = {
    initialize: [frameContext, "web", JSON.stringify(runtime), "2.58.0"],
    getContext: [context],
    "authentication.getAuthToken": token === null ? [false, "resourceRequiresConsent"] : [true, token],
    executeDeepLink: [true],
    "settings.getSettings": [setUp?.soFar ?? {}],
    "settings.setSettings": setUp?.refuses === true ? [false, "forbidden"] : [true],
  };
  const script = `
    const asked = [];
    const answers = ${JSON.stringify(answers).replaceAll("<", "\\u003c")};
    const tell = (message) => document.querySelector("iframe").contentWindow.postMessage(message, ${JSON.stringify(steady)});
    addEventListener("message", ({ origin, data }) => {
      if (origin !== ${JSON.stringify(steady)}) return;
      asked.push([data.func, ...data.args]);
      if (${JSON.stringify(!mute)} && data.func in answers) tell({ id: data.id, uuidAsString: data.uuidAsString, args: answers[data.func] });
    });`;
  const frame = `<iframe title="Steady" src="${steady}/tab/${search}" style="display: block; width: 100%; height: 100vh; border: 0"></iframe>`;
  return `<!doctype html><html lang="en-GB"><title>Teams</title><meta name="viewport" content="width=device-width"><style>body { margin: 0 }</style><script>${script}</script>${frame}</html>`;
}
