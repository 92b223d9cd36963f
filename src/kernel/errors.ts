/**
 * The catalogue of faults: things that went wrong and that no caller can treat as an ordinary outcome.
 * Expected outcomes (a closed round, a bad row) are values, not errors.
 */
export const faults = {
  configuration: "The configuration is not usable.",
  command: "The command wasn't carried out.",
  "store-locked": "Another process is using the data folder.",
  "store-unavailable": "The store can't be reached.",
  "question-set": "A question set is not valid.",
  "card-template": "A card template can't be filled in.",
  "card-too-big": "A card is larger than Teams accepts.",
  "unexpected-answer": "Another service answered something that it never should.",
  "not-found": "Something that must exist is not there.",
  "keys-unavailable": "The keys to pulse answers can't be used.",
  "sealed-answer": "A pulse answer can't be sealed or opened.",
} as const;

export type FaultCode = keyof typeof faults;

/** A fault with its code from the catalogue, a sentence for the log, and the error that caused it. */
export class Fault extends Error {
  readonly code: FaultCode;

  constructor(code: FaultCode, detail?: string, options?: { cause?: unknown }) {
    super(detail === undefined ? faults[code] : `${faults[code]} ${detail}`, options);
    this.name = "Fault";
    this.code = code;
  }
}
