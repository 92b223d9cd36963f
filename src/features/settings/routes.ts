import { z } from "zod";
import { allow } from "../../kernel/actor.ts";
import { type Route, route } from "../../kernel/http.ts";
import { page, PageQuery } from "../../kernel/paging.ts";
import { changeSettings, readAllSettings, type SettingsDeps } from "./use-cases.ts";

const SettingsResource = z.record(z.string(), z.record(z.string(), z.unknown()));

const AuditPage = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      at: z.iso.datetime(),
      actor: z.object({ id: z.string(), name: z.string() }).nullable(),
      action: z.string(),
      subject: z.string().nullable(),
      detail: z.unknown(),
    }),
  ),
  next: z.string().nullable(),
});

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
      query: PageQuery,
      response: AuditPage,
      async handle({ actor, query }) {
        const { auditReader } = deps.store.read(actor.network);
        const rows = await auditReader.page({ limit: query.limit + 1, after: query.after ?? null });
        const { items, next } = page(rows, query.limit, (row) => row.id);
        return { kind: "ok", body: { items: items.map((row) => ({ ...row, at: row.at.toString() })), next } };
      },
    }),
  ];
}
