import { expect } from "@jest/globals";
import { z } from "zod";
import type { CardInChat } from "./card-in-chat.ts";
import type { TestApp } from "./test-app.ts";

const Row = z.object({
  person: z.object({ name: z.string() }),
  about: z.string(),
  state: z.string(),
  reason: z.string().nullable(),
  attempts: z.int(),
});
const Page = z.object({ items: z.array(Row), next: z.string().nullable() });
const Rounds = z.object({ items: z.array(z.object({ openedAt: z.string(), closedAt: z.string().nullable() })) });

/** When each round opened and closed, oldest first. */
export async function roundsOf(app: TestApp, reader: string) {
  return Rounds.parse((await app.api(reader, "GET", "check-in-rounds")).body).items.reverse();
}

/** A round's ledger as a lead or admin reads it, all pages of it. */
export async function ledger(app: TestApp, reader: string, round: string): Promise<z.infer<typeof Row>[]> {
  const rows: z.infer<typeof Row>[] = [];
  for (let after = ""; ; ) {
    const { status, body } = await app.api(reader, "GET", `deliveries?round=${round}&limit=200${after}`);
    expect(status).toBe(200);
    const { items, next } = Page.parse(body);
    rows.push(...items);
    if (next === null) return rows;
    after = `&after=${next}`;
  }
}

/** What the ledger says about somebody, as "state: reason". */
export async function fateOf(app: TestApp, reader: string, round: string, name: string): Promise<string[]> {
  const rows = (await ledger(app, reader, round)).filter((row) => row.person.name === name);
  return rows.map((row) => (row.reason === null ? row.state : `${row.state}: ${row.reason}`));
}

/** Check-in cards in somebody's chat, whatever became of them; reminders left out. */
export async function askedOf(app: TestApp, email: string): Promise<CardInChat[]> {
  return (await app.cards(email)).filter((card) => card.text.startsWith("How is your caseload?"));
}

export async function remindersOf(app: TestApp, email: string): Promise<CardInChat[]> {
  return (await app.cards(email)).filter((card) => card.text.startsWith("Reminder: how is your caseload?"));
}
