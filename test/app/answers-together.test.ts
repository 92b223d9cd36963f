import { describe, expect, it } from "@jest/globals";
import { type KyselyPlugin, sql } from "kysely";
import type { OpenDatabase } from "../../src/adapters/sql/database.ts";
import { lead, manager, roster } from "./rosters.ts";
import { testApp } from "./test-app.ts";

const names = ["Ana", "Ben", "Cleo", "Dan", "Eve", "Fay", "Gil", "Hana", "Ian", "Jo", "Kim", "Liv"];
const emails = names.map((name) => `${name.toLowerCase()}@example.org`);
const question = "How is your caseload?";

/** A store that counts how often answers are written. */
function countingSaves() {
  const saves: number[] = [];
  const through = (database: OpenDatabase): OpenDatabase => {
    const plugin: KyselyPlugin = {
      transformQuery({ node, queryId }) {
        const { sql: text, parameters } = database.db.getExecutor().compileQuery(node, queryId);
        if (text.includes("insert into check_ins")) saves.push((JSON.parse(String(parameters[1])) as unknown[]).length);
        return node;
      },
      transformResult: ({ result }) => Promise.resolve(result),
    };
    return { ...database, db: database.db.withPlugin(plugin) };
  };
  return { saves, through };
}

async function start(through: (database: OpenDatabase) => OpenDatabase = (database) => database) {
  // Jo and Kim share Jo's team.
  const people = names.map((name) => manager(name, name === "Kim" ? { team: "Team Jo" } : {}));
  const app = await testApp({ now: "2026-11-24T09:30", roster: roster(...people, lead("Lea")), through });
  if ((await app.store.read(app.network).rounds.current()) === null) await app.openRound();
  await app.settle();
  return app;
}

const storedBy = async (app: Awaited<ReturnType<typeof start>>) => {
  const { rows } = await sql<{ email: string; waiting: number }>`
    select p.email, (c.answers ->> 'waiting')::int as waiting from check_ins c
    join people p on p.network = c.network and p.id = c.person order by p.email`.execute(app.database.db);
  return rows;
};

describe("answers that arrive together", () => {
  it("share transactions, and each is stored once and thanked for by its own card", async () => {
    const { saves, through } = countingSaves();
    const app = await start(through);
    const cards = await Promise.all(emails.map((email) => app.card(email, question)));
    const outcomes = await Promise.all(cards.map((card, n) => card.press("Send", { feeling: "busy", waiting: n })));
    for (const outcome of outcomes) expect(outcome).toMatchObject({ status: 200, kind: "card" });
    // Jo's and Kim's are answers of one team, of which the later stands.
    const stored = await storedBy(app);
    expect(stored).toHaveLength(names.length - 1);
    for (const { email, waiting } of stored) expect(waiting).toBe(emails.indexOf(email));
    expect(saves.length).toBeLessThan(names.length / 2);
    await app.settle();
    for (const [n, email] of emails.entries()) {
      const { text } = await app.card(email, "Thank you, recorded");
      const isShared = email === "jo@example.org" || email === "kim@example.org";
      if (!isShared) expect(text).toContain(`People waiting: ${n}\n`);
    }
    const counts = await sql<{ purpose: string; n: number }>`select purpose, count(*)::int as n from deliveries group by purpose`.execute(app.database.db);
    expect(counts.rows).toContainEqual({ purpose: "details", n: names.length });
  });

  it("fail alone when the store refuses one of them", async () => {
    const app = await start();
    await sql`create function refuse_ben() returns trigger language plpgsql as $$
      begin
        if (new.answers ->> 'waiting')::int = 1 then raise exception 'not this one'; end if;
        return new;
      end $$`.execute(app.database.db);
    await sql`create trigger refuse_ben before insert on check_ins for each row execute function refuse_ben()`.execute(app.database.db);
    const few = emails.slice(0, 5);
    const cards = await Promise.all(few.map((email) => app.card(email, question)));
    const outcomes = await Promise.all(cards.map((card, n) => card.press("Send", { feeling: "busy", waiting: n })));
    expect(outcomes.map(({ kind }) => kind)).toEqual(["card", "error", "card", "card", "card"]);
    expect((await storedBy(app)).map(({ email }) => email)).toEqual(few.filter((email) => !email.startsWith("ben")));
  });
});
