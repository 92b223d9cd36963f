import { describe, expect, it } from "@jest/globals";
import { judgeApp } from "../../src/doctor/checks/app.ts";
import { judgeCertificate } from "../../src/doctor/checks/certificate.ts";
import { judgeClock } from "../../src/doctor/checks/clock.ts";
import { judgeAbsence, judgeKnock } from "../../src/doctor/checks/endpoint.ts";
import { judgeFreeBusy, judgeNoSender, judgeRefusal, organisersOf } from "../../src/doctor/checks/mailboxes.ts";
import { judgeNetworks } from "../../src/doctor/checks/networks.ts";
import { judgePermissions } from "../../src/doctor/checks/permissions.ts";
import { inWords, judgeQueue } from "../../src/doctor/checks/queue.ts";
import { judgeMigrations, judgeStore } from "../../src/doctor/checks/store.ts";
import { judgeSubscriptions } from "../../src/doctor/checks/subscriptions.ts";
import { judgeNoToken } from "../../src/doctor/checks/tokens.ts";
import type { Verdict } from "../../src/doctor/model.ts";
import type { NetworkFacts, QueueFacts } from "../../src/doctor/store-facts.ts";

/** "state: what it says", for short tables. */
const short = (verdicts: Verdict | readonly Verdict[]) => [verdicts].flat().map(({ state, says }) => `${state}: ${says}`);

const aNetwork: NetworkFacts = {
  name: "Ours",
  organiser: null,
  runners: 1,
  knownAdmins: 0,
  nextRound: "Tuesday 12 January",
  hasOpenRound: false,
  survey: { hasBeen: false, open: null, supportLines: 4, unchecked: 4 },
  app: { people: 10, external: 2, withApp: 7, failed: 0, cannot: 0, pending: 0, isStarted: true },
  calendars: [],
};

describe("what isn't well always comes with what to do", () => {
  it("and what is well doesn't", () => {
    const verdicts = [
      judgeMigrations({ missing: ["a"], unknown: [], isTooNew: false, isHalfMoved: false }),
      judgeClock([{ of: "the store", seconds: 300 }]),
      judgeStore({ engine: "server", version: 14, isEncrypted: true, bytes: 1, now: 0 }, { mustEncrypt: true, through: "itself" }),
      ...judgeNetworks([], 0),
      ...judgePermissions([], true),
      ...judgeQueue(null),
    ];
    for (const { state, todo } of verdicts) expect([state === "ok", todo === null]).toEqual([false, false]);
    expect(judgeClock([{ of: "the store", seconds: 3 }]).todo).toBeNull();
  });
});

describe("the store", () => {
  const server = { engine: "server", version: 16, isEncrypted: true, bytes: 52_000_000, now: 0 } as const;
  const remote = { mustEncrypt: true, through: "itself" } as const;

  it.each([
    [{}, remote, "ok: PostgreSQL 16, 52 MB large, over TLS."],
    [{ isEncrypted: false }, remote, "warning: PostgreSQL 16, 52 MB large, but the connection isn't encrypted."],
    [{ isEncrypted: false }, { ...remote, mustEncrypt: false }, "ok: PostgreSQL 16, 52 MB large."],
    [{ version: 14 }, remote, "failed: PostgreSQL 14, 52 MB large: it has to be 15 or newer."],
    [{ bytes: 3_260_000_000 }, remote, "ok: PostgreSQL 16, 3.3 GB large, over TLS."],
    [
      { engine: "embedded", version: 18, isEncrypted: null } as const,
      { mustEncrypt: false, through: "server" } as const,
      "ok: Embedded (PostgreSQL 18), 52 MB large; the running server has it to itself and was asked.",
    ],
  ])("%j is %s", (changed, where, expected) => {
    expect(short(judgeStore({ ...server, ...changed }, where))).toEqual([expected]);
  });
});

describe("migrations", () => {
  const upToDate = { missing: [], unknown: [], isTooNew: false, isHalfMoved: false };

  it.each([
    [{}, "ok: The tables are this version's."],
    [{ missing: ["2026-11-29-figures"] }, "failed: The tables are out of date: 2026-11-29-figures hasn't run."],
    [{ unknown: ["2027-a"] }, "warning: A newer version of Steady has added to the tables (2027-a), on which this one goes on."],
    [{ unknown: ["2027-a"], isTooNew: true }, "failed: A newer version of Steady has changed the tables (2027-a)."],
    [{ isHalfMoved: true, missing: ["a"] }, "failed: A move into this store was cut off, so it isn't whole."],
  ])("%j", (changed, expected) => {
    expect(short(judgeMigrations({ ...upToDate, ...changed }))).toEqual([expected]);
  });
});

