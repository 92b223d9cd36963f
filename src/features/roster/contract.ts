import { z } from "zod";
import { roles } from "../../kernel/actor.ts";
import { ways } from "./model.ts";

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

const scope = z.union([
  z.object({ kind: z.literal("network") }),
  z.object({ kind: z.literal("areas"), areas: z.array(z.string()).min(1) }),
]);

export const PersonResource = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: z.enum(roles),
    scope: scope.nullable(),
    area: z.string().nullable(),
    place: z.string().nullable(),
    pcn: z.string().nullable(),
    organisation: z.string().nullable(),
    external: z.boolean(),
    awayUntil: z.string().nullable().describe("The last day away, as 2026-12-03."),
    stopped: z.boolean(),
    deputy: z.object({ id: z.string(), name: z.string() }).nullable(),
    reach,
  })
  .meta({ id: "Person" });
export type PersonResource = z.infer<typeof PersonResource>;

export const PeoplePage = z
  .object({ items: z.array(PersonResource), next: z.string().nullable() })
  .meta({ id: "PeoplePage" });

export const PeopleQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.uuid().optional(),
});

export const ImportQuery = z.object({ dryRun: z.enum(["true", "false"]).default("false") });

export const PersonChanges = z
  .strictObject({
    awayUntil: z.iso.date().nullable().optional(),
    deputy: z.uuid().nullable().optional(),
    stopped: z.boolean().optional(),
    scope: scope.optional(),
  })
  .meta({ id: "PersonChanges" });
