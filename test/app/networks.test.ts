import { describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { type NetworkId, newId, type WaveId } from "../../src/kernel/ids.ts";
import { recorded, unscopedIn } from "../support/statements.ts";
import { aWave, someResults } from "../builders/pulse.ts";
import { cardIn } from "./card-in-chat.ts";
import { lead, manager, roster } from "./rosters.ts";
import { type TestApp, testApp } from "./test-app.ts";

const [anaThere, leaThere] = ["b0b0b0b0-0000-4000-8000-000000000001", "b0b0b0b0-0000-4000-8000-000000000002"] as const;
const here = { ana: "ana@example.org", lea: "lea@example.org" };

/** Two networks whose people have the same names and e-mails, each with a round and an answer that asks for help. */
async function twoNetworks(): Promise<{ app: TestApp; there: NetworkId; ids: Record<"round" | "person" | "delivery" | "request" | "wave", string> }> {
  const app = await testApp({ now: "2026-11-24T09:30", roster: roster(manager("Ana"), lead("Lea")) });
  const there = await app.directory.createNetwork("Northern network");
  await app.importCsv(
    roster(
      manager("Ana", { aad_object_id: anaThere, team: "Team Leeds", area: "Yorkshire", organisation: "Aire Care" }),
      lead("Lea", { aad_object_id: leaThere }),
    ),
    there,
  );
  await app.openRound();
  const { body: round } = await app.api(leaThere, "POST", "check-in-rounds", {});
  await app.settle();
  await (await app.card(here.ana)).press("Send", { feeling: "unsafe", newPeople__link_worker: 27, waiting: 8 });
  await (await app.card(anaThere)).press("Send", { feeling: "unsafe", newPeople__link_worker: 1431, waiting: 977 });
  await app.settle();
  const read = app.store.read(there);
  const person = await read.roster.personByEmail(here.ana);
  const [delivery] = await read.deliveries.ofOccasion(round.id, "check-in");
  const [request] = await read.requests.unfinished([...(await read.roster.teams())].map((team) => team.id));
  if (person === null || delivery === undefined || request === undefined) throw new Error("The other network isn't furnished");
  const wave = aWave({ id: newId<WaveId>() });
  await app.store.transaction(there, (tx) => tx.pulse.add(wave, [{ person: person.id, group: null }]));
  return { app, there, ids: { round: round.id, person: person.id, delivery: delivery.id, request: request.id, wave: wave.id } };
}

/** What only the other network has. */
const theirs = /Leeds|Yorkshire|Aire Care|Northern network|\b1431\b|1,431|\b977\b/;

async function rowsOf(app: TestApp, network: NetworkId): Promise<string> {
  const { rows } = await sql<{ table_name: string }>`
    select table_name from information_schema.columns where table_schema = 'public' and column_name = 'network'`.execute(app.database.db);
  const all = [];
  for (const { table_name } of rows.toSorted((a, b) => (a.table_name < b.table_name ? -1 : 1))) {
    all.push([table_name, (await sql`select t.* from ${sql.table(table_name)} t where network = ${network} order by t::text`.execute(app.database.db)).rows]);
  }
  return JSON.stringify(all);
}

const csvTypes: Readonly<Record<string, string>> = { "text/csv": "name\n", "application/json": "{}" };
/** Where an empty body would be refused before the id is looked for. */
const bodies: Readonly<Record<string, object>> = {
  "/pulse-waves/{id}/changes": { text: "Rents" },
  "/requests/{id}": { state: "taken" },
  "/meetings/{id}/rsvp": { answer: "yes" },
  "/meetings/polls/{id}/decide": { slot: "2027-01-12T10:00:00Z" },
};

describe("two networks in one deployment, with people of the same names and e-mails,", () => {
  it("see nothing of each other by any route, and other people's ids lead nowhere and leave no trace", async () => {
    const { app, there, ids } = await twoNetworks();
    const before = await rowsOf(app, there);
    const { paths } = await (await fetch(`${app.url}/api/v1/openapi.json`)).json();
    const token = await app.tokenOf(here.lea);
    const tried: string[] = [];
    for (const [path, operations] of Object.entries<Record<string, { requestBody?: { content: object } }>>(paths)) {
      for (const [method, { requestBody }] of Object.entries(operations)) {
        const ofKind = { people: ids.person, "pulse-waves": ids.wave, requests: ids.request };
        const id = Object.entries(ofKind).find(([kind]) => path.startsWith(`/${kind}/`))?.[1] ?? ids.round;
        const [type] = Object.keys(requestBody?.content ?? {});
        const query = path === "/deliveries" ? `?round=${ids.round}` : path === "/roster" ? "?dryRun=true" : "";
        const answer = await fetch(`${app.url}/api/v1${path.replace("{id}", id)}${query}`, {
          method: method.toUpperCase(),
          headers: { authorization: `Bearer ${token}`, ...(type === undefined ? {} : { "content-type": type }) },
          ...(type === undefined ? {} : { body: path in bodies ? JSON.stringify(bodies[path]) : (csvTypes[type] ?? "") }),
        });
        const text = await answer.text();
        expect([path, text]).toEqual([path, expect.not.stringMatching(theirs)]);
        expect(text).not.toContain(ids.delivery);
        if (path.includes("{id}")) {
          tried.push(`${method} ${path}`);
          expect([method, path, answer.status]).toEqual([method, path, 404]);
        }
      }
    }
    expect(tried.length).toBeGreaterThanOrEqual(5);
    for (const query of [`after=${ids.delivery}&round=${ids.round}`, `after=${ids.round}&round=${ids.round}`]) {
      expect((await app.api(here.lea, "GET", `deliveries?${query}`)).body).toEqual({ items: [], next: null });
    }
    for (const query of [`people?after=${ids.person}`, `requests?after=${ids.request}`]) {
      expect((await app.api(here.lea, "GET", query)).body).toEqual({ items: [], next: null });
    }
    await app.settle();
    expect(await rowsOf(app, there)).toEqual(before);
  });

  it("can't refer to each other's people, areas and accounts", async () => {
    const { app, there, ids } = await twoNetworks();
    const before = await rowsOf(app, there);
    const [ana, lea] = (await app.api(here.lea, "GET", "people")).body.items.map((person: { id: string }) => person.id);
    const refused = (path: string) => ({ status: 422, body: { errors: [{ path, message: expect.not.stringMatching(/Yorkshire is|Lea/) }] } });
    expect(await app.api(here.lea, "PATCH", `people/${ana}`, { deputy: ids.person })).toMatchObject(refused("deputy"));
    const scope = { kind: "areas", areas: ["Yorkshire"] };
    expect(await app.api(here.lea, "PATCH", `people/${lea}`, { scope })).toMatchObject(refused("scope"));
    const file = new TextDecoder().decode(roster(manager("Ana"), lead("Lea", { aad_object_id: leaThere })));
    expect(await app.api(here.lea, "POST", "roster", file)).toMatchObject(refused("row 3, aad_object_id"));
    expect(await rowsOf(app, there)).toEqual(before);
  });

  it("see nothing of each other in the chat: no card, command or summary, and no button reaches across", async () => {
    const { app, there, ids } = await twoNetworks();
    const before = await rowsOf(app, there);
    for (const text of ["summary", "my data", "my check-ins", "check in", "send me a test", "help"]) {
      await app.say(here.lea, text);
      await app.say(here.ana, text);
    }
    for (const who of [here.ana, here.lea]) {
      for (const card of await app.cards(who)) expect(card.text).not.toMatch(theirs);
      expect((await app.texts(who)).join()).not.toMatch(theirs);
    }
    for (const who of [here.ana, here.lea]) {
      const client = await app.client(who);
      const [card] = client.messages().flatMap((message) => (message.card === null ? [] : [cardIn(client, message)]));
      for (const verb of app.bot.verbs.keys()) {
        // These are about the one who presses, or about their own network.
        if (["account.erase", "checkIn.setAway", "pulse.setAway", "pulse.state", "pulse.openWave", "meeting.book", "meeting.ask"].includes(verb)) continue;
        const data = { delivery: ids.delivery, request: ids.request, wave: ids.wave, text: "Rents", answer: "yes", feeling: "busy", newPeople__link_worker: 1 };
        const outcome = await client.press(card?.message.id ?? "", { type: "Action.Execute", verb, data });
        expect([verb, outcome]).toEqual([verb, expect.objectContaining({ kind: "message", text: expect.stringMatching(/somebody else|scope|meant for you|isn't in use any more/) })]);
      }
    }
    await app.settle();
    expect(await rowsOf(app, there)).toEqual(before);
    const own = await app.api(leaThere, "GET", "caseload-summary");
    expect(own.body.total).toMatchObject({ teams: 1, waiting: 977 });
    expect((await app.api(here.lea, "GET", "caseload-summary")).body.total).toMatchObject({ teams: 1, waiting: 8 });
  });
});

/** The statements that may look beyond one network, each with why. */
const exceptions: readonly { readonly why: string; readonly statement: RegExp }[] = [
  { why: "finds out which network the people of accounts belong to", statement: /^select .* from unnest\(\$1::uuid\[\]\) as wanted \(object_id\) cross join lateral \( select \* from identities where tenant_id = \$2 and object_id = wanted\.object_id / },
  { why: "finds somebody without an account by their e-mail, at first contact", statement: /^select "people"\."network", "people"\."id" from "people" where "people"\."email" = \$1 / },
  { why: "finds out which network a calendar's notification is for", statement: /^select \* from "calendar_watches" where "subscription_id" = \$1$/ },
  { why: "finds accounts that belong to people of other networks, without saying whose", statement: /^select \* from "identities" where "network" <> \$1 and "object_id" = any\(\$2::uuid\[\]\)/ },
];

describe("the store", () => {
  it("runs no statement on a network's tables that isn't about one network", async () => {
    let statements = new Set<string>();
    const app = await testApp({
      now: "2026-11-24T09:30",
      through(opened) {
        const record = recorded(opened);
        statements = record.statements;
        return record.database;
      },
      mail: true,
      freeBusy: true,
      memberCalendars: true,
      roster: roster(
        manager("Ana", { deputy_email: "bo@example.org" }),
        manager("Bo", { aad_object_id: "" }),
        manager("Cem", { aad_object_id: "" }),
        lead("Lea"),
        lead("Ari", { scope: "North Central" }),
      ),
    });
    await everything(app);
    const { rows } = await sql<{ table_name: string }>`
      select table_name from information_schema.columns where table_schema = 'public' and column_name = 'network'`.execute(app.database.db);
    const tables = new Set(rows.map((row) => row.table_name));
    expect(tables.size).toBeGreaterThanOrEqual(14);
    const touched = [...statements].filter((text) => [...tables].some((table) => text.includes(table)));
    for (const table of tables) expect([table, touched.some((text) => text.includes(table))]).toEqual([table, true]);
    const faults = touched.flatMap((text) => {
      const plain = text.replace(/\s+/g, " ").trim();
      const isException = exceptions.some(({ statement }) => statement.test(plain));
      return isException ? [] : unscopedIn(text, tables).map((fault) => `${fault}: ${plain}`);
    });
    expect(faults).toEqual([]);
    for (const { why, statement } of exceptions) {
      expect([why, touched.some((text) => statement.test(text.replace(/\s+/g, " ").trim()))]).toEqual([why, true]);
    }
  }, 60_000);

  it.each([
    ["select * from people where id = $1", ["uses people (as people) without its network"]],
    ['select "p"."id" from "people" as "p" inner join "teams" as "t" on "t"."network" = "p"."network"', expect.arrayContaining([expect.stringMatching(/no value/)])],
    ["select * from teams join people on people.id = teams.id where teams.network = $1", ["uses people (as people) without its network"]],
    ["update people set name = $1 where id = $2", ["uses people (as people) without its network"]],
    ["delete from teams where id = $1", ["uses teams (as teams) without its network"]],
    ["insert into people (id, name) values ($1, $2)", ["adds to people without its network"]],
    ["select * from teams where network = $1 and exists (select from people p where p.id = teams.id)", ["uses people (as p) without its network"]],
    ["insert into people (network, id) values ($1, $2) on conflict (network, id) do update set id = excluded.id", []],
    ["select from teams join people p on p.network = teams.network where teams.network = $1", []],
  ])("would be caught at %s", (statement, faults) => {
    expect(unscopedIn(statement, new Set(["people", "teams"]))).toEqual(faults);
  });
});

/** Plans, asks, books, answers in every way, changes and cancels a meeting. */
async function meetings(app: TestApp): Promise<void> {
  const { ana, lea } = here;
  await app.api(lea, "PATCH", "settings", { meetings: { firstOn: "2027-01-19" }, "check-ins": { opensByItself: false } });
  await app.say(ana, "I don't work Mondays");
  await app.say(lea, "plan meetings");
  await (await app.card(lea, "planned for Tuesday 19 January")).press("Ask everybody first");
  await app.moveTo("2026-12-09T09:31");
  await (await app.card(ana, "which dates suit you?")).press("Send", { slots: "0,1" });
  await app.say(lea, "plan meetings");
  await (await app.card(lea, "planned for Tuesday 19 January")).press("Book");
  await app.moveTo("2027-01-05T09:31");
  await (await app.card(ana, "Network meeting")).press("Yes", { raise: "Rents" });
  await app.settle();
  const page = app.page("cem@example.org");
  await (await page.card()).press("Yes");
  await page.renew();
  const [event] = app.graph.calendarOf(lea);
  await app.graph.respond(lea, event?.iCalUId ?? "", "decline");
  await app.graph.settleResponses();
  await app.graph.notifications.idle();
  await app.settle();
  await app.moveTo("2027-01-05T09:50");
  const [{ id }] = (await app.api(lea, "GET", "meetings")).body.items;
  await app.api(lea, "GET", `meetings/${id}`);
  await app.api(lea, "GET", `meetings?after=${id}`);
  await app.api(lea, "GET", `deliveries?round=${id}`);
  await app.api("ari@example.org", "GET", `deliveries?round=${id}`);
  const [first] = (await app.api(lea, "GET", "people")).body.items;
  await app.api(lea, "PATCH", `meetings/${id}`, { agenda: ["Rents"], notes: { text: "Done" }, attended: [{ person: first.id, attended: true }] });
  await app.api(lea, "PATCH", `meetings/${id}`, { on: "2027-01-20" });
  await app.settle();
  await app.api(lea, "DELETE", `people/${first.id}/links`);
  await app.api(lea, "DELETE", `meetings/${id}`);
  await app.settle();
}

/** Everything that the store of the pulse can do: a wave asks more people than this network has. */
async function pulse(app: TestApp): Promise<void> {
  const wave = aWave({ id: newId<WaveId>() });
  const person = (await app.store.read(app.network).roster.personByEmail(here.ana))?.id;
  if (person === undefined) throw new Error("Ana isn't there");
  await app.store.transaction(app.network, async ({ pulse: store, deliveries }) => {
    await store.add(wave, [{ person, group: null }]);
    await store.saveGroups(wave.groups);
    for (const hold of [store.hold, store.lock, store.asked, store.waiting, store.sentCount]) await hold(wave.id);
    await store.askedOne(wave.id, person);
    await store.skip(wave.id, person);
    await store.unskip(wave.id, person);
    await store.takePart(wave.id, person, "sealed");
    await store.participation(wave.id, person);
    await store.sealed(wave.id);
    await store.publish(wave.id, [{ group: null, choices: {} }], someResults());
    await store.save({ ...wave, closedAt: wave.closesAt, sent: 1 });
    await deliveries.add([{ occasion: wave.id, subject: wave.id, purpose: "pulse-reminder", recipient: person, unasked: true, skip: true, reason: null, notBefore: null }], wave.openedAt);
    await deliveries.firstUnaskedSince([person], wave.openedAt);
    await deliveries.forgetAll(wave.id, ["pulse-reminder"]);
    await store.saveChange({ wave: wave.id, text: "Rents", publishedAt: wave.closesAt });
  });
  const store = app.store.read(app.network).pulse;
  for (const read of [store.current, store.groups, store.uncleared]) await read();
  for (const read of [store.byId, store.results, store.changesOf]) await read(wave.id);
  await store.resultsOf([wave.id]);
  await store.changesSince(wave.openedAt);
  await store.withRawBefore(wave.closesAt);
  await store.page({ limit: 1, after: wave.id });
  await store.wavesOf(person);
  await store.deleteResponses(wave.id);
  await store.eraseAskedOf(person);
}

/** The main use cases, one after the other. */
async function everything(app: TestApp): Promise<void> {
  const { ana, lea } = here;
  const round = await app.openRound();
  await app.say("bo@example.org", "help");
  await app.settle();
  const texts = ["check in", "my check-ins", "my data", "away until 26 November", "back", "stop", "start", "help"];
  for (const [index, text] of texts.entries()) {
    // A chat takes a few messages a second, and the clock stands still by itself.
    await app.moveTo(`2026-11-24T09:4${index}`);
    await app.say(ana, text);
  }
  await (await app.card(ana, "How is your caseload?")).press("Send", { feeling: "unsafe", newPeople__link_worker: 27, wte__link_worker: 2 });
  await app.settle();
  await (await app.card(ana, "Referrals")).press("Send", { neededAnotherService: 3 });
  for (const verb of ["checkIn.change", "checkIn.skip", "checkIn.sameAsLast", "checkIn.details", "checkIn.remindTomorrow", "checkIn.open"]) {
    const card = await app.card(ana);
    const [delivery] = await app.store.read(app.network).deliveries.ofOccasion(round, "check-in");
    await (await app.client(ana)).press(card.message.id, { type: "Action.Execute", verb, data: { delivery: delivery?.id, feeling: "busy" } });
  }
  for (const text of ["summary", "send me a test"]) await app.say(lea, text);
  await (await app.card("ari@example.org", "")).press("Take");
  await app.client(ana).then((client) => client.uninstall());
  await app.client(ana).then((client) => client.install());
  const gets = ["me", "me/data", "me/check-ins", "people", "people?limit=1", `deliveries?round=${round}`, "check-in-rounds"];
  for (const path of [...gets, `check-in-rounds/${round}`, "caseload-summary?by=place", "settings", "audit-log"]) {
    for (const who of [lea, "ari@example.org"]) await app.api(who, "GET", path);
  }
  const { items } = (await app.api(lea, "GET", "people")).body;
  const [first, second] = items.map((person: { id: string }) => person.id);
  await app.api(lea, "GET", `people?after=${first}`);
  await app.api(lea, "PATCH", `people/${first}`, { awayUntil: "2026-12-01", deputy: second, stopped: false });
  await app.api(lea, "PATCH", "settings", { "check-ins": { daysOpen: 13 } });
  await app.api(lea, "POST", `check-in-rounds/${round}/remind`);
  await app.api(lea, "POST", `check-in-rounds/${round}/retry`);
  await app.settle();
  await app.moveTo("2026-12-01T09:31");
  await app.api(lea, "POST", `check-in-rounds/${round}/close`);
  await meetings(app);
  await pulse(app);
  const file = new TextDecoder().decode(roster(manager("Ana", { aad_object_id: anaThere }), lead("Lea")));
  await app.api(lea, "POST", "roster?dryRun=true", file);
  await app.api(lea, "POST", "roster", file);
  await app.api(ana, "DELETE", "me/data");
}
