import { describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { cardIn } from "./card-in-chat.ts";
import { admin, lead, manager, member, roster, viewer } from "./rosters.ts";
import { type TestApp, testApp } from "./test-app.ts";

const now = "2026-11-24T09:30";
const people = [
  manager("Ana"),
  manager("Bo", { area: "South East" }),
  member("Mem"),
  lead("Nora"),
  lead("Ari", { scope: "North Central" }),
  lead("Sol", { scope: "South East" }),
  viewer("Vic"),
  admin("Ada"),
];

/** Callers in the order of the table's columns: the first four have no place in any roster. */
const callers = {
  nobody: null,
  forger: null,
  outsider: null,
  stranger: null,
  member: "mem@example.org",
  manager: "bo@example.org",
  areaLead: "ari@example.org",
  otherAreaLead: "sol@example.org",
  networkLead: "nora@example.org",
  viewer: "vic@example.org",
  admin: "ada@example.org",
  foreignLead: "fay@example.org",
} as const;
type Caller = keyof typeof callers;
const names = Object.keys(callers) as Caller[];

const csv = new TextDecoder().decode(roster(...people));

/** What every route answers whom. The round of the address is open, and it and the person belong to the first network. */
const table: Readonly<Record<string, { readonly send?: unknown; readonly query?: string; readonly statuses: string }>> = {
  // No, bad and another tenant's token, and an account of no roster; then:
  //                                       member manager areaLead otherAreaLead networkLead viewer admin foreignLead
  "GET /me": { statuses: "401 401 401 403  200 200 200 200 200 200 200 200" },
  "GET /me/data": { statuses: "401 401 401 403  200 200 200 200 200 200 200 200" },
  "GET /me/profile": { statuses: "401 401 401 403  200 200 200 200 200 200 200 200" },
  "GET /me/non-working": { statuses: "401 401 401 403  200 200 200 200 200 200 200 200" },
  "PATCH /me/non-working": { send: { text: "Mondays" }, statuses: "401 401 401 403  200 200 200 200 200 200 200 200" },
  "GET /me/check-ins": { statuses: "401 401 401 403  200 200 200 200 200 200 200 200" },
  "GET /me/caseload": { statuses: "401 401 401 403  200 200 200 200 200 200 200 200" },
  "GET /people": { statuses: "401 401 401 403  403 403 200 200 200 403 200 200" },
  "GET /areas": { statuses: "401 401 401 403  403 403 200 200 200 403 200 200" },
  "PATCH /people/{id}": { send: { awayUntil: null }, statuses: "401 401 401 403  403 403 200 403 200 403 200 404" },
  // To somebody whom no roster has.
  "POST /network/hand-over": { send: { to: "0192f000-0000-7000-8000-000000000009" }, statuses: "401 401 401 403  403 403 403 403 422 403 403 422" },
  "DELETE /people/{id}/links": { statuses: "401 401 401 403  403 403 403 403 200 403 200 404" },
  "POST /roster": { query: "?dryRun=true", send: csv, statuses: "401 401 401 403  403 403 403 403 200 403 200 422" },
  "GET /check-in-rounds": { statuses: "401 401 401 403  403 403 200 200 200 403 200 200" },
  "GET /check-in-rounds/{id}": { statuses: "401 401 401 403  403 403 200 200 200 403 200 404" },
  "POST /check-in-rounds": { send: {}, statuses: "401 401 401 403  403 403 403 403 409 403 409 409" },
  "POST /check-in-rounds/{id}/remind": { statuses: "401 401 401 403  403 403 403 403 200 403 200 404" },
  "POST /check-in-rounds/{id}/retry": { statuses: "401 401 401 403  403 403 403 403 200 403 200 404" },
  "GET /deliveries": { query: "?round={id}", statuses: "401 401 401 403  403 403 200 200 200 403 200 200" },
  "GET /overview": { statuses: "401 401 401 403  403 403 200 200 200 403 200 200" },
  "GET /requests": { statuses: "401 401 401 403  403 403 200 200 200 403 403 200" },
  // Of ids that are no request's and no team's.
  "PATCH /requests/{id}": { send: { state: "taken" }, statuses: "401 401 401 403  403 403 404 404 404 403 403 404" },
  "POST /requests": { send: { team: "0192f000-0000-7000-8000-000000000009" }, statuses: "401 401 401 403  403 403 404 404 404 403 403 404" },
  "GET /teams": { statuses: "401 401 401 403  403 403 200 200 200 403 403 200" },
  // Of an id that is no team's; teams themselves have tests of their own.
  "GET /teams/{id}": { statuses: "401 401 401 403  404 404 404 404 404 404 404 404" },
  "GET /caseload-summary": { statuses: "401 401 401 403  403 200 200 200 200 200 403 200" },
  "POST /meetings/plan": { send: {}, statuses: "401 401 401 403  403 403 403 403 409 403 409 409" },
  "POST /meetings": { send: { on: "2026-01-01" }, statuses: "401 401 401 403  403 403 403 403 422 403 422 422" },
  "GET /meetings": { statuses: "401 401 401 403  200 200 200 200 200 200 200 200" },
  "GET /meetings/{id}": { statuses: "401 401 401 403  404 404 404 404 404 404 404 404" },
  "PATCH /meetings/{id}": { send: {}, statuses: "401 401 401 403  403 403 403 403 404 403 404 404" },
  "DELETE /meetings/{id}": { statuses: "401 401 401 403  403 403 403 403 404 403 404 404" },
  "POST /meetings/{id}/rsvp": { send: { answer: "yes" }, statuses: "401 401 401 403  404 404 404 404 404 404 404 404" },
  "POST /meetings/{id}/retry": { statuses: "401 401 401 403  403 403 403 403 404 403 404 404" },
  "POST /meetings/plan/poll": { send: { plannedOn: "2027-01-12" }, statuses: "401 401 401 403  403 403 403 403 409 403 409 409" },
  "GET /meetings/polls": { statuses: "401 401 401 403  403 403 200 200 200 403 200 200" },
  "POST /meetings/polls/{id}/decide": { send: { slot: "2027-01-12T10:00:00Z" }, statuses: "401 401 401 403  403 403 403 403 404 403 404 404" },
  "POST /pulse-waves": { send: {}, statuses: "401 401 401 403  403 403 403 403 409 403 403 409" },
  "GET /pulse-waves": { statuses: "401 401 401 403  403 403 200 200 200 403 200 200" },
  // Of an id that is no wave's; waves themselves have tests of their own.
  "POST /pulse-waves/{id}/close": { statuses: "401 401 401 403  403 403 403 403 404 403 403 404" },
  "POST /pulse-waves/{id}/share": { statuses: "401 401 401 403  403 403 403 403 404 403 403 404" },
  "POST /pulse-waves/{id}/changes": { send: { text: "We hired." }, statuses: "401 401 401 403  403 403 403 403 404 403 403 404" },
  "GET /pulse-waves/{id}/summary": { statuses: "401 401 401 403  404 404 404 404 404 404 404 404" },
  "GET /pulse-results": { statuses: "401 401 401 403  200 200 200 200 200 200 200 200" },
  // No round has closed yet; the pack itself has tests of its own.
  "GET /exports/evidence": { statuses: "401 401 401 403  403 403 403 403 409 409 403 409" },
  "GET /exports/evidence.xlsx": { statuses: "401 401 401 403  403 403 403 403 409 409 403 409" },
  "GET /exports/evidence.csv": { query: "?sheet=areas", statuses: "401 401 401 403  403 403 403 403 409 409 403 409" },
  "GET /settings": { statuses: "401 401 401 403  403 403 200 200 200 403 200 200" },
  "PATCH /settings": { send: {}, statuses: "401 401 401 403  403 403 403 403 200 403 200 200" },
  "GET /audit-log": { statuses: "401 401 401 403  403 403 403 403 200 403 200 200" },
  "DELETE /me/data": { statuses: "401 401 401 403  200 200 200 200 200 200 200 200" },
  "POST /check-in-rounds/{id}/close": { statuses: "401 401 401 403  403 403 403 403 200 403 200 404" },
};

async function furnished(): Promise<{ app: TestApp; round: string; ana: string }> {
  const app = await testApp({ now, roster: roster(...people) });
  const other = await app.directory.createNetwork("Another network");
  await app.importCsv(roster(lead("Fay")), other);
  const round = await app.openRound();
  const ana = (await app.store.read(app.network).roster.personByEmail("ana@example.org"))?.id ?? "";
  return { app, round, ana };
}

async function tokenFor(app: TestApp, caller: Caller): Promise<string | null> {
  const email = callers[caller];
  if (email !== null) return app.tokenOf(email);
  const someone = "ana@example.org";
  if (caller === "forger") return `${(await app.tokenOf(someone)).split(".").slice(0, 2).join(".")}.Zm9yZ2Vk`;
  if (caller === "stranger") return app.tokenOf(someone, { oid: "99999999-2222-4333-8444-555555555555" });
  const tid = "11111111-2222-4333-8444-555555555555";
  return caller === "outsider" ? app.tokenOf(someone, { tid, iss: `${app.entra.url}/${tid}/v2.0` }) : null;
}

async function call(app: TestApp, token: string | null, route: string, ids: { round: string; person: string }): Promise<number> {
  const { send, query = "" } = table[route] ?? {};
  const [method = "", path = ""] = route.split(" ");
  const id = path.startsWith("/people") ? ids.person : ids.round;
  const answer = await fetch(`${app.url}/api/v1${path}${query}`.replaceAll("{id}", id), {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(send === undefined ? {} : { "content-type": typeof send === "string" ? "text/csv" : "application/json" }),
    },
    ...(send === undefined ? {} : { body: typeof send === "string" ? send : JSON.stringify(send) }),
  });
  await answer.arrayBuffer();
  return answer.status;
}