describe("the queue", () => {
  const calm: QueueFacts = { waiting: [], failed: [], schedules: 11, lastLook: 20 };

  it.each([
    [calm, ["ok: 11 schedules, nothing due is waiting, and none was given up in the last 24 hours."]],
    [{ ...calm, waiting: [{ kind: "a", seconds: 299 }] }, ["ok: 11 schedules, the oldest due job has waited 5 min, and none was given up in the last 24 hours."]],
    [{ ...calm, waiting: [{ kind: "a", seconds: 2 }, { kind: "b", seconds: 301 }] }, ["warning: A job (b) has been due for 5 min."]],
    [{ ...calm, waiting: [{ kind: "a", seconds: 1_801 }] }, ["failed: A job (a) has been due for 30 min."]],
    [{ ...calm, failed: [{ kind: "cards.send", count: 3 }, { kind: "x", count: 1 }] }, ["warning: Jobs were given up in the last 24 hours: cards.send 3, x 1."]],
    [{ ...calm, lastLook: 7_300 }, ["warning: For 2 h no server has looked what is due."]],
    [{ ...calm, lastLook: null }, ["warning: No server has ever looked what is due."]],
    [{ ...calm, schedules: 0, lastLook: null }, ["failed: Nothing is scheduled: no round opens and nobody is reminded."]],
    [null, ["failed: The job queue has never been made."]],
  ])("%j", (facts, expected) => {
    expect(short(judgeQueue(facts))).toEqual(expected);
  });

  it("tells times in the unit that says most", () => {
    expect([-1, 59.6, 300, 7_200, 172_800].map(inWords)).toEqual(["0 s", "60 s", "5 min", "2 h", "2 days"]);
  });
});

describe("the clock", () => {
  it.each([
    [[0.4, -1], "ok: This machine's clock agrees with that of A and B to within 2 s."],
    [[60], "ok: This machine's clock agrees with that of A to within 60 s."],
    [[61, 0], "warning: This machine's clock is 61 s ahead of that of A."],
    [[0, -240], "warning: This machine's clock is 240 s behind that of B."],
    [[10, -241], "failed: This machine's clock is 241 s behind that of B."],
    [[], "skipped: Nobody's clock could be compared with this machine's."],
  ])("%j", (seconds, expected) => {
    expect(short(judgeClock(seconds.map((one, place) => ({ of: "AB"[place] ?? "", seconds: one }))))).toEqual([expected]);
  });
});

describe("the certificate", () => {
  const now = Date.parse("2027-01-10T12:00:00Z");
  const day = 86_400_000;
  const sound = { from: now - day, to: now + 90 * day, namesHost: true, mistrust: null };

  it.each([
    [{}, "ok: The certificate of steady.example.org is valid for 90 more days, until 2027-04-10."],
    [{ to: now + 21 * day }, "ok: The certificate of steady.example.org is valid for 21 more days, until 2027-01-31."],
    [{ to: now + 21 * day - 1 }, "warning: The certificate of steady.example.org is valid for 20 more days, until 2027-01-31."],
    [{ to: now, mistrust: "CERT_HAS_EXPIRED" }, "failed: The certificate of steady.example.org expired on 2027-01-10."],
    [{ from: now + day }, "failed: The certificate of steady.example.org isn't valid before 2027-01-11."],
    [{ namesHost: false, mistrust: "ERR_TLS_CERT_ALTNAME_INVALID" }, "failed: The certificate of steady.example.org is for another name."],
    [{ mistrust: "SELF_SIGNED_CERT_IN_CHAIN" }, "failed: The certificate of steady.example.org isn't trusted by this machine (SELF_SIGNED_CERT_IN_CHAIN)."],
  ])("%j", (changed, expected) => {
    expect(short(judgeCertificate("steady.example.org", { ...sound, ...changed }, now))).toEqual([expected]);
  });
});

describe("the bot's endpoint", () => {
  const url = "https://steady.example.org";
  const answered = (status: number) => ({ answered: true, status, headers: new Headers(), body: undefined }) as const;
  const silent = { answered: false, why: "ECONNREFUSED" } as const;

  it.each([
    [answered(401), "ok: The bot answers at https://steady.example.org, and refuses what has no token. Whether Microsoft's side reaches it can't be seen from here."],
    [answered(202), "failed: https://steady.example.org/api/messages answers 202 to a request without a token, where 401 is right."],
    [answered(403), "failed: https://steady.example.org/api/messages refuses this tenant or this address (403)."],
    [answered(503), "failed: https://steady.example.org/api/messages can't check tokens at the moment (503)."],
    [silent, "failed: https://steady.example.org/api/messages doesn't answer (ECONNREFUSED)."],
  ])("%j", (asked, expected) => {
    expect(short(judgeKnock(url, asked, "live"))).toEqual([expected]);
  });

  it("tells a server that is down from one that isn't reached", () => {
    expect(short(judgeAbsence(url, silent, "runs-here"))).toEqual([
      "failed: https://steady.example.org/healthz doesn't answer (ECONNREFUSED). The server on this machine is up.",
    ]);
    expect(judgeAbsence(url, silent, "live").todo).toContain("Start the server");
    expect(short(judgeAbsence(url, answered(200), "local"))).toEqual(["failed: Something answers https://steady.example.org/healthz (200), and it isn't Steady."]);
  });
});

