import { describe, expect, it } from "@jest/globals";
import { type ReachFacts, reachOf } from "../../../src/features/roster/reach.ts";

const facts: ReachFacts = { hasAccount: true, chat: null, external: false, stopped: false, canMail: true };

type Case = readonly [of: string, facts: Partial<ReachFacts>, by: string, why: string];

const otherTenant = "In Teams if the app is installed for them; otherwise";
const noMailbox = "no mailbox is set to send links.";
const untilThen = "By a link in an e-mail, until they first meet the bot in Teams.";

const withMail: readonly Case[] = [
  ["whose account is known", {}, "teams", "In Teams."],
  ["whose chat is open", { chat: "open", hasAccount: false, external: true }, "teams", "In Teams."],
  ["whose chat is gone", { chat: "unknown" }, "teams", "In Teams."],
  ["who may be of another tenant", { external: true }, "teams", `${otherTenant} by a link in an e-mail.`],
  [
    "who may be of another tenant, the chat gone",
    { external: true, chat: "unknown" },
    "teams",
    `${otherTenant} by a link in an e-mail.`,
  ],
  ["without an account", { hasAccount: false }, "link", untilThen],
  [
    "without an account and of another tenant",
    { hasAccount: false, external: true, chat: "unknown" },
    "link",
    untilThen,
  ],
  ["who blocked the bot", { chat: "blocked" }, "link", "By a link in an e-mail: they have blocked the bot in Teams."],
  [
    "for whom the app isn't installed",
    { chat: "not-installed", external: true },
    "link",
    "By a link in an e-mail: the app isn't installed in Teams for them.",
  ],
  [
    "for whom the bot is switched off",
    { chat: "disabled", hasAccount: false },
    "link",
    "By a link in an e-mail: an admin has switched the bot off in Teams.",
  ],
  ["who said stop", { stopped: true, chat: "open" }, "none", "Not at all: they have said stop."],
];

const withoutMail: readonly Case[] = [
  ["whose account is known", {}, "teams", "In Teams."],
  ["whose chat is open", { chat: "open", external: true }, "teams", "In Teams."],
  ["who may be of another tenant", { external: true }, "teams", `${otherTenant} not at all: ${noMailbox}`],
  ["without an account", { hasAccount: false }, "none", `Not yet: no Microsoft account is known, and ${noMailbox}`],
  [
    "who blocked the bot",
    { chat: "blocked" },
    "none",
    `Not at all: they have blocked the bot in Teams, and ${noMailbox}`,
  ],
  [
    "for whom the app isn't installed",
    { chat: "not-installed" },
    "none",
    `Not at all: the app isn't installed in Teams for them, and ${noMailbox}`,
  ],
  [
    "for whom the bot is switched off",
    { chat: "disabled" },
    "none",
    `Not at all: an admin has switched the bot off in Teams, and ${noMailbox}`,
  ],
  ["who said stop", { stopped: true, hasAccount: false }, "none", "Not at all: they have said stop."],
];

describe("how somebody will be reached", () => {
  it.each(withMail)("says it of somebody %s", (_, given, by, why) => {
    expect(reachOf({ ...facts, ...given })).toEqual({ by, why });
  });

  it.each(withoutMail)("says it of somebody %s where no mailbox is set", (_, given, by, why) => {
    expect(reachOf({ ...facts, ...given, canMail: false })).toEqual({ by, why });
  });
});
