/** What somebody can answer to an invitation. */
export const answers = ["yes", "maybe", "no"] as const;

/** Longest text that somebody may want to raise, in characters. */
export const longestRaise = 500;
