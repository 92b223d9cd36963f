import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { findPersonalData, isNhsNumber, refusal } from "../../src/kernel/personal-data.ts";

const digits = (length: number) => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length });

/** Ten digits with a right check digit, by the rule's words and not by the code under test. */
const nhsNumbers = digits(9)
  .map((nine) => {
    const remainder = nine.reduce((sum, digit, index) => sum + digit * (10 - index), 0) % 11;
    return [...nine, 11 - remainder === 11 ? 0 : 11 - remainder];
  })
  .filter((ten) => ten[9] !== 10 && new Set(ten).size > 1);

const plainGaps = ["", "", " ", "-", "  ", " - ", "\t"];
const otherGaps = ["\u00a0", "\u2009", "\u2013", "\u2011", "\u2212", "\u200b"];
const gaps = fc.array(fc.constantFrom(...plainGaps, ...otherGaps), { minLength: 9, maxLength: 9 });
const spaced = fc
  .tuple(nhsNumbers, gaps)
  .map(([ten, between]) => ten.map((digit, place) => `${digit}${between[place] ?? ""}`).join(""));
/** Text that doesn't run into the number with a digit of its own. */
const around = fc.string({ unit: "grapheme" }).map((text) => text.replace(/\p{Nd}/gu, "x"));

describe("NHS numbers in a note", () => {
  it.each([
    "9434765919",
    "943 476 5919",
    "NHS no. 943-476-5919.",
    "943.476.5919",
    "on 12 943 476 5919 3",
    "14 m² 9434765919",
    "９４３ ４７６ ５９１９",
    "٩٤٣٤٧٦٥٩١٩",
    "⁹⁴³ ⁴⁷⁶ ⁵⁹¹⁹",
  ])("are found in %s", (text) => {
    expect(findPersonalData(text)).toBe("nhs-number");
  });

  it.each(["9434765918", "1111111111", "0000000000", "12 new, 14 waiting", "94347659190", "943 476 591", ""])(
    "are not seen in '%s'",
    (text) => {
      expect(findPersonalData(text)).toBeNull();
    },
  );

  it("are found in any spacing inside any text", () => {
    fc.assert(
      fc.property(around, spaced, around, (before, number, after) => {
        expect(findPersonalData(`${before}${number}${after}`)).toBe("nhs-number");
      }),
      { numRuns: 500 },
    );
  });

  it("are found beside other numbers", () => {
    fc.assert(
      fc.property(fc.nat({ max: 9999 }), spaced, fc.nat({ max: 9999 }), (before, number, after) => {
        expect(findPersonalData(`${before} ${number} ${after}`)).toBe("nhs-number");
      }),
    );
  });

  it("are written in the digits of any script", () => {
    const rows = Array.from({ length: 0x1ffff }, (_, code) => code).filter((code) => {
      const isDigit = (at: number) => at >= 0 && /\p{Nd}/u.test(String.fromCodePoint(at));
      return isDigit(code) && !isDigit(code - 1);
    });
    expect(rows.length).toBeGreaterThan(60);
    for (const zero of rows) {
      const text = [..."9434765919"].map((digit) => String.fromCodePoint(zero + Number(digit))).join("");
      expect(findPersonalData(text)).toBe("nhs-number");
    }
  });

  it("are what about 9 % of ten-digit strings look like", () => {
    const count = 20_000;
    const found = fc.sample(digits(10), { numRuns: count, seed: 1 }).filter((ten) => isNhsNumber(ten.join(""))).length;
    expect(found / count).toBeGreaterThan(0.08);
    expect(found / count).toBeLessThan(0.1);
  });

  it("stop being found when any one digit is wrong", () => {
    fc.assert(
      fc.property(nhsNumbers, fc.nat({ max: 9 }), fc.integer({ min: 1, max: 9 }), (ten, place, shift) => {
        const wrong = ten.map((digit, index) => (index === place ? (digit + shift) % 10 : digit));
        expect(isNhsNumber(wrong.join(""))).toBe(false);
      }),
    );
  });
});

describe("other personal data in a note", () => {
  it.each([
    ["write to jo.bloggs@example.nhs.uk please", "e-mail"],
    ["Jo＠example.com", "e-mail"],
    ["ring 07700 900123", "phone"],
    ["+44 7700 900123", "phone"],
    ["+44 (0)20 7946 0958", "phone"],
    ["0044 20 7946 0958", "phone"],
    ["(020) 7946-0958", "phone"],
    ["447700900123", "phone"],
    ["01632 96001", "phone"],
    ["lives at N1 9GU", "postcode"],
    ["sw1a1aa", "postcode"],
    ["EC1A 1BB.", "postcode"],
    ["(W1T 3JL)", "postcode"],
    ["M1 1AE", "postcode"],
  ])("is seen in %s", (text, kind) => {
    expect(findPersonalData(text)).toBe(kind);
  });

  it.each([
    "Referrals from N1 and SW1A are up by 20 % since 2025.",
    "12 people waited 9 weeks, 3 of them 14; 0.6 WTE vacant from 01/02/2027",
    "Ask @Ana; see the 2026-27 plan (page 10 of 110)",
    "£1,200,000 over 24 months",
    "0 1 2 0 3 4 5 2 1 0 2 3",
    "Team B2 met at 3pm",
  ])("is not seen in %s", (text) => {
    expect(findPersonalData(text)).toBeNull();
  });

  it("never makes the search slow or fall over", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 4000 }), (text) => void findPersonalData(text)));
    expect(findPersonalData("1 ".repeat(5000).concat("x"))).toBeNull();
    expect(findPersonalData("a".repeat(10_000))).toBeNull();
  });
});

it("is refused in a sentence that says what it looks like", () => {
  expect(refusal("nhs-number")).toBe(
    "This looks like an NHS number. Take it out and send again; nothing of the note was kept.",
  );
  expect(refusal("postcode")).toContain("a full postcode");
});
