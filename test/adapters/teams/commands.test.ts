import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { findCommand, helpText, plainText } from "../../../src/adapters/teams/commands.ts";
import { ana, countingApp } from "./bot.ts";

const { commands } = countingApp().app;
const find = (text: string) => {
  const found = findCommand(commands, plainText(text));
  return found === null ? null : [found.command.words[0], found.rest];
};

describe("what people type", () => {
  it.each([
    ["my data", ["my data", ""]],
    ["  My   DATA \n", ["my data", ""]],
    ["My data.", ["my data", ""]],
    ["<at>Bot</at> my&nbsp;data", ["my data", ""]],
    ['<at id="0">The Bot</at>\u00a0my data!', ["my data", ""]],
    ["delete my data", ["delete my data", ""]],
    ["away until 12 November", ["away until", "12 November"]],
    ["away Friday", ["away until", "Friday"]],
    ["mydata", null],
    ["datamy", null],
    ["show", ["show", ""]],
    ["showing off", null],
    ["please show", null],
    ["", null],
    ["?", null],
  ])("reads %j as %j", (text, expected) => {
    expect(find(text)).toEqual(expected);
  });

  it("finds a command whatever follows it, and gives that back as it was typed", () => {
    const word = fc.stringMatching(/^[A-Za-z0-9]{1,8}$/);
    fc.assert(
      fc.property(fc.array(word, { maxLength: 5 }), (words) => {
        const found = find(`AWAY Until ${words.join("  ")}`);
        expect(found).toEqual(["away until", words.join(" ")]);
      }),
    );
  });

  it("never fails on odd text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(() => find(text)).not.toThrow();
      }),
    );
  });

  it("helps with what this person may do only", () => {
    const help = helpText(commands, ana, "I didn't understand that.");
    expect(help).toContain("- **away until**: does away until");
    expect(help).not.toContain("summary");
    expect(helpText([], ana, "Hello.")).toBe("Hello.");
  });
});
