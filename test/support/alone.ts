/**
 * Application tests that run in a module world of their own: those that prepare something before each of their tests, and
 * those that leave much behind in memory. All others of test/app run several files in one (test/together).
 */
export const alone = ["fuzz", "link-attacks", "pulse-attacks", "pulse-attacks-found"];
