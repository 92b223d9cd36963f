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
/** Works out the figures as of a round that has opened; the schedule would come to it within a minute. */
export const figuresJob = jobKind({ name: "check-ins.figures", payload });

/** Works out the combined figures of a round that has closed; the schedule would come to it within a minute. */
export const combinedFiguresJob = jobKind({ name: "check-ins.combined-figures", payload });

export type RoundJob = z.infer<typeof payload>;
