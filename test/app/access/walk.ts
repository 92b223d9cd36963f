import { expect } from "@jest/globals";
import { type BotAnswer, isOfRoster, mailOf, type Presser, pressers } from "./bot.ts";
import { cells } from "./callers.ts";
import { type Furnished, ofTheArea, ofTheNetwork } from "./furnished.ts";
import { recording } from "./recorded.ts";
import { storedIn } from "./stored.ts";

export interface BotRow {
  /** What each caller gets, in the order of the callers, and the owner last. */
  readonly answers: string;
  /** True where whoever does it does it to themselves. */
  readonly isOwn?: true;
  /** True where nobody may find out who did it. */
  readonly isConfidential?: boolean;
}

/** Texts that were sent and answered on the way, and that may go into no audit log. */
const content = /cormorant|\b2[78]\b|unsafe|worn-out/;

/**
 * Has everybody do every row, and compares what each gets with the table. On the way: what is refused stores nothing, what is
 * somebody's own stores nothing about the owner, and nobody is told what isn't theirs. At last: the audit log has every refusal,
 * and what leads and admins did, once each.
 * @param act does one thing as one of them
 */
export async function walk(
  { app, ids }: Pick<Furnished, "app" | "ids">,
  rows: Readonly<Record<string, BotRow>>,
  act: (name: string, presser: Presser) => Promise<BotAnswer>,
): Promise<void> {
  const stored = await storedIn(app.database);
  const recordedSince = await recording(app);
  const found: Record<string, string> = {};
  const wanted: string[] = [];
  for (const [name, { answers, isOwn, isConfidential }] of Object.entries(rows)) {
    // A manager is refused what is leads' and admins' work.
    const isWork = cells(answers, pressers).owner === "role";
    const words: string[] = [];
    let before = await stored.all();
    for (const presser of pressers) {
      const abroad = presser === "foreignLead" ? await stored.of(app.network) : {};
      const aboutOwner = isOwn === true && presser !== "owner" ? await stored.naming(ids.person) : {};
      const { word, told } = await act(name, presser);
      words.push(word);
      const cell = { name, presser, word, told };
      const isDone = word === "card" || word === "text";
      const after = await stored.all();
      if (!isDone) expect({ ...cell, after }).toEqual({ ...cell, after: before });
      before = after;
      if (presser === "foreignLead") expect({ ...cell, abroad: await stored.of(app.network) }).toEqual({ ...cell, abroad });
      if (isOwn === true && presser !== "owner") expect({ ...cell, aboutOwner: await stored.naming(ids.person) }).toEqual({ ...cell, aboutOwner });
      if (presser === "foreignLead") expect({ ...cell, told: told.replaceAll(mailOf(presser), "") }).toEqual({ ...cell, told: expect.not.stringMatching(ofTheNetwork) });
      if (presser === "otherAreaLead" || !isDone) expect(cell).toEqual({ ...cell, told: expect.not.stringMatching(ofTheArea) });
      if (isOfRoster(presser) && (isWork || !isDone) && isConfidential !== true) {
        wanted.push(`${mailOf(presser)} bot ${name} ${isDone ? "done" : word === "role" ? "forbidden" : "refused"}`);
      }
    }
    found[name] = words.join(" ");
    await app.settle();
    // The Connector takes so many requests a second about one chat.
    app.clock.moveTo(app.clock.now().add({ seconds: 2 }));
  }
  expect(found).toEqual(Object.fromEntries(Object.entries(rows).map(([name, { answers }]) => [name, Object.values(cells(answers, pressers)).join(" ")])));
  const log = await recordedSince();
  const deeds = log.filter(({ action }) => action.startsWith("bot "));
  expect(deeds.map(({ email, action, detail }) => `${email ?? ""} ${action} ${String(detail["outcome"])}`).sort()).toEqual(wanted.sort());
  expect(JSON.stringify(log.map(({ action, subject, detail }) => [action, subject, detail]))).not.toMatch(content);
}
