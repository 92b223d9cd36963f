import { z } from "zod";

export const people = z.object({ low: z.number(), high: z.number() }).describe("People, from low to high");

export const load = z
  .object({
    newPeople: z.number(),
    guide: people,
    load: z.number().describe("New people divided by the guide's high end"),
    state: z.enum(["below", "in", "above"]),
    daysCovered: z.number().describe("Days of the window that answers cover, the mean over teams"),
    teams: z.int().describe("Teams behind these figures"),
    words: z.string(),
  })
  .nullable()
  .describe("Null where it can't be calculated or isn't shown");
export type SummaryLoad = z.infer<typeof load>;
