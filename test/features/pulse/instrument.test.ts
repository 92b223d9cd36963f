import { describe, expect, it } from "@jest/globals";
import { checkInstrument, defaultInstrument, instruments } from "../../../src/features/pulse/instrument.ts";

const item = (id: string, more: object = {}) => ({ id, text: "How is it?", scale: "degree", ...more });
const valid = {
  id: "small",
  title: "A small one",
  citation: "Somebody, 2005",
  licence: "Free",
  scales: { degree: { choices: [{ label: "High", points: 100 }, { label: "Low", points: 0 }] } },
  items: [item("one"), item("two", { isReversed: true })],
  fewestAnswered: 0.5,
  bands: [{ from: 0, label: "under 50" }, { from: 50, label: "50 or more" }],
  bandsNote: "No diagnosis.",
};
const scale = (...choices: [string, number][]) => ({
  scales: { degree: { choices: choices.map(([label, points]) => ({ label, points })) } },
});

describe("the default instrument", () => {
  it("is the work scale of the Copenhagen Burnout Inventory, free to use with its citation", () => {
    expect(defaultInstrument.items).toHaveLength(7);
    expect(defaultInstrument.citation).toMatch(/Kristensen.*2005/);
    expect(defaultInstrument.licence).toMatch(/free to use/i);
    expect(defaultInstrument.bandsNote).toMatch(/no diagnosis/i);
    expect(instruments).toContain(defaultInstrument);
  });

  it("scores only the item about energy the other way round", () => {
    const reversed = defaultInstrument.items.filter(({ isReversed }) => isReversed).map(({ text }) => text);
    expect(reversed).toEqual(["Do you have enough energy for family and friends during leisure time?"]);
  });

  it("gives each choice the points of the paper", () => {
    const points = Object.values(defaultInstrument.scales).map(({ choices }) => choices.map((choice) => choice.points));
    expect(points).toEqual([[100, 75, 50, 25, 0], [100, 75, 50, 25, 0]]);
  });
});

describe("an instrument", () => {
  it("passes when it is sound", () => {
    expect(checkInstrument(valid).items.map(({ isReversed }) => isReversed)).toEqual([false, true]);
  });

  it.each([
    ["two items with one id", { items: [item("one"), item("one")] }, /same id/],
    ["an item without its scale", { items: [item("one", { scale: "missing" })] }, /scale that isn't there/],
    ["an item whose scale only seems to be there", { items: [item("one", { scale: "toString" })] }, /scale that isn't there/],
    ["bands that don't start at 0", { bands: [{ from: 10, label: "some" }] }, /start at 0/],
    ["bands that fall", { bands: [0, 60, 50].map((from) => ({ from, label: `${from}` })) }, /grow/],
    ["choices that read the same", scale(["High", 100], ["High", 0]), /read the same/],
    ["points that go up and down", scale(["High", 100], ["Low", 0], ["Middle", 50]), /must fall, or grow/],
    ["two choices of one value", scale(["High", 100], ["Also high", 100], ["Low", 0]), /must fall, or grow/],
    ["points above 100", scale(["High", 101], ["Low", 0]), /100/],
    ["no licence", { licence: " " }, /licence/],
  ])("is refused with %s", (_, fault, message) => {
    expect(() => checkInstrument({ ...valid, ...fault })).toThrow(message);
  });
});
