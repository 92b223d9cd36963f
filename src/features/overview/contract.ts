import { z } from "zod";
// Only the parts of each contract that the Overview shows: the tab loads these before it shows anything.
import { load } from "../check-ins/figures-contract.ts";
import { RoundResource } from "../check-ins/round-contract.ts";
import { ManagerToRing, RequestResource, TeamToRing } from "../check-ins/to-ring-contract.ts";
import { MeetingResource } from "../meetings/meeting-contract.ts";
import { WaveResource } from "../pulse/wave-contract.ts";
import { decisionKinds, decisionPages } from "./model.ts";

export type { Decision } from "./model.ts";

const Decision = z.object({
  kind: z.enum(decisionKinds),
  text: z.string().describe("What to do, in a sentence or two"),
  page: z.enum(decisionPages),
  id: z.string().nullable().describe("The round, meeting, poll or wave that it is about"),
});

const RingEntry = z.object({
  team: TeamToRing,
  managers: z.array(ManagerToRing),
  why: z.array(z.string()).describe("Each a sentence, what weighs most first"),
  lastSpoke: z
    .object({ on: z.iso.date(), by: z.string().describe("Name") })
    .nullable()
    .describe("When a lead last marked a request of this team as done"),
  request: RequestResource.pick({ id: true, state: true, owner: true, dueOn: true, isOverdue: true })
    .nullable()
    .describe("The team's unfinished request; null when there is none"),
});
export type RingEntry = z.infer<typeof RingEntry>;

/** What is known of a lead's teams; admins see none of it. */
const Standing = z.object({
  asOf: z.iso.date().nullable().describe("The opening that the figures are as of; null before the first round, and for admins"),
  coverage: z.string().nullable().describe("For people: \"61 of 70 teams, 9 carried forward\"; null where asOf is"),
  load,
  ring: z.array(RingEntry).describe("The teams to ring first, three at most"),
  ringMore: z.int().describe("How many more teams have a reason"),
});
export type Standing = z.infer<typeof Standing>;

/** What a lead or an admin sees first. */
export const Overview = Standing.extend({
  decisions: z.array(Decision).describe("What is most urgent first"),
  round: RoundResource.nullable().describe("The latest round"),
  meeting: MeetingResource.nullable().describe("The next meeting"),
  wave: WaveResource.nullable().describe("The running wave, or the last one"),
});
export type Overview = z.infer<typeof Overview>;
