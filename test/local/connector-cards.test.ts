import { describe, expect, it } from "@jest/globals";
import { faultOfCard } from "../../src/local/connector/adaptive-cards.ts";
import { card } from "./connector-fixture.ts";

describe("the Connector's check of a card", () => {
  it("accepts what Teams shows", () => {
    const rich = card("Hello", {
      refresh: { userIds: ["29:1"], action: { type: "Action.Execute", verb: "x" } },
      body: [
        { type: "ColumnSet", columns: [{ width: "auto", items: [{ type: "TextBlock", text: "a" }] }] },
        { type: "Input.Text", id: "note", inlineAction: { type: "Action.Submit" } },
        { type: "Input.Number", id: "open", min: 0, label: "Open" },
        { type: "Table", columns: [{ width: 1 }], rows: [{ cells: [{ items: [{ type: "TextBlock", text: "b" }] }] }] },
        { type: "RichTextBlock", inlines: ["plain", { type: "TextRun", text: "bold" }] },
        { type: "FactSet", facts: [{ title: "a", value: "b" }] },
        { type: "Chart", fallback: { type: "TextBlock", text: "no chart" } },
      ],
      actions: [
        { type: "Action.Execute", title: "Send", verb: "x", fallback: { type: "Action.Submit", title: "Send" } },
        { type: "Action.ShowCard", card: card("more", { body: [{ type: "Input.Date", id: "until" }] }) },
      ],
    });
    expect(faultOfCard(rich)).toBeNull();
  });

  it.each([
    ["something else than a card", { type: "HeroCard" }, /AdaptiveCard/],
    ["no version", { type: "AdaptiveCard" }, /version/],
    ["a version that Teams doesn't show", card("x", { version: "1.6" }), /1\.5/],
    ["a body that is no list", card("x", { body: {} }), /list/],
    ["an unknown element", card("x", { body: [{ type: "Carousel" }] }), /Carousel/],
    ["an unknown action", card("x", { actions: [{ type: "Action.Http" }] }), /Action\.Http/],
    ["an element among the actions", card("x", { actions: [{ type: "TextBlock", text: "x" }] }), /TextBlock/],
    ["an unknown element deep inside", card("x", { body: [{ type: "Container", items: [{ type: "X" }] }] }), /"X"/],
    ["an unknown fallback", card("x", { body: [{ type: "X", fallback: { type: "Y" } }] }), /"Y"/],
    ["text where an element should be", card("x", { body: ["x"] }), /object/],
    ["an input without an id", card("x", { body: [{ type: "Input.Text" }] }), /id/],
    ["an element without a type", card("x", { body: [{ text: "x" }] }), /type/],
    [
      "two inputs of one id",
      card("x", {
        body: [{ type: "Input.Text", id: "a" }],
        actions: [{ type: "Action.ShowCard", card: card("y", { body: [{ type: "Input.Date", id: "a" }] }) }],
      }),
      /"a"/,
    ],
    ["61 people to refresh for", card("x", { refresh: { userIds: Array(61).fill("29:1") } }), /60/],
  ])("refuses %s", (_what, bad, why) => {
    expect(faultOfCard(bad)).toMatch(why);
  });

  it("accepts 60 people to refresh for", () => {
    expect(faultOfCard(card("x", { refresh: { userIds: Array(60).fill("29:1") } }))).toBeNull();
  });
});
