import { z } from "zod";

/** Somebody's wish to be told of changes to the events of a mailbox. */
export const Subscription = z.object({
  id: z.string(),
  /** The mailbox's address, lower-cased. */
  mailbox: z.string(),
  /** As it was asked for: "users/{mailbox}/events". */
  resource: z.string(),
  changeTypes: z.array(z.enum(["created", "updated", "deleted"])),
  notificationUrl: z.string(),
  lifecycleNotificationUrl: z.string().nullable(),
  clientState: z.string().nullable(),
  /** Milliseconds since 1970. */
  expiresAt: z.number(),
});
export type Subscription = Readonly<z.infer<typeof Subscription>>;
