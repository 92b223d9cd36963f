import { z } from "zod";

/** What every figure of the second cards says about itself. */
const basis = {
  teams: z.int().describe("Teams that answered, each with its latest answer within 26 weeks"),
  from: z.iso.date().describe("The first day that the answers are about: of counts since the check-in before, its opening"),
  to: z.iso.date().describe("The latest opening that was answered"),
  words: z.string().describe("For people: \"5 teams, 19 May to 11 August\""),
};

const yesNo = z
  .object({ ...basis, teams: z.int().describe("Teams that say yes"), of: z.int().describe("Teams that answered") })
  .nullable();

/** What the second cards said; a figure is null where nobody knows it, or where it isn't shown to this reader. */
export const Details = z.object({
  referrals: z
    .object({
      ...basis,
      count: z.int().describe("Referrals that needed another service"),
      reasons: z
        .array(z.object({ reason: z.string(), words: z.string(), teams: z.int() }))
        .describe("The main reasons, the one that most teams name first; empty where they aren't known or shown"),
    })
    .nullable(),
  intakePaused: yesNo,
  vacancies: z.object({ ...basis, wte: z.number() }).nullable(),
  staffWhoLeft: z.object({ ...basis, count: z.int() }).nullable(),
  contractsEnding: z
    .object({ ...basis, wte: z.number().describe("WTE on contracts that end within six months") })
    .nullable(),
  supervision: z
    .object({ ...basis, answers: z.array(z.object({ answer: z.string(), words: z.string(), teams: z.int() })) })
    .nullable()
    .describe("How much of the team had supervision in the month"),
  pressures: z
    .object({
      ...basis,
      items: z
        .array(z.object({ pressure: z.string(), words: z.string(), teams: z.int() }))
        .describe("What people bring more of, the pressure that most teams name first; a team may name several"),
    })
    .nullable(),
  appointmentsLongEnough: yesNo,
});
export type Details = z.infer<typeof Details>;