describe("tokens", () => {
  const bot = { whose: "The bot", idName: "MicrosoftAppId", secretName: "MicrosoftAppPassword", kind: "secret" } as const;

  it.each([
    ["401 invalid_client", true, "MicrosoftAppPassword is wrong or has expired"],
    ["400 unauthorized_client", true, "correct MicrosoftAppId or MicrosoftAppTenantId"],
    ["400 invalid_scope", true, "Correct BOT_OAUTH_SCOPE"],
    ["400 invalid_request", true, "See MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId"],
    ["the sign-in service didn't answer in time", false, "Let this machine reach the sign-in service"],
  ])("%s says which setting to look at", (why, isRefusal, expected) => {
    const verdict = judgeNoToken({ why, isRefusal }, bot);
    expect(verdict).toMatchObject({ state: "failed", says: `The bot gets no token (${why}).` });
    expect(verdict.todo).toContain(expected);
  });

  it("don't look for a secret where there is none", () => {
    const verdict = judgeNoToken({ why: "the sign-in service didn't answer as it should", isRefusal: false }, { ...bot, kind: "managed-identity" });
    expect(verdict.todo).toContain("Run doctor where the server runs");
    expect(verdict.todo).not.toContain("Password");
  });
});

describe("Graph's permissions", () => {
  const least = ["TeamsAppInstallation.ReadWriteSelfForUser.All", "User.Read.All"];

  it.each([
    [least, true, ["ok"]],
    [[...least, "Calendars.ReadWrite", "Mail.Send"], false, ["ok"]],
    [["User.Read.All"], true, ["failed: TeamsAppInstallation.ReadWriteSelfForUser.All"]],
    [[least[0] ?? ""], true, ["warning: User.Read.All"]],
    [[...least, "Calendars.ReadWrite", "Mail.Send"], true, ["warning: More than Steady needs: Calendars.ReadWrite, Mail.Send are granted in Entra, for every mailbox"]],
    [[...least, "Directory.ReadWrite.All"], true, ["warning: More than Steady needs: Directory.ReadWrite.All is never used."]],
    [null, true, ["warning: The token for Graph can't be read"]],
    [[], true, ["failed: TeamsApp", "warning: User.Read.All"]],
  ])("%j (confined: %s)", (roles, canConfine, expected) => {
    const found = short(judgePermissions(roles, canConfine));
    expect(found).toHaveLength(expected.length);
    for (const [place, beginning] of expected.entries()) expect(found[place]?.startsWith(beginning)).toBe(true);
  });
});

describe("mailboxes", () => {
  const role = { role: "Mail.Send", group: "the senders' group", setting: "MAIL_SENDER" };

  it.each([
    ["refused", "403 ErrorAccessDenied", "failed: Steady isn't let into the mailbox a@b.org (403 ErrorAccessDenied).", 'Then grant "Application Mail.Send"'],
    ["refused", "404 ErrorInvalidUser", "failed: There is no mailbox a@b.org in the tenant (404 ErrorInvalidUser).", "Correct MAIL_SENDER."],
    ["refused", "404 MailboxNotEnabledForRESTAPI", "failed: a@b.org has no mailbox in Exchange Online (404 MailboxNotEnabledForRESTAPI).", "licence"],
    ["again", "503", "warning: Whether a@b.org can be used isn't known: Graph gave no answer (503).", "Try again"],
  ])("%s %s", (kind, detail, says, todo) => {
    const verdict = judgeRefusal("a@b.org", { kind, detail }, role);
    expect(short(verdict)).toEqual([says]);
    expect(verdict.todo).toContain(todo);
  });

  it("are those that own a network's meetings, each once, and the environment's until there is a network", () => {
    expect(organisersOf("a@b.org", [])).toEqual(["a@b.org"]);
    expect(organisersOf("a@b.org", [{ organiser: "c@d.org" }])).toEqual(["c@d.org"]);
    expect(organisersOf("a@b.org", [{ organiser: null }, { organiser: "a@b.org" }])).toEqual(["a@b.org"]);
    expect(organisersOf(null, [{ organiser: null }])).toEqual([]);
  });

  it("are missed where people of other organisations are to be written to", () => {
    expect(judgeNoSender([aNetwork]).state).toBe("warning");
    expect(judgeNoSender([{ app: { ...aNetwork.app, external: 0 } }]).state).toBe("ok");
  });

  it("say when free/busy isn't told", () => {
    expect(judgeFreeBusy("a@b.org", { ok: true, value: new Map([["a@b.org", []]]) }).state).toBe("ok");
    expect(judgeFreeBusy("a@b.org", { ok: true, value: new Map([["a@b.org", "unknown"]]) }).state).toBe("failed");
    expect(judgeFreeBusy("a@b.org", { ok: false, fault: { kind: "refused", detail: "403 ErrorAccessDenied" } }).state).toBe("failed");
  });
});

