import { z } from "zod";
import { groupings } from "./constants.ts";

export const moment = z.iso.datetime({ offset: true });

const counts = z
  .object({ intended: z.int(), delivered: z.int(), failed: z.int(), skipped: z.int(), pending: z.int() })
  .describe("Cards, each figure rounded to 5; intended is their sum");

export const responseRate = z.int().nullable().describe("Percent, to the nearest 5; null when nobody was asked");
const waveState = z.enum(["open", "closing", "closed", "lost"]);

/** A wave as lists and the Overview have it: nothing of what anybody answered. */
export const WaveResource = z.object({
  id: z.string(),
  state: waveState,
  openedAt: moment,
  closesAt: moment,
  closedAt: moment.nullable(),
  sharedAt: moment.nullable(),
  instrument: z.object({ id: z.string(), title: z.string() }),
  threshold: z.int().describe("Fewest people of whom anything is shown"),
  groupBy: z.enum(groupings),
  groups: z.array(z.object({ name: z.string(), members: z.array(z.string()) })).describe("Reporting groups, the same for a year"),
  asked: z.int().describe("People, rounded to 5"),
  responseRate,
  deliveries: counts,
});
export type WaveResource = z.infer<typeof WaveResource>;
