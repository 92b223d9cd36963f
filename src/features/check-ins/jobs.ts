import { z } from "zod";
import { asId, type NetworkId, type RoundId } from "../../kernel/ids.ts";
import { jobKind } from "../../kernel/jobs.ts";

const payload = z.object({
  network: z.uuid().transform((text) => asId<NetworkId>(text)),
  round: z.uuid().transform((text) => asId<RoundId>(text)),
});

/** Closes a round at its time. */
export const closeRoundJob = jobKind({ name: "check-ins.close", payload });
/** Reminds those who haven't answered. */
export const remindRoundJob = jobKind({ name: "check-ins.remind", payload });

export type RoundJob = z.infer<typeof payload>;
