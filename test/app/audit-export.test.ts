import { describe, expect, it } from "@jest/globals";
import { parse } from "csv-parse/sync";
import { admin, lead, manager, roster } from "./rosters.ts";
import { type TestApp, testApp } from "./test-app.ts";

const [ada, lea] = ["ada@example.org", "lea@example.org"];

async function download(app: TestApp, who: string) {
  const response = await fetch(`${app.url}/api/v1/exports/audit-log.csv`, { headers: { authorization: `Bearer ${await app.tokenOf(who)}` } });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, rows: parse(text, { bom: true, columns: true }) as unknown as Record<string, string>[] };
}

describe("the audit log as a file", () => {
  it("has all of it, newest first, also where it is longer than what is read at a time, and says afterwards who took it", async () => {
    const app = await testApp({ now: "2026-05-19T09:30", roster: roster(manager("Ana"), lead("Lea"), admin("Ada")) });
    const record = (action: string) =>
      app.store.transaction(app.network, (tx) => tx.audit.record({ at: app.clock.now(), actor: null, action, subject: null, detail: {} }));
    for (let n = 0; n < 1001; n++) await record(`made-up.${n}`);
    const { status, headers, rows } = await download(app, ada);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(headers.get("content-disposition")).toBe('attachment; filename="audit-log-2026-05-19.csv"');
    const madeUp = rows.map((row) => row["Action"] ?? "").filter((action) => action.startsWith("made-up."));
    expect(madeUp).toEqual(Array.from({ length: 1001 }, (_, n) => `made-up.${1000 - n}`));

    const [latest] = (await app.api(lea, "GET", "audit-log")).body.items;
    expect(latest).toMatchObject({ words: "Ada downloaded the audit log", action: "GET exports/audit-log.csv", actor: { name: "Ada" } });
  }, 30_000);

  it("holds nothing that a spreadsheet would take for a formula", async () => {
    const name = '=HYPERLINK("http://example.org","Ana"),\nTeam';
    const app = await testApp({ now: "2026-05-19T09:30", roster: roster(manager("Ana"), lead("Lea", { name: "@Lea" })) });
    await app.api(lea, "PATCH", "settings", { meetings: { title: name } });
    const { rows } = await download(app, lea);
    const change = rows.find((row) => row["Action"] === "settings.change");
    expect(change).toMatchObject({ Who: "'@Lea", "In words": "'@Lea changed the settings of meetings" });
    expect(JSON.parse(change?.["Detail"] ?? "")).toMatchObject({ changed: { meetings: { title: name } } });
    expect(rows.flatMap((row) => Object.values(row)).filter((field) => /^[\s]*[=+\-@]/.test(field))).toEqual([]);
  });
});
