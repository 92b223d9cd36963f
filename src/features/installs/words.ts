/** How far the app has come for somebody; "cannot" for people who are left out on purpose, with the obstacle. */
export const installStates = ["pending", "installed", "failed", "cannot"] as const;
export type InstallState = (typeof installStates)[number];

/**
 * What keeps the app from somebody until they, or whoever keeps the roster, do something: their account is a guest's or
 * another organisation's, nobody has their e-mail, they took the app out of Teams, or they want no messages.
 */
export const obstacles = ["guest", "other-organisation", "no-account", "removed", "stopped"] as const;
export type Obstacle = (typeof obstacles)[number];
