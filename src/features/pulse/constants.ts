/** What reporting groups are made of. */
export const groupings = ["area", "job-role"] as const;

/** Longest text of "you said, we did", in characters. */
export const longestChange = 500;