describe("the API", () => {
  it("answers each caller of each route as its table says, and the audit log has every refusal and every lead's and admin's action", async () => {
    const { app, round, ana } = await furnished();
    const description = await (await fetch(`${app.url}/api/v1/openapi.json`)).json();
    const routes = Object.entries<object>(description.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(Object.keys(table).sort()).toEqual(routes.sort());
    const tokens = new Map<Caller, string | null>();
    for (const caller of names) tokens.set(caller, await tokenFor(app, caller));

    const recorded: string[] = [];
    const found: Record<string, string> = {};
    for (const route of Object.keys(table)) {
      const statuses: number[] = [];
      for (const caller of names) {
        const status = await call(app, tokens.get(caller) ?? null, route, { round, person: ana });
        statuses.push(status);
        const [method = "", path = ""] = route.split(" ");
        const isWork = ["areaLead", "otherAreaLead", "networkLead", "viewer", "admin"].includes(caller) && !/^\/me(\/|$)/.test(path);
        const isOurs = callers[caller] !== null && caller !== "foreignLead";
        if (isOurs && (status === 403 || method !== "GET" || isWork)) {
          recorded.push(`${callers[caller]} ${method} ${path.slice(1).replace("{id}", ":id")} ${status}`);
        }
      }
      found[route] = statuses.join(" ");
    }
    const wanted = Object.entries(table).map(([route, { statuses }]) => [route, statuses.replace("  ", " ")]);
    expect(found).toEqual(Object.fromEntries(wanted));

    const rows = await sql<{ email: string; action: string; status: number; at: Date }>`
      select people.email, action, detail ->> 'status' as status, at from audit_log
      join people on people.network = audit_log.network and people.id = audit_log.actor
      where audit_log.network = ${app.network} and detail ? 'status' order by audit_log.id`.execute(app.database.db);
    expect(rows.rows.map((row) => `${row.email} ${row.action} ${row.status}`).sort()).toEqual(recorded.sort());
    expect(new Set(rows.rows.map((row) => row.at.toISOString()))).toEqual(new Set([app.clock.now().toString({ smallestUnit: "millisecond" })]));
  }, 60_000);

  it("shows a lead of one area nothing of another", async () => {
    const { app, round } = await furnished();
    await (await app.card("ana@example.org")).press("Send", { feeling: "busy", newPeople__link_worker: 27 });
    await app.settle();
    const seen = async (path: string) => JSON.stringify((await app.api("sol@example.org", "GET", path)).body);
    for (const path of ["people", `deliveries?round=${round}`, "caseload-summary", "caseload-summary?by=place", "teams", "overview", "requests?state=all"]) {
      expect(await seen(path)).not.toMatch(/Ana|North Central|\b27\b/);
    }
    expect(await seen("people")).toContain("Bo");
  });

  it("can't be told by a token that somebody is a lead", async () => {
    const { app } = await furnished();
    const token = await app.tokenOf("bo@example.org", { roles: ["admin", "lead"], preferred_username: "nora@example.org" });
    expect(await call(app, token, "GET /people", { round: "", person: "" })).toBe(403);
  });
});

describe("the administrators whom the configuration names", () => {
  const [bo, fay] = ["7d3a1f00-0000-4000-8000-000000000001", "7d3a1f00-0000-4000-8000-000000000002"];
  const admins = async () => {
    const app = await testApp({
      now,
      roster: roster(manager("Ana"), manager("Bo", { aad_object_id: bo }), lead("Nora")),
      admins: [bo, fay, lead("Nora").aad_object_id ?? ""],
    });
    const other = await app.directory.createNetwork("Another network");
    await app.importCsv(roster(manager("Fay", { aad_object_id: fay }), lead("Lou")), other);
    return app;
  };

  it("administer the first network whatever its roster says", async () => {
    const app = await admins();
    expect((await app.api("bo@example.org", "GET", "me")).body).toMatchObject({ role: "admin" });
    expect((await app.api("bo@example.org", "GET", "audit-log")).status).toBe(200);
    expect((await app.api("ana@example.org", "GET", "audit-log")).status).toBe(403);
  });

  it("are what the roster says in any other network", async () => {
    const app = await admins();
    expect((await app.api("fay@example.org", "GET", "me")).body).toMatchObject({ role: "manager" });
    for (const path of ["audit-log", "people", "settings"]) {
      expect((await app.api("fay@example.org", "GET", path)).status).toBe(403);
    }
  });

  it("keep what a lead of the whole network may read", async () => {
    const app = await admins();
    expect((await app.api("nora@example.org", "GET", "caseload-summary")).status).toBe(200);
  });
});

/** Who presses each verb with somebody else's card, and whether the presser's own things may change. */
const verbs: Readonly<Record<string, "delivery" | "request" | "network" | "own">> = {
  "checkIn.submit": "delivery",
  "checkIn.sameAsLast": "delivery",
  "checkIn.skip": "delivery",
  "checkIn.details": "delivery",
  "checkIn.notNow": "delivery",
  "checkIn.open": "delivery",
  "checkIn.change": "delivery",
  "checkIn.changeDetails": "delivery",
  "checkIn.away": "delivery",
  "checkIn.remindTomorrow": "delivery",
  "checkIn.setAway": "own",
  "meeting.rsvp": "delivery",
  "meeting.change": "delivery",
  "meeting.poll": "delivery",
  "meeting.pollNone": "delivery",
  "meeting.pollChange": "delivery",
  // These are about the network, and for those who run it.
  "meeting.ask": "network",
  "meeting.book": "network",
  "meeting.remindTomorrow": "delivery",
  "pulse.submit": "delivery",
  "pulse.skip": "delivery",
  "pulse.unskip": "delivery",
  "pulse.open": "delivery",
  "pulse.notNow": "delivery",
  "pulse.away": "delivery",
  "pulse.remindTomorrow": "delivery",
  "pulse.setAway": "own",
  "pulse.state": "network",
  "pulse.openWave": "network",
  "pulse.closeWave": "network",
  "pulse.giveUp": "network",
  "pulse.share": "network",
  "pulse.writeChange": "network",
  "pulse.publishChange": "network",
  "request.take": "request",
  "request.done": "request",
  "account.erase": "own",
};

/** All that is kept of what people answered or asked for, and of who is away. */
async function kept(app: TestApp): Promise<string> {
  const tables = ["check_ins", "check_in_details", "round_teams", "requests", "check_in_rounds", "team_posts", "deliveries", "rsvps", "events", "meeting_polls", "pulse_waves", "pulse_changes"];
  const rows = [];
  for (const table of tables) rows.push((await sql`select * from ${sql.table(table)} order by 1, 2, 3, 4`.execute(app.database.db)).rows);
  rows.push((await sql`select id, away_until, stopped_at from people where name = 'Ana'`.execute(app.database.db)).rows);
  return JSON.stringify(rows);
}

describe("a card", () => {
  it("does nothing for people for whom it wasn't meant, whichever button they press, and the audit log says so", async () => {
    const { app } = await furnished();
    expect(Object.keys(verbs).sort()).toEqual([...app.bot.verbs.keys()].sort());
    const card = await app.card("ana@example.org");
    await card.press("Send", { feeling: "unsafe", newPeople__link_worker: 27 });
    await app.settle();
    const { rows } = await sql<{ delivery: string; request: string }>`
      select d.id as delivery, r.id as request from deliveries d
      join requests r on r.network = d.network and r.team = d.subject where d.purpose = 'check-in'`.execute(app.database.db);
    const ids = { delivery: rows[0]?.delivery, request: rows[0]?.request };
    expect(ids).toEqual({ delivery: expect.any(String), request: expect.any(String) });

    const pressers = {
      delivery: ["bo", "mem", "ari", "sol", "nora", "vic", "ada", "fay"],
      // Ari and Nora lead the team that asks.
      request: ["bo", "mem", "sol", "vic", "ada", "fay", "ana"],
      network: ["bo", "mem", "ari", "sol", "vic", "ana"],
      own: ["mem", "sol", "vic", "ada", "fay"],
    };
    const refused: string[] = [];
    for (const name of new Set([...pressers.delivery, ...pressers.request])) await app.say(`${name}@example.org`, "my data");
    const before = await kept(app);
    for (const [verb, of] of Object.entries(verbs)) {
      for (const name of pressers[of]) {
        const client = await app.client(`${name}@example.org`);
        const [own] = client.messages().flatMap((message) => (message.card === null ? [] : [cardIn(client, message)]));
        const data = { ...ids, answer: "yes", plannedOn: "2027-01-12", slot: "2027-01-12T10:00:00Z", feeling: "comfortable", newPeople__link_worker: 1, until: "2026-12-01" };
        const outcome = await client.press(own?.message.id ?? "", { type: "Action.Execute", verb, data }, {});
        await app.settle();
        if (of === "own") continue;
        expect([verb, name, outcome]).toEqual([
          verb,
          name,
          { status: 200, kind: "message", text: expect.stringMatching(/meant for somebody else|isn't meant for you|isn't in your scope|isn't in use any more/) },
        ]);
        // Nobody is to find out who pressed a button of a survey, whatever came of it.
        if (name !== "fay" && app.bot.verbs.get(verb)?.isConfidential !== true) refused.push(`${name}@example.org bot ${verb}`);
      }
      expect([verb, await kept(app)]).toEqual([verb, before]);
    }
    const audit = await sql<{ email: string; action: string }>`
      select people.email, action from audit_log
      join people on people.network = audit_log.network and people.id = audit_log.actor
      where audit_log.network = ${app.network} and detail ->> 'outcome' in ('refused', 'forbidden')`.execute(app.database.db);
    expect(audit.rows.map((row) => `${row.email} ${row.action}`).sort()).toEqual(refused.sort());
  }, 60_000);

  it("leaves a lead's work in the audit log, and nothing of what is somebody's own business", async () => {
    const { app } = await furnished();
    await (await app.card("ana@example.org")).press("Send", { feeling: "unsafe", newPeople__link_worker: 27 });
    await app.settle();
    await (await app.card("ari@example.org")).press("Take");
    for (const text of ["summary", "my data", "help"]) await app.say("nora@example.org", text);
    await app.say("bo@example.org", "summary");
    const { body } = await app.api("nora@example.org", "GET", "audit-log?limit=200");
    const rows = body.items.filter((row: { action: string }) => row.action.startsWith("bot "));
    const at = expect.stringMatching(/^2026-11-24T09:3/);
    expect(rows.reverse()).toEqual([
      expect.objectContaining({ at, action: "bot request.take", actor: expect.objectContaining({ name: "Ari" }), detail: { outcome: "done" } }),
      expect.objectContaining({ at, action: "bot summary", actor: expect.objectContaining({ name: "Nora" }), detail: { outcome: "done" } }),
      expect.objectContaining({ at, action: "bot summary", actor: expect.objectContaining({ name: "Bo" }), detail: { outcome: "forbidden" } }),
    ]);
  });
});
