import { z } from "zod";
import { Details } from "./details-contract.ts";
import { load } from "./figures-contract.ts";
import { RoundResource } from "./round-contract.ts";

export { Details } from "./details-contract.ts";
export { type SummaryLoad } from "./figures-contract.ts";
export * from "./request-contract.ts";
export { RoundResource } from "./round-contract.ts";
export * from "./team-contract.ts";

const group = z.object({
  name: z.string(),
  teams: z.int(),
  answered: z.int().describe("Teams that answered the round, those with figures carried forward included"),
  carriedForward: z.int(),
  coverage: z.string().describe("Who answered the round, for people: \"5 of 7 teams, 1 carried forward\""),
  last12Weeks: load,
  last52Weeks: load,
  waiting: z.number().nullable().describe("People waiting, over the teams that know"),
  longestWaitWeeks: z.number().nullable(),
  teamsAbove: z.int().nullable(),
  wteNeeded: z.number().nullable().describe("WTE needed to return to the guide range"),
  trend: z.array(z.object({ openedOn: z.iso.date(), load12: z.number().nullable() })),
  details: Details.nullable().describe("What the second cards said; null where nobody answered one, or where it isn't shown"),
});

/** Caseload against the guide range, by area or place, as of a round. */
export const CaseloadSummary = z.object({
  asOf: z.iso.date().nullable().describe("The opening that the figures are as of; null before the first round"),
  by: z.enum(["area", "place"]),
  coverage: z.string().describe("For people: \"61 of 70 teams, 9 carried forward\""),
  total: group,
  groups: z.array(group),
  withheld: z.string().nullable().describe("What isn't shown to this reader, and why"),
  ring: z.array(
    z.object({
      team: z.object({ id: z.string(), name: z.string(), area: z.string().nullable() }),
      managers: z.array(z.string()),
      why: z.array(z.string()),
      standing: z.string().nullable().describe("Who has taken the team on, or has dealt with what it asked for, as a sentence"),
    }),
  ),
});
export type CaseloadSummary = z.infer<typeof CaseloadSummary>;
export type SummaryGroup = z.infer<typeof group>;

export const RoundPage = z.object({ items: z.array(RoundResource), next: z.string().nullable() });

export const OpenRoundBody = z.strictObject({});

export const Reminded = z.object({ reminders: z.int() });
export const Retried = z.object({ cards: z.int() });

export const SummaryQuery = z.object({
  from: z.iso.date({ error: "from: give a date such as 2026-11-24." }).optional(),
  to: z.iso.date({ error: "to: give a date such as 2026-11-24." }).optional(),
  by: z.enum(["area", "place"], { error: "by: choose area or place." }).default("area"),
});

export const MyCheckIns = z.object({
  items: z.array(
    z.object({
      team: z.object({ id: z.string(), name: z.string() }),
      opensOn: z.iso.date(),
      answers: z.record(z.string(), z.unknown()),
      posts: z.record(z.string(), z.number()),
      carried: z.array(z.string()),
      submittedAt: z.iso.datetime({ offset: true }),
    }),
  ),
});
