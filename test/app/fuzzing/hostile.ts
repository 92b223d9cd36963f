import fc from "fast-check";

/** Texts that broke programs before: signs that databases, JSON, spreadsheets and URLs take for something else, and sizes. */
const texts = [
  ...["", " ", "\u0000", "a\u0000b", "\ud800", "x\udc00y", "\ufffe", "\u202eabc", "e\u0301".repeat(50), "👩🏽‍⚕️", "\r\nset-cookie: a=b", "\t", "\u2028"],
  ...["__proto__", "constructor", "toString", "null", "undefined", "NaN", "true", "-1", "0", "1e400", "0x10", "2147483648", "9223372036854775808", "1,5"],
  ...["' or 1=1 --", "%", "%00", "%ud800", "_", "\\", "\\u0000", "{}", "[]", "${1+1}", "{{x}}", "=cmd|' /C calc'!A0", "<script>alert(1)</script>", "../../etc/passwd"],
  ...["99999-01-01", "2026-02-30", "0000-00-00", "-271821-04-20", "+275760-09-13", "2026-11-24", "2026-11-24T25:61:00Z", "9999-12-31", "12:60", "24:00"],
  ...["00000000-0000-0000-0000-000000000000", "0192F000-0000-7000-8000-000000000009", "{0192f000-0000-7000-8000-000000000009}"],
  ...["x".repeat(300), "é".repeat(5_000), "a b ".repeat(20_000), "9".repeat(400), "a".repeat(64) + "@" + "b".repeat(255) + ".org"],
];

const numbers = [-1, -0, 0, 0.1, 1e-7, 1.5, 99, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 63, 1e21, 1e308, -1e308, Number.MIN_VALUE];

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...texts) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...texts), fc.constantFrom(...texts)).map(([one, other]) => one + other) },
);

export const hostileNumber: fc.Arbitrary<number> = fc.oneof(fc.constantFrom(...numbers), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));

const deep = (levels: number): unknown => JSON.parse("[".repeat(levels) + "]".repeat(levels));

/** Any value that JSON can hold. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: hostileText },
  { weight: 3, arbitrary: hostileNumber },
  { weight: 2, arbitrary: fc.constantFrom(null, true, false) },
  { weight: 2, arbitrary: fc.array(fc.oneof(hostileText, hostileNumber), { maxLength: 4 }) },
  { weight: 2, arbitrary: fc.dictionary(fc.oneof(fc.constantFrom("__proto__", "constructor", "id", ""), fc.string({ maxLength: 8 })), hostileText, { maxKeys: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom(deep(20), deep(3_000), Array.from({ length: 20_000 }, (_, n) => n), Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`k${n}`, n]))) },
);

/** Bytes that are no JSON, or nearly are. */
export const brokenBody: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.constantFrom("{", '{"a":', "[1,", '"', "nul", "{}{}", "\ufeff{}", '{"a":1e999}', "{'a':1}", "[".repeat(100_000), `"${"x".repeat(300_000)}"`, '{"a":"\\ud800"}')
    .map((text) => Buffer.from(text)),
  fc.tuple(hostileValue, fc.nat(), fc.nat({ max: 255 })).map(([value, at, byte]) => {
    const bytes = Buffer.from(JSON.stringify({ value }));
    bytes[at % bytes.length] = byte;
    return bytes;
  }),
);
