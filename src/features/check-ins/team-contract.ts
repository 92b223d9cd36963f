import { z } from "zod";
import { pageOf } from "../../kernel/paging.ts";
import { load, people } from "./figures-contract.ts";
import { ManagerToRing } from "./to-ring-contract.ts";

/** A team as the list of teams has it, as of the latest round. */
export const TeamResource = z.object({
  id: z.string(),
  name: z.string(),
  area: z.string().nullable(),
  place: z.string().nullable(),
  pcn: z.string().nullable(),
  organisation: z.string().nullable(),
  managers: z.array(ManagerToRing),
  state: load.describe("The 12 weeks before the latest opening; null where it can't be calculated"),
  feeling: z
    .object({ value: z.string(), words: z.string() })
    .nullable()
    .describe("How the workload feels; null when the team hasn't said within 12 weeks"),
  waiting: z.number().nullable(),
  longestWaitWeeks: z.number().nullable(),
  roundsUnanswered: z.int().describe("Closed rounds in a row without an answer"),
  answered: z
    .enum(["answered", "waiting", "skipped"])
    .nullable()
    .describe("In the round that is open; null when none is, or when the team isn't part of it"),
});
export type TeamResource = z.infer<typeof TeamResource>;

export const TeamPage = pageOf(TeamResource);

const opening = z.object({
  opensOn: z.iso.date(),
  answers: z
    .array(
      z.object({
        question: z.string().describe("Its id in the question set of that round"),
        words: z.string().describe("What it is about: \"Longest wait\""),
        value: z.string().describe("The answer: \"9 weeks\""),
        carried: z.boolean().describe("Whether it was carried forward unseen"),
      }),
    )
    .describe("What was answered on both cards, in the cards' order; what was left blank is absent"),
  load12: z.number().nullable().describe("New people divided by the guide's high end, over the 12 weeks before"),
  load52: z.number().nullable(),
  newPeople: z.number().nullable().describe("New people since the opening before, of the job roles with a guide range"),
  guide: people.nullable().describe("The guide range for those job roles and days"),
  carried: z.boolean().describe("Whether figures were carried forward from the answer before"),
});

/** A team with what it answered in the last 52 weeks. */
export const TeamHistory = TeamResource.extend({
  asOf: z.iso.date().nullable().describe("The latest opening; null before the first round"),
  history: z.array(opening).describe("Openings that the team answered, oldest first"),
});
export type TeamHistory = z.infer<typeof TeamHistory>;

const point = z.object({
  openedOn: z.iso.date(),
  load12: z.number().nullable().describe("New people divided by the guide's high end, over the 12 weeks before"),
  load52: z.number().nullable(),
  newPeople: z.number().nullable().describe("Those that load12 is about"),
  guide: people.nullable().describe("The guide range that load12 is about"),
});

/** My teams over 52 weeks, beside the network. */
export const MyCaseload = z.object({
  asOf: z.iso.date().nullable().describe("The latest opening; null before the first round"),
  teams: z.array(
    z.object({
      team: z.object({ id: z.string(), name: z.string() }),
      last12Weeks: load,
      last52Weeks: load,
      standing: z.string().nullable().describe("Where the last 12 weeks stand, as a sentence"),
      points: z.array(point).describe("Openings that the team answered, oldest first"),
    }),
  ),
  network: z
    .array(
      z.object({
        openedOn: z.iso.date(),
        median12: z
          .number()
          .nullable()
          .describe("The median of the teams' load12 at that opening; null while its round is open and below 10 teams"),
      }),
    )
    .describe("Every opening of the last 52 weeks, oldest first"),
});
export type MyCaseload = z.infer<typeof MyCaseload>;
