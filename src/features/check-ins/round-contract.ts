import { z } from "zod";

const counts = z.object({
  intended: z.int(),
  delivered: z.int(),
  failed: z.int(),
  skipped: z.int(),
  pending: z.int(),
});

/** A round and how far its cards and answers have come. */
export const RoundResource = z.object({
  id: z.string(),
  state: z.enum(["open", "closed"]),
  opensOn: z.iso.date(),
  openedAt: z.iso.datetime({ offset: true }),
  closesAt: z.iso.datetime({ offset: true }),
  closedAt: z.iso.datetime({ offset: true }).nullable(),
  questionSet: z.string(),
  theme: z.string(),
  deliveries: counts,
  teams: z.object({ waiting: z.int(), answered: z.int(), skipped: z.int() }),
});
