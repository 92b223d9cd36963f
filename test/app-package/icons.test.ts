import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { decode } from "fast-png";
import { appPackageFolder } from "../../src/app-package/build.ts";

/** A picture's size, and how often each of its colours is in it, as "red,green,blue,alpha". */
function pictureOf(name: string) {
  const { width, height, data, channels } = decode(readFileSync(join(appPackageFolder, name)));
  const colours = new Map<string, number>();
  for (let at = 0; at < data.length; at += channels) {
    const [red = 0, green = red, blue = red, alpha = 255] = data.slice(at, at + channels);
    const colour = [red, green, blue, alpha].join();
    colours.set(colour, (colours.get(colour) ?? 0) + 1);
  }
  const corner = [...data.slice(0, 3)].join();
  return { width, height, colours, corner };
}

describe("the app's icons", () => {
  it("are, in colour, 192 pixels wide on a full square: Teams rounds the corners itself", () => {
    const { width, height, colours, corner } = pictureOf("color.png");
    expect([width, height]).toEqual([192, 192]);
    expect([...colours.keys()].filter((colour) => !colour.endsWith(",255"))).toEqual([]);
    expect(corner).toBe("91,95,199");
    expect(colours.get("255,255,255,255")).toBeGreaterThan(1000);
  });

  it("are, as an outline, 32 pixels wide, and each pixel either white or not there at all", () => {
    const { width, height, colours } = pictureOf("outline.png");
    expect([width, height]).toEqual([32, 32]);
    expect([...colours.keys()].toSorted()).toEqual(["0,0,0,0", "255,255,255,255"]);
    expect(colours.get("255,255,255,255")).toBeGreaterThan(100);
  });
});
