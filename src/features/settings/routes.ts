import { allow } from "../../kernel/actor.ts";
import { type Route, route } from "../../kernel/http.ts";
import { page } from "../../kernel/paging.ts";
import { auditFile } from "./audit-file.ts";
import { auditInWords } from "./audit-words.ts";
import { AuditPage, AuditQuery, SettingsResource } from "./contract.ts";
import { changeSettings, readAllSettings, type SettingsDeps } from "./use-cases.ts";

const csvType = "text/csv; charset=utf-8";

/** The network's settings, and the record of who changed what. */
export function settingsRoutes(deps: SettingsDeps): Route[] {
  return [
    route({
      method: "GET",
      path: "settings",
      summary: "The network's settings, by feature",
      allow: allow.leadsAndAdmins,
      allowed: "leads and admins",
      response: SettingsResource,
      handle: async ({ actor }) => ({ kind: "ok", body: await readAllSettings(deps, actor) }),
    }),
    route({
      method: "PATCH",
      path: "settings",
      summary: "Change some settings; the others stay",
      allow: allow.runners,
      allowed: "leads of the whole network, and admins",
      body: { type: "application/json", schema: SettingsResource },
      response: SettingsResource,
      async handle({ actor, body }) {
        const result = await changeSettings(deps, actor, body);
        if (result.ok) return { kind: "ok", body: result.settings };
        const detail = "Some settings aren't allowed; nothing was changed.";
        return { kind: "problem", status: 422, detail, errors: result.errors };
      },
    }),
    route({
      method: "GET",
      path: "audit-log",
      summary: "Who did what, newest first",
      allow: allow.runners,
      allowed: "leads of the whole network, and admins",
      query: AuditQuery,
      response: AuditPage,
      async handle({ actor, query }) {
        const { auditReader } = deps.store.read(actor.network);
        const { limit, after = null, show } = query;
        const rows = await auditReader.page({ limit: limit + 1, after, changesOnly: show === "changes" });
        const { items, next } = page(rows, limit, (row) => row.id);
        const entries = items.map((row) => ({ ...row, at: row.at.toString(), words: auditInWords(row) }));
        return { kind: "ok", body: { items: entries, next } };
      },
    }),
    route({
      method: "GET",
      path: "exports/audit-log.csv",
      summary: "The whole audit log as a CSV file, newest first",
      allow: allow.runners,
      allowed: "leads of the whole network, and admins",
      response: { file: csvType },
      handle: ({ actor }) => {
        const fileName = `audit-log-${deps.clock.now().toString().slice(0, 10)}.csv`;
        const pieces = auditFile(deps.store, actor.network, deps.csv);
        return Promise.resolve({ kind: "long-file", type: csvType, fileName, pieces });
      },
    }),
  ];
}
