/** The ways in which somebody gets their cards. */
export const ways = ["teams", "link", "none"] as const;
