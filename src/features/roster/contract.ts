import { z } from "zod";
import { roles } from "../../kernel/actor.ts";
import { PageQuery } from "../../kernel/paging.ts";
import { ways } from "./constants.ts";

const named = z.object({ name: z.string(), email: z.string() });

const reach = z.object({
  by: z.enum(ways).describe("How they will get their cards: in Teams, by a link in an e-mail, or not at all."),
  why: z.string().describe("The same in a sentence, with the reason."),
});

/** What an import changed, or in a dry run would change. */
export const RosterImportResult = z
  .object({
    dryRun: z.boolean(),
    adds: z.array(named.extend({ returning: z.boolean().describe("True for somebody who had left and is back.") })),
    changes: z.array(
      named.extend({
        fields: z.array(
          z.object({
            column: z.string().describe("The roster's column."),
            team: z.string().nullable().describe("The team in whose row it is; null for what is the person's own."),
            from: z.string().nullable(),
            to: z.string().nullable(),
          }),
        ),
      }),
    ),
    leavers: z.array(named),
    reach: z.array(named.extend(reach.shape)).describe("Everybody of the file, in its order."),
    warnings: z.array(z.string()),
    counts: z.object({
      people: z.number(),
      teams: z.number(),
      adds: z.number(),
      changes: z.number(),
      leavers: z.number(),
    }),
  })
  .meta({ id: "RosterImportResult" });
export type RosterImportResult = z.infer<typeof RosterImportResult>;

export const ScopeResource = z.union([
  z.object({ kind: z.literal("network") }),
  z.object({ kind: z.literal("areas"), areas: z.array(z.string()).min(1) }),
]);

export const PersonResource = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: z.enum(roles),
    scope: ScopeResource.nullable(),
    area: z.string().nullable(),
    place: z.string().nullable(),
    pcn: z.string().nullable(),
    organisation: z.string().nullable(),
    external: z.boolean(),
    awayUntil: z.string().nullable().describe("The last day away, as 2026-12-03."),
    stopped: z.boolean(),
    deputy: z.object({ id: z.string(), name: z.string() }).nullable(),
    teams: z
      .array(z.object({ id: z.string(), name: z.string() }))
      .describe("Teams that they manage, by name; for a lead of some areas those in them."),
    chatUrl: z.string().describe("Opens a chat with them in Teams, or a mail to somebody outside the tenant."),
    reach,
  })
  .meta({ id: "Person" });
export type PersonResource = z.infer<typeof PersonResource>;

export const PeoplePage = z
  .object({ items: z.array(PersonResource), next: z.string().nullable() })
  .meta({ id: "PeoplePage" });

export const PeopleQuery = PageQuery.extend({
  search: z.string().trim().max(100).optional().describe("Part of a name, an e-mail or an area."),
  role: z.enum(roles).optional(),
  reach: z.enum(ways).optional().describe("Only those who get their cards in this way."),
});

export const AreaList = z
  .object({ items: z.array(z.object({ name: z.string(), teams: z.int() })) })
  .meta({ id: "AreaList" });

export const ImportQuery = z.object({ dryRun: z.enum(["true", "false"]).default("false") });

const alone = "Give left alone: somebody who leaves has nothing else to change.";

export const PersonChanges = z
  .strictObject({
    awayUntil: z.iso.date().nullable().optional(),
    deputy: z.union([z.uuid(), z.email()]).nullable().optional().describe("Their id or e-mail."),
    stopped: z.boolean().optional(),
    role: z.enum(roles).optional(),
    scope: ScopeResource.optional().describe("A lead's; a new lead needs one."),
    left: z.literal(true).optional().describe("They leave today."),
  })
  .refine((changes) => changes.left === undefined || Object.values(changes).filter((value) => value !== undefined).length === 1, {
    error: alone,
    path: ["left"],
  });
export type PersonChanges = z.infer<typeof PersonChanges>;

/** Somebody after a change; PATCH /people/{id} */
export const ChangedPerson = PersonResource.extend({
  leftOn: z.iso.date().nullable().describe("Set once they have left; they are in no list then."),
  note: z.string().nullable().describe("What the next roster import does with the change, in a sentence."),
}).meta({ id: "ChangedPerson" });
export type ChangedPerson = z.infer<typeof ChangedPerson>;

export const HandOverBody = z.strictObject({
  to: z.uuid().describe("Who becomes a lead of the whole network."),
  step: z.literal("down").optional().describe("The giver is no lead afterwards; left out, they stay one."),
});

export const HandedOver = z
  .object({
    to: z.object({ id: z.string(), name: z.string() }),
    you: z.object({ role: z.enum(roles), scope: ScopeResource.nullable() }).describe("What the giver is now."),
    note: z.string().describe("What the next roster import does with it, in a sentence."),
  })
  .meta({ id: "HandedOver" });
export type HandedOver = z.infer<typeof HandedOver>;
