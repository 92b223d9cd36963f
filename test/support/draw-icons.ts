import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { launchBrowser } from "./browser.ts";

/*
 * Draws the app package's icons from their SVG sources: `npm run icons`, after a change of a source. The pictures are
 * kept in the repository, because the package is made where there is no browser.
 */

const folder = join(import.meta.dirname, "../../appPackage");
const icons = [
  { name: "color", size: 192 },
  { name: "outline", size: 32 },
] as const;

const browser = await launchBrowser();
try {
  const page = await browser.newPage();
  for (const { name, size } of icons) {
    await page.setViewportSize({ width: size, height: size });
    const svg = readFileSync(join(folder, `${name}.svg`), "utf8");
    await page.setContent(`<style>* { margin: 0 } svg { display: block; width: 100vw; height: 100vh }</style>${svg}`);
    writeFileSync(join(folder, `${name}.png`), await page.screenshot({ omitBackground: true }));
  }
} finally {
  await browser.close();
}
