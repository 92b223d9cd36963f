import { describe, expect } from "@jest/globals";
import { violations } from "../support/browser.ts";
import { asked, it, newPage, page, sidewaysScroll, tabTo } from "./driver.ts";
import { button, open, questions, shot, site, thanks } from "./respond-page-driver.ts";

describe("for everyone", () => {
  it("can be answered with the keyboard alone", async () => {
    await open("ana");
    await questions().waitFor();
    const to = (wanted: Parameters<typeof tabTo>[0]) => tabTo(wanted, 30);
    await to(questions().getByRole("radiogroup").first());
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowDown");
    await to(questions().getByLabel("People waiting"));
    await page.keyboard.type("4");
    await to(questions().getByRole("button", { name: "Send" }));
    await page.keyboard.press("Enter");
    await thanks().waitFor();
    await to(thanks().getByRole("button", { name: "Change answer" }));
    await to(button("Stop these messages"));
    await page.keyboard.press("Enter");
    await button("Start again").waitFor();
    expect(site.posted[1]?.body).toMatchObject({ action: { data: { feeling: "busy", waiting: "4" } } });
  });

  it.each([
    ["light", 1280],
    ["dark", 1280],
    ["light", 390],
    ["dark", 390],
    ["light", 320],
    ["dark", 320],
  ] as const)("has no faults that axe can find, and fits (%s, %i pixels wide)", async (colorScheme, width) => {
    await open("ana", { colorScheme, viewport: { width, height: 800 }, isMobile: width < 400, hasTouch: width < 400 });
    await questions().waitFor();
    await shot(`${colorScheme}-${width}`);
    expect(await sidewaysScroll()).toBe(0);
    expect(await violations(page)).toEqual([]);
    const heights = await page.getByRole("button").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(width < 400 ? 44 : 24);
    await questions().getByRole("button", { name: "Send" }).click();
    await questions().getByText("Choose one of these.").waitFor();
    await questions().getByRole("radio", { name: "Busy" }).check();
    await questions().getByRole("button", { name: "Send" }).click();
    await thanks().waitFor();
    await shot(`${colorScheme}-${width}-answered`);
    expect(await sidewaysScroll()).toBe(0);
    expect(await violations(page)).toEqual([]);
  });

  it("shows the edges of its buttons in forced colours", async () => {
    await open("ana", { forcedColors: "active" });
    await questions().waitFor();
    await shot("forced-colours");
    for (const name of ["Send", "Stop these messages"]) {
      const { width, style } = await button(name).evaluate((one) => ({
        width: getComputedStyle(one).borderTopWidth,
        style: getComputedStyle(one).borderTopStyle,
      }));
      expect([name, style, Number.parseFloat(width) > 0]).toEqual([name, "solid", true]);
    }
  });
});

describe("on the wire", () => {
  it("has the token in no request's address and no referrer, and asks no other host", async () => {
    await open("ana");
    await questions().getByRole("radio", { name: "Busy" }).check();
    await questions().getByRole("button", { name: "Send" }).click();
    await thanks().waitFor();
    await button("Stop these messages").click();
    await button("Start again").waitFor();
    await page.goto(`${site.url}#over`);
    await button("Send me a new link").click();
    await page.getByText("A new link is on its way").waitFor();
    expect(site.requests.map(({ address }) => address)).toEqual(expect.arrayContaining(["/respond/", "/respond/api/press"]));
    for (const { address, referer } of site.requests) {
      expect(address).not.toMatch(/#|ana|over/);
      expect(referer).toBeUndefined();
    }
    for (const { url } of asked) expect(new URL(url).origin).toBe(new URL(site.url).origin);
    expect(await page.context().cookies()).toEqual([]);
    expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
  });

  it("comes compressed, in less than 150,000 bytes in all", async () => {
    await newPage();
    const session = await page.context().newCDPSession(page);
    let bytes = 0;
    session.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
    await session.send("Network.enable");
    const answers: (readonly [string, string | undefined])[] = [];
    page.on("response", (response) => answers.push([new URL(response.url()).pathname, response.headers()["content-encoding"]]));
    await page.goto(`${site.url}#ana`, { waitUntil: "networkidle" });
    await questions().waitFor();
    const files = answers.filter(([path]) => !path.startsWith("/respond/api/"));
    expect(files.length).toBeGreaterThanOrEqual(3);
    for (const [path, encoding] of files) expect([path, encoding]).toEqual([path, "br"]);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(150_000);
  });
});
