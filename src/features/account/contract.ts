import { z } from "zod";
import { roles } from "../../kernel/actor.ts";

/** GET /me */
export const Me = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(roles),
  scope: z.union([z.literal("network"), z.array(z.string())]).nullable().describe("Leads: the network, or its areas"),
  managesTeams: z.boolean(),
});
export type Me = z.infer<typeof Me>;

/** GET /me/data: by feature, what is kept. */
export const MyData = z.record(z.string(), z.array(z.record(z.string(), z.unknown())));
export type MyData = z.infer<typeof MyData>;

/** DELETE /me/data: by feature, how many things went. */
export const Erased = z.object({ erased: z.record(z.string(), z.int()) });
export type Erased = z.infer<typeof Erased>;
