import { z } from "zod";
import { PageQuery, pageOf } from "../../kernel/paging.ts";
import { installStates, obstacles } from "./words.ts";

export const InstallsQuery = PageQuery.extend({
  state: z.enum(installStates, { error: `state: choose one of ${installStates.join(", ")}.` }).optional(),
});

const InstallCounts = z
  .object({ intended: z.int(), installed: z.int(), failed: z.int(), cannot: z.int(), pending: z.int() })
  .describe("intended = installed + failed + cannot + pending");
export type InstallCounts = z.infer<typeof InstallCounts>;

const InstallResource = z
  .object({
    id: z.string().describe("The person's id: there is one row for each person."),
    person: z.object({ id: z.string(), name: z.string() }),
    state: z.enum(installStates),
    obstacle: z.enum(obstacles).nullable().describe("What keeps the app from somebody who is left out on purpose."),
    reason: z.string().nullable().describe("Why it failed or can't be, or what it waits for, with what to do."),
    attempts: z.int(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "Install" });
export type InstallResource = z.infer<typeof InstallResource>;

/** Who has the app; GET /installs */
export const InstallsPage = pageOf(InstallResource)
  .extend({
    counts: InstallCounts,
    startedAt: z.iso.datetime().nullable().describe("Since when everybody is given the app; null when that wasn't started."),
    canInstall: z.boolean().describe("Whether the app can be installed from here at all."),
  })
  .meta({ id: "InstallsPage" });
export type InstallsPage = z.infer<typeof InstallsPage>;

/** What was begun; POST /installs */
export const InstallsStarted = z
  .object({ tries: z.int().describe("For how many people Teams is asked now."), counts: InstallCounts })
  .meta({ id: "InstallsStarted" });
export type InstallsStarted = z.infer<typeof InstallsStarted>;
