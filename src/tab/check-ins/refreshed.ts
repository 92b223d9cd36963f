/** Paths whose answers a change to a round makes old. */
export const refreshed = ["check-in-rounds", "deliveries", "caseload-summary", "teams", "overview"] as const;
