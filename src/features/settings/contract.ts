import { z } from "zod";
import { PageQuery } from "../../kernel/paging.ts";

/** Settings by feature, each with its own fields. */
export const SettingsResource = z.record(z.string(), z.record(z.string(), z.unknown()));
export type SettingsResource = z.infer<typeof SettingsResource>;

export const AuditEntry = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  actor: z.object({ id: z.string(), name: z.string() }).nullable(),
  action: z.string(),
  words: z.string().describe("What was done, as a sentence without its full stop: “Ana closed the survey”"),
  subject: z.string().nullable(),
  subjectName: z.string().nullable().describe("Of a person, a team or a meeting that is still there"),
  detail: z.unknown(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditPage = z.object({ items: z.array(AuditEntry), next: z.string().nullable() });

export const AuditQuery = PageQuery.extend({
  show: z.enum(["all", "changes"]).default("all").describe("changes: what was changed, once each, and what was tried in vain; all: every request as well"),
});
