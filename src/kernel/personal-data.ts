/** What a free text may not hold, as far as a machine can tell; names can't be caught. */
export type PersonalData = "nhs-number" | "e-mail" | "phone" | "postcode";

/**
 * The first kind of personal data that `text` looks to hold, or null. Numbers are recognised in any script's digits,
 * spaced or hyphenated in any way. About 9 % of random ten-digit strings pass for NHS numbers, so a message built on
 * this says "looks like". The text is neither kept nor passed on.
 */
export function findPersonalData(text: string): PersonalData | null {
  const plain = normalise(text);
  if (hasNhsNumber(plain)) return "nhs-number";
  if (eMail.test(plain)) return "e-mail";
  if (phones.some((phone) => phone.test(plain))) return "phone";
  return postcode.test(plain) ? "postcode" : null;
}

const names: Readonly<Record<PersonalData, string>> = {
  "nhs-number": "an NHS number",
  "e-mail": "an e-mail address",
  phone: "a phone number",
  postcode: "a full postcode",
};

/** One sentence for the writer: what was found and what to do. It never quotes what they wrote. */
export function refusal(kind: PersonalData): string {
  return `This looks like ${names[kind]}. Take it out and send again; nothing of the note was kept.`;
}

/** ASCII digits, plain spaces and hyphens for every script's, invisible characters gone. */
function normalise(text: string): string {
  return text
    .replace(/[^\0-\x7f]/gu, plainForm)
    .replace(/[\p{Cf}\p{Mn}\p{Me}]/gu, "")
    .replace(/\p{Nd}/gu, digitValue)
    .replace(/[\p{Pd}\u2212]/gu, "-")
    .replace(/\s/gu, " ");
}

// A sign that only contains a digit ("²", "①") stands apart: it must not run into a number beside it.
function plainForm(character: string): string {
  const plain = character.normalize("NFKC");
  return /\d/.test(plain) && !/\p{Nd}/u.test(character) ? ` ${plain} ` : plain;
}

// Unicode lays decimal digits out in rows from nought to nine, so a digit's value is its distance from the row's start.
function digitValue(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  let distance = 0;
  while (distance < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - distance - 1))) distance += 1;
  return String(distance);
}

/** Runs of digits, each with the spaces and hyphens inside it. */
const digitRuns = /\d(?:[ -]*\d)*/g;
/** The one dotted form that people write: 943.476.5919. */
const dotted = /(?<![\d.])(\d{3})\.(\d{3})\.(\d{4})(?!\d)/g;

// A number's neighbours may be numbers too ("seen 3 times, 12 943 476 5919"), so each sequence of whole tokens of a run
// that makes up ten digits is tried. Digits glued to others are a longer number, not an NHS number.
function hasNhsNumber(plain: string): boolean {
  for (const run of plain.replace(dotted, "$1 $2 $3").match(digitRuns) ?? []) {
    const tokens = run.split(/[ -]+/);
    for (const start of tokens.keys()) {
      let digits = "";
      for (let next = start; next < tokens.length && digits.length < 10; next += 1) digits += tokens[next] ?? "";
      if (isNhsNumber(digits)) return true;
    }
  }
  return false;
}

/**
 * True for ten digits that pass the NHS number's check: weights 10 to 2 on the first nine, 11 less the sum modulo 11
 * is the tenth, 11 counting as 0 and 10 as invalid (NHS Data Dictionary). One digit repeated ten times isn't one.
 */
export function isNhsNumber(digits: string): boolean {
  if (!/^\d{10}$/.test(digits) || /^(\d)\1{9}$/.test(digits)) return false;
  const sum = [...digits.slice(0, 9)].reduce((total, digit, place) => total + Number(digit) * (10 - place), 0);
  const check = (11 - (sum % 11)) % 11;
  return check === Number(digits[9]);
}

const eMail = /[^\s@<>()[\],;:"]{1,64}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u;

/** UK numbers: 0 or +44 (0044) and nine or ten more digits, spaced or bracketed at will; and 44 glued to a mobile's. */
const phones = [
  /(?<!\d)(?:(?:\+|00) ?44[ .-]*(?:\(0\)|0)?[ .-]*\(?[1-9]|\(?0[1-9])(?:[ ().-]*\d){8,9}(?!\d)/,
  /(?<!\d)447\d{9}(?!\d)/,
];

/** A full UK postcode: "N1" or "SW1A", and the inward code, each with the letters that it can have. */
const outward = "[A-PR-UWYZ](?:\\d[\\dA-HJKPSTUW]?|[A-HK-Y]\\d[\\dABEHMNPRV-Y]?)";
const inward = "\\d[ABD-HJLNP-UW-Z]{2}";
const postcode = new RegExp(`(?<![\\p{L}\\p{N}])${outward}[ -]*${inward}(?![\\p{L}\\p{N}])`, "iu");
