import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { candidatesIn } from "./key-candidates.ts";

const anywhere = /(?<![\w+/-])(?:[A-Za-z0-9_-]{43}|[0-9a-f]{64}|M[EGH][A-Za-z0-9+/\s\\n]{90,400}={0,2})(?![\w+/-])/g;

const text = (letters: string, minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...letters), minLength, maxLength });
const letters = "ABMEGHabcdef0123456789+/_-";
const parts = fc.oneof(
  text(letters, 42, 44),
  text("abcdef0123456789", 63, 65),
  fc.tuple(fc.constantFrom("ME", "MG", "MH", "MA"), text("ABab09+/ \n\\", 80, 420), fc.constantFrom("", "=", "==")).map((all) => all.join("")),
  text(`${letters} ."{}\0`, 0, 60),
);

it("takes for keys in bytes whatever is written as a key is, wherever it stands, and nothing else", () => {
  const bytes = fc.tuple(fc.array(parts, { maxLength: 12 }), fc.constantFrom("", " ", "\0", '"')).map(([some, between]) => some.join(between));
  fc.assert(
    fc.property(bytes, (all) => {
      const found = new Set(candidatesIn(Buffer.from(all, "latin1")));
      const wanted = [...all.matchAll(anywhere)].map(([one]) => one);
      expect(wanted.filter((one) => !found.has(one))).toEqual([]);
      // One may begin within another here, which a single expression passes over.
      for (const one of found) expect(new RegExp(`^${anywhere.source}$`).test(one)).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});
