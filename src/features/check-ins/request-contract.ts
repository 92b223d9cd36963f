import { z } from "zod";
import { PageQuery, pageOf } from "../../kernel/paging.ts";
import { RequestResource } from "./to-ring-contract.ts";

export * from "./to-ring-contract.ts";

export const RequestPage = pageOf(RequestResource);

export const RequestQuery = PageQuery.extend({
  state: z
    .enum(["unfinished", "done", "all"], { error: "state: choose unfinished, done or all." })
    .default("unfinished")
    .describe("unfinished: open or taken; all: withdrawn ones too"),
  team: z.uuid({ error: "team: give the id of a team." }).optional().describe("Only this team's"),
});

export const MoveRequestBody = z.strictObject({
  state: z.enum(["taken", "done"], { error: "state: choose taken or done." }),
});

export const TakeTeamBody = z.strictObject({ team: z.uuid({ error: "team: give the id of a team." }) });
