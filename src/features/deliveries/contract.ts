import { z } from "zod";
import { PageQuery } from "../../kernel/paging.ts";
import { channels, confidentialPurposes, deliveryStates, purposes } from "./words.ts";

const open = purposes.filter((purpose) => !confidentialPurposes.includes(purpose));

export const LedgerQuery = PageQuery.extend({
  round: z.uuid({ error: "round: give the id of a round or a meeting." }),
  purpose: z
    .enum(open, { error: `purpose: choose one of ${open.join(", ")}.` })
    .optional()
    .describe("Left out: the cards that the round's or meeting's counts are about; or those that follow from it"),
});

export const LedgerRow = z.object({
  id: z.string(),
  person: z.object({ id: z.string(), name: z.string() }),
  about: z.string().nullable().describe("The team that the card is about"),
  channel: z.enum(channels),
  state: z.enum(deliveryStates),
  reason: z.string().nullable(),
  attempts: z.int(),
  updatedAt: z.iso.datetime(),
});
export type LedgerRow = z.infer<typeof LedgerRow>;

export const LedgerPage = z.object({ items: z.array(LedgerRow), next: z.string().nullable() });
