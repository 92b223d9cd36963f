import { z } from "zod";
import { asId, type NetworkId, type PersonId } from "../../kernel/ids.ts";
import { jobKind } from "../../kernel/jobs.ts";

/** One try at giving somebody the app. Each is a job of its own, so that a bad answer holds up nobody else. */
export const installApp = jobKind({
  name: "installs.install",
  payload: z.object({
    network: z.uuid().transform((text) => asId<NetworkId>(text)),
    person: z.uuid().transform((text) => asId<PersonId>(text)),
    turn: z.int().min(0),
  }),
  concurrency: 4,
});
