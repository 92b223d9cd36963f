import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { type Browser, chromium, type Frame, type Page } from "playwright-core";

const howToGetIt =
  "These tests need Chromium, Chrome or Edge: install one (Debian's chromium-headless-shell is enough), or set CHROMIUM to where its program is.";

// Chromium's shell without windows comes first: it needs about half of the others' processor time.
const names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge"];
const elsewhere = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

function runs(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function find(): string | undefined {
  const wanted = process.env["CHROMIUM"];
  if (wanted !== undefined && wanted !== "") {
    if (!runs(wanted)) throw new Error("CHROMIUM names no program that can be run.");
    return wanted;
  }
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/bin", "/snap/bin"];
  return [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...elsewhere].find(runs);
}

/** Where a browser is; installs Debian's Chromium when there is none and this may be done. */
function findOrInstall(): string {
  const found = find();
  if (found !== undefined) return found;
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) throw new Error(howToGetIt);
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    execFileSync("apt-get", ["update", "-q"], { stdio: "ignore", env });
    const install = (name: string) => execFileSync("apt-get", ["install", "-y", "-q", "--no-install-recommends", name], { stdio: "ignore", env });
    try {
      install("chromium-headless-shell");
    } catch {
      // Older Debians have only the whole browser.
      install("chromium");
    }
  } catch (cause) {
    throw new Error(howToGetIt, { cause });
  }
  const installed = find();
  if (installed === undefined) throw new Error(howToGetIt);
  return installed;
}

/** Starts a browser without a window, with more arguments where they are given. */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: findOrInstall(),
    // A page of another site in a frame has a process of its own in browsers with windows; the shell has to be told.
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--site-per-process", ...more],
  });
}

/** The rules whose outcome changes with a page's colours alone. */
const aboutColours = ["color-contrast", "link-in-text-block"];
const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

let axe: string | null = null;
const axeSource = (): string => (axe ??= readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));

/**
 * What axe finds wrong with a page, or with a frame of another site, a line each. It is injected over the debugging protocol, because the page's own
 * policy lets no other script in.
 */
export async function violations(page: Page | Frame, rules: "all" | "about colours" = "all"): Promise<string[]> {
  const context = "context" in page ? page.context() : page.page().context();
  const session = await context.newCDPSession(page);
  // A page that was looked at before still has it.
  const has = await session.send("Runtime.evaluate", { expression: "typeof axe", returnByValue: true });
  if (has.result.value === "undefined") await session.send("Runtime.evaluate", { expression: axeSource() });
  const chosen = rules === "all" ? wcag : { type: "rule", values: aboutColours };
  // Fluent UI's stops around its dialogs: the focus goes on from them at once, so nobody is ever there.
  const expression = `axe.run({ exclude: ["[data-tabster-dummy]"] }, { runOnly: ${JSON.stringify(chosen)} }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ": " + html.slice(0, 200))))`;
  const { result } = await session.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
  await session.detach();
  return result.value as string[];
}
