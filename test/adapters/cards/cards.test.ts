import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { cardsFolder, loadCardTemplates } from "../../../src/adapters/cards/templates.ts";
import { cardFaults, markdownFaults, templateFaults } from "../../support/card-rules.ts";
import { microsoftsCheck } from "../../support/card-schema.ts";

const read = (path: string) => JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;

const folders = [join(import.meta.dirname, "fixtures"), cardsFolder];
const samples = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith(".json") && !file.endsWith(".data.json"))
    .map((file) => [basename(file, ".json"), folder] as const),
);

describe.each(samples)("the card %s", (name, folder) => {
  const data = () => read(join(folder, `${name}.data.json`));
  const card = () => loadCardTemplates(folder).render(name, data());

  it("has a template that treats what people wrote as text", () => {
    expect(templateFaults(read(join(folder, `${name}.json`)))).toEqual([]);
    expect(markdownFaults(card(), data())).toEqual([]);
  });

  it("keeps to the rules with its sample data", () => {
    expect(cardFaults(card())).toEqual([]);
  });

  it("is valid by Microsoft's schema, where that is at hand", () => {
    expect(microsoftsCheck()?.(card()) ?? []).toEqual([]);
  });
});

describe("the rules", () => {
  const good = () => loadCardTemplates(folders[0]).render("hello", read(join(folders[0] ?? "", "hello.data.json")));
  const submit = { type: "Action.Submit", title: "Go", data: { verb: "a.b" } };

  it.each<[string, object, RegExp]>([
    ["a newer version", { version: "1.6" }, /version/],
    ["nothing to speak", { fallbackText: "" }, /speak/],
    ["a newer element", { body: [{ type: "Carousel" }] }, /Carousel/],
    ["an input without a label", { body: [{ type: "Input.Text", id: "a" }] }, /label/],
    ["an input tied to nothing", { body: [{ type: "Input.Text", id: "a", labelledBy: "b" }] }, /label/],
    ["an input without an id", { body: [{ type: "Input.Text", label: "A" }] }, /id/],
    ["a bound without a message", { body: [{ type: "Input.Number", id: "a", label: "A", max: 3 }] }, /errorMessage/],
    ["an id twice", { body: [1, 2].map(() => ({ type: "Input.Text", id: "a", label: "A" })) }, /twice/],
    ["a button without a verb", { actions: [{ type: "Action.Execute", fallback: submit }] }, /verb/],
    ["a button without a fallback", { actions: [{ type: "Action.Execute", verb: "a.b" }] }, /fallback/],
    [
      "a fallback for something else",
      { actions: [{ type: "Action.Execute", verb: "x", fallback: submit }] },
      /same verb/,
    ],
    ["a very long text", { body: [{ type: "TextBlock", text: "x".repeat(14_337) }] }, /28 KB/],
    ["too many to refresh for", { refresh: { userIds: Array.from({ length: 61 }, String) } }, /60/],
  ])("catch %s", (_what, change, fault) => {
    expect(cardFaults(good())).toEqual([]);
    expect(cardFaults({ ...good(), ...change })).toEqual([expect.stringMatching(fault)]);
  });

  it("catch a TextBlock that shows what somebody wrote", () => {
    expect(templateFaults({ body: [{ type: "TextBlock", text: "Dear ${person.name}" }] })).toHaveLength(1);
    expect(templateFaults({ body: [{ type: "TextRun", text: "Dear ${person.name}" }] })).toEqual([]);
    const card = {
      body: [
        { type: "TextBlock", text: "Dear *Ana*" },
        { type: "FactSet", facts: [{ title: "x", value: "*Ana*" }] },
      ],
    };
    expect(markdownFaults(card, { who: ["*Ana*"] })).toHaveLength(2);
  });

  it("catch a $when that looks into the data beside it", () => {
    expect(templateFaults({ body: [{ $data: "${a}", $when: "${a != null}" }] })).toHaveLength(1);
    expect(templateFaults({ body: [{ $data: "${a}", $when: "${$root.a != null}" }] })).toEqual([]);
  });

  it("agree with Microsoft's schema about a card that is none", () => {
    const check = microsoftsCheck();
    if (check !== null) expect(check({ type: "AdaptiveCard", version: "1.5", body: [{ type: "Nothing" }] })).not.toEqual([]);
  });
});
