import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { cardsFolder, loadCardTemplates } from "../../../src/adapters/cards/templates.ts";

const fixtures = join(import.meta.dirname, "fixtures");
const templates = loadCardTemplates(fixtures);
const sample = { name: "Ana", title: "Hello", weight: null, note: null, lines: ["One", "Two"], data: { round: "r1" } };

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "steady-cards-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const line = (text: string) => ({
  type: "Container",
  items: [{ type: "RichTextBlock", inlines: [{ type: "TextRun", text }] }],
});

it("reads a folder once", () => {
  const folder = folderWith({ "plain.json": JSON.stringify({ type: "AdaptiveCard", body: [] }) });
  loadCardTemplates(folder);
  writeFileSync(join(folder, "plain.json"), "changed since");
  expect(loadCardTemplates(folder).render("plain", {})).toMatchObject({ type: "AdaptiveCard" });
});

describe("rendering", () => {
  it("fills a template in, once per item of a list", () => {
    expect(templates.render("hello", sample)).toEqual({
      type: "AdaptiveCard",
      version: "1.5",
      fallbackText: "Hello Ana",
      body: [
        { type: "TextBlock", text: "Hello" },
        { type: "RichTextBlock", inlines: [{ type: "TextRun", text: "From Ana" }] },
        line("One"),
        line("Two"),
      ],
      actions: [
        {
          type: "Action.Execute",
          title: "Send",
          verb: "hello.send",
          data: { round: "r1" },
          fallback: { type: "Action.Submit", title: "Send", data: { verb: "hello.send" } },
        },
      ],
    });
  });

  it("leaves out what null or undefined is bound to", () => {
    const card = templates.render("hello", { ...sample, weight: undefined, data: { round: null }, lines: [null, "x"] });
    expect(JSON.stringify(card)).not.toMatch(/weight|null|undefined/);
  });

  it.each([
    "${$root.secret}",
    "${1+1}",
    "$${name}",
    "${",
    "`${title}`",
    "\\${name}",
    "}${secret}{",
    "@{secret}",
    "{{secret}}",
    "**Ana** [x](http://y)",
    '"},{"type":"Image"',
  ])("takes what people wrote as it is: %s", (name) => {
    const card = templates.render("hello", { ...sample, secret: "s3cret", name, lines: [name], data: { name } });
    expect(card).toMatchObject({ fallbackText: `Hello ${name}`, actions: [{ data: { name } }] });
    expect(card["body"]).toContainEqual(line(name));
    expect(JSON.stringify(card)).not.toContain("s3cret");
  });

  it("takes any text as it is", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("${", "}", "$", "{", "`", "\\", "$root", "title", "'"),
    );
    const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(text, (name) => {
        const card = templates.render("hello", { ...sample, name, lines: [name] });
        expect(card).toMatchObject({ fallbackText: `Hello ${name}` });
        expect(card["body"]).toContainEqual(line(name));
      }),
    );
  });

  it("doesn't change the data", () => {
    const data = structuredClone(sample);
    templates.render("hello", data);
    expect(data).toEqual(sample);
  });

  it.each([
    ["a template that isn't there", "goodbye", sample],
    ["a name that every object has", "__proto__", sample],
    ["the sample of a template", "hello.data", sample],
    ["a missing field that fills a property", "hello", { ...sample, title: undefined, name: undefined }],
  ])("is a fault for %s", (_what, name, data) => {
    expect(() => templates.render(name, data)).toThrow(expect.objectContaining({ code: "card-template" }));
  });

  it("names a field that the data doesn't have", () => {
    const rest = Object.fromEntries(Object.entries(sample).filter(([name]) => name !== "title"));
    expect(() => templates.render("hello", rest)).toThrow("${title}");
  });

  it("is a fault for a card that is too big for Teams", () => {
    const lines = Array.from({ length: 300 }, () => "x".repeat(150));
    expect(() => templates.render("hello", { ...sample, lines })).toThrow(
      expect.objectContaining({ code: "card-too-big" }),
    );
  });
});

describe("loading", () => {
  it.each([
    ["no JSON", "{"],
    ["no card", '{"type":"TextBlock"}'],
    ["an expression that can't be read", '{"type":"AdaptiveCard","body":[{"type":"TextBlock","text":"${1 +}"}]}'],
  ])("is a fault that names the file for %s", (_what, text) => {
    expect(() => loadCardTemplates(folderWith({ "odd.json": text }))).toThrow(/odd\.json/);
  });

  it("looks in the package's own folder", () => {
    expect(cardsFolder).toMatch(/adaptive-cards$/);
    expect(loadCardTemplates()).toBeDefined();
  });
});
