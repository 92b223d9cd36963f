import { z } from "zod";
import type { QueueFacts } from "../adapters/queue/inspection.ts";
import type { StoreAbout } from "../adapters/sql/inspection.ts";
import type { MigrationState } from "../adapters/sql/migrate.ts";

// As schemas, because a local server that has the store to itself tells them over HTTP.

const About = z.object({
  engine: z.enum(["embedded", "server"]),
  version: z.number(),
  isEncrypted: z.boolean().nullable(),
  bytes: z.number(),
  now: z.number(),
}) satisfies z.ZodType<StoreAbout>;

const Migrations = z.object({
  missing: z.array(z.string()),
  unknown: z.array(z.string()),
  isTooNew: z.boolean(),
  isHalfMoved: z.boolean(),
}) satisfies z.ZodType<MigrationState>;

const Queue = z
  .object({
    waiting: z.array(z.object({ kind: z.string(), seconds: z.number() })),
    failed: z.array(z.object({ kind: z.string(), count: z.number() })),
    schedules: z.number(),
    lastLook: z.number().nullable(),
  })
  .nullable() satisfies z.ZodType<QueueFacts | null>;

const Network = z.object({
  name: z.string(),
  /** The mailbox that its own settings name for its meetings. */
  organiser: z.string().nullable(),
  /** People who can run it, and how many of STEADY_ADMINS are people of it. */
  runners: z.number(),
  knownAdmins: z.number(),
  /** In words; null when rounds open by hand only. */
  nextRound: z.string().nullable(),
  hasOpenRound: z.boolean(),
  survey: z.object({
    /** True once there has been one. */
    hasBeen: z.boolean(),
    /** The id of the one that is open, whose key must be there; null when none is. */
    open: z.string().nullable(),
    supportLines: z.number(),
    /** Support lines that nobody has checked within a year. */
    unchecked: z.number(),
  }),
  app: z.object({
    people: z.number(),
    external: z.number(),
    withApp: z.number(),
    failed: z.number(),
    cannot: z.number(),
    pending: z.number(),
    /** Whether installing for everybody was started. */
    isStarted: z.boolean(),
  }),
  /** By mailbox: booked meetings to come, and when the subscription to its calendar ends (milliseconds since 1970). */
  calendars: z.array(z.object({ organiser: z.string(), meetings: z.number(), subscriptionEndsAt: z.number().nullable() })),
});
export type NetworkFacts = z.infer<typeof Network>;

export const storeParts = { about: About, migrations: Migrations, queue: Queue, networks: z.array(Network) } as const;
export type StorePart = keyof typeof storeParts;
export const StorePart = z.enum(["about", "migrations", "queue", "networks"]);

export type { QueueFacts, StoreAbout, MigrationState };

/** Looks into the store without changing anything. */
export interface StoreLook {
  about(): Promise<StoreAbout>;
  migrations(): Promise<MigrationState>;
  /** Null where the queue has never been made. */
  queue(): Promise<QueueFacts | null>;
  networks(): Promise<readonly NetworkFacts[]>;
}