describe("networks", () => {
  const surveyed = { ...aNetwork.survey, hasBeen: true };

  it.each([
    [[], 0, ["failed: There is no network yet."]],
    [[aNetwork], 0, ["ok: Ours: 10 people, 1 of whom run it; no round is open, the next opens on Tuesday 12 January."]],
    [[{ ...aNetwork, hasOpenRound: true, nextRound: null }], 0, ["ok: Ours: 10 people, 1 of whom run it; a round is open, rounds open by hand only."]],
    [[{ ...aNetwork, runners: 0 }], 0, ["failed: Nobody can run Ours: it has neither an admin nor a lead of all of it."]],
    [[{ ...aNetwork, runners: 0, knownAdmins: 1 }], 1, ["ok: Ours: 10 people, 0 of whom run it; no round is open, the next opens on Tuesday 12 January."]],
    [[{ ...aNetwork, knownAdmins: 1 }], 3, ["warning: 2 of the 3 ids in STEADY_ADMINS belong to nobody of Ours whose account is known."]],
    [[{ ...aNetwork, survey: surveyed }], 0, ["warning: 4 of 4 support lines of Ours haven't been checked within a year."]],
    [[{ ...aNetwork, survey: { ...surveyed, unchecked: 0 } }], 0, ["ok: Ours: 10 people, 1 of whom run it; no round is open, the next opens on Tuesday 12 January."]],
    [[aNetwork, { ...aNetwork, name: "Theirs", runners: 0, knownAdmins: 0 }], 0, ["ok: Ours: 10 people, 1 of whom run it; no round is open, the next opens on Tuesday 12 January.", "failed: Nobody can run Theirs: it has neither an admin nor a lead of all of it."]],
  ])("%#", (networks, admins, expected) => {
    expect(short(judgeNetworks(networks, admins))).toEqual(expected);
  });
});

describe("the app", () => {
  it.each([
    [{}, "ok: Ours: 7 of 10 people are known to have the app."],
    [{ failed: 1, cannot: 2, pending: 3 }, "warning: Ours: 7 of 10 people are known to have the app; 1 failed, 2 can't have it, 3 are waiting."],
    [{ withApp: 0, pending: 10 }, "ok: Ours: 0 of 10 people are known to have the app; 10 are waiting."],
    [{ withApp: 0 }, "warning: Ours: 0 of 10 people are known to have the app."],
  ])("%j", (changed, expected) => {
    expect(short(judgeApp([{ ...aNetwork, app: { ...aNetwork.app, ...changed } }]))).toEqual([expected]);
  });

  it("is first given by an admin", () => {
    expect(judgeApp([{ ...aNetwork, app: { ...aNetwork.app, withApp: 0, isStarted: false } }])[0]?.todo).toContain("People page");
  });
});

describe("subscriptions", () => {
  const now = Date.parse("2027-01-10T12:00:00Z");
  const follow = (subscriptionEndsAt: number | null) => [{ ...aNetwork, calendars: [{ organiser: "a@b.org", meetings: 2, subscriptionEndsAt }] }];
  const whose = "the calendar of a@b.org (Ours, 2 meetings to come)";

  it.each([
    [[aNetwork], "ok: No meeting is booked, so there is no calendar to follow."],
    [follow(now + 4 * 86_400_000), `ok: Subscribed to ${whose} for 4 days more.`],
    [follow(now + 3_599_000), `warning: The subscription to ${whose} ends in 60 min, and is renewed three days before its end.`],
    [follow(now - 600_000), `warning: The subscription to ${whose} ended 10 min ago.`],
    [follow(null), `warning: There is no subscription to ${whose}.`],
  ])("%#", (networks, expected) => {
    expect(short(judgeSubscriptions(networks, now))).toEqual([expected]);
  });
});
