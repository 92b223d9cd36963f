import { z } from "zod";

/** Why somebody should speak to a team; "lead" when one of the leads means to, without having been asked. */
export const requestReasons = ["unsafe", "network", "peer", "call", "lead"] as const;
export const requestStates = ["open", "taken", "done", "withdrawn"] as const;

const person = z.object({ id: z.string(), name: z.string() });

export const ManagerToRing = person.extend({
  chatUrl: z.string().describe("Opens the chat in Teams, or a mail to somebody outside the tenant"),
});
export const TeamToRing = z.object({ id: z.string(), name: z.string(), area: z.string().nullable() });

export const RequestResource = z.object({
  id: z.string(),
  team: TeamToRing,
  managers: z.array(ManagerToRing),
  reasons: z.array(z.object({ reason: z.enum(requestReasons), words: z.string() })),
  askedBy: person.nullable().describe("Null when a lead began it, or whoever asked isn't known any more"),
  owner: person,
  dueOn: z.iso.date(),
  isOverdue: z.boolean().describe("Nobody has marked it done, and the day has passed"),
  state: z.enum(requestStates),
  updatedAt: z.iso.datetime({ offset: true }),
});
export type RequestResource = z.infer<typeof RequestResource>;
