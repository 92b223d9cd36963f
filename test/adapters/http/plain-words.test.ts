import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { z } from "zod";
import { parseInWords, summaryOf } from "../../../src/adapters/http/plain-words.ts";

function messageFor(schema: z.ZodType, value: unknown): string | undefined {
  const parsed = parseInWords(z.object({ field: schema }), { field: value });
  return parsed.ok ? undefined : parsed.errors.map(({ path, message }) => `${path} ${message}`).join("; ");
}

describe("messages", () => {
  it.each<[z.ZodType, unknown, string]>([
    [z.int().min(1).max(26), 0, "field must be a whole number from 1 to 26"],
    [z.int().positive(), 0, "field must be a whole number of at least 1"],
    [z.number().positive(), 0, "field must be a number above 0"],
    [z.number().gt(0).lt(1), 3, "field must be a number above 0 and below 1"],
    [z.number().max(1.5), 3, "field must be a number of at most 1.5"],
    [z.coerce.number().int().min(1), "x", "field must be a whole number of at least 1"],
    [z.int(), 1.5, "field must be a whole number"],
    [z.string().min(1), "", "field must be text that isn't empty"],
    [z.string().min(2).max(5), "x", "field must be text from 2 to 5 characters"],
    [z.string(), 3, "field must be text"],
    [z.iso.date(), "2026-02-30", "field must be a date such as 2026-11-12"],
    [z.iso.datetime({ offset: true }), "2026", "field must be a moment such as 2026-11-12T09:30:00Z"],
    [z.email(), "x", "field must be an e-mail address"],
    [z.guid(), "x", "field must be an id"],
    [z.boolean(), "true", "field must be true or false"],
    [z.enum(["a", "b", "c"]), "d", "field must be a, b or c"],
    [z.literal("a"), "d", "field must be a"],
    [z.enum(["a", "b"]).nullable(), "d", "field must be a or b or null"],
    [z.array(z.int()).max(3), [1, 2, 3, 4], "field must be a list of at most 3 items"],
    [z.array(z.int().min(1)), [1, 0], "field.1 must be a whole number of at least 1"],
    [z.record(z.enum(["x", "y"]), z.number().min(0)), { x: 1, y: -1 }, "field.y must be a number of at least 0"],
    [z.object({ a: z.int() }), [], "field must be an object"],
    [z.strictObject({ a: z.int() }), { a: 1, b: 2 }, "field.b isn't known here: take it out"],
    [z.int().min(1), undefined, "field is missing: it must be a whole number of at least 1"],
    [z.string().refine((text) => text === "x", "Say x."), "y", "field Say x."],
    [z.string().refine((text) => text === "x"), "y", "field isn't valid"],
  ])("say what is wanted: %#", (schema, value, message) => {
    expect(messageFor(schema, value)).toBe(message);
  });

  it("are in plain words whatever is sent, and never repeat it", () => {
    const schema = z.strictObject({
      n: z.int().min(1).max(3),
      list: z.array(z.object({ day: z.iso.date() })).max(2),
      one: z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("a"), v: z.int() }),
        z.object({ kind: z.literal("b") }),
      ]),
    });
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.record({ n: fc.jsonValue(), list: fc.jsonValue(), one: fc.jsonValue() })),
        (value) => {
          const parsed = parseInWords(schema, value);
          if (parsed.ok) return;
          expect(parsed.errors.length).toBeGreaterThan(0);
          for (const { message } of parsed.errors) expect(message).toMatch(/^(must be |is missing|isn't )/);
          expect(summaryOf(parsed.errors, "The body")).toMatch(/\.$/);
        },
      ),
    );
  });
});

describe("the sentence for several", () => {
  it.each([
    [[{ path: "a", message: "must be text" }], "a must be text."],
    [[{ path: "", message: "must be an object" }], "The body must be an object."],
    [[{ path: "a", message: "Say x." }], "Say x."],
    [[{ path: "a.0.b", message: "b: give a date." }], "b: give a date."],
    [[1, 2].map(() => ({ path: "a", message: "is missing" })), "a is missing; and 1 more thing needs changing."],
    [[], "The body isn't valid."],
  ])("tells the first and counts the rest: %#", (errors, sentence) => {
    expect(summaryOf(errors, "The body")).toBe(sentence);
  });
});
