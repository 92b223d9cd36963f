import { z } from "zod";

/** What doctor looks at, in the order of its report. */
export const CheckName = z.enum([
  "configuration",
  "store",
  "migrations",
  "queue",
  "pulse-keys",
  "bot-endpoint",
  "certificate",
  "clock",
  "bot-token",
  "graph-token",
  "graph-permissions",
  "organiser-mailbox",
  "free-busy",
  "sender-mailbox",
  "networks",
  "app-installed",
  "subscriptions",
]);
export type CheckName = z.infer<typeof CheckName>;

/** "skipped" is for what couldn't be looked at. */
const State = z.enum(["ok", "warning", "failed", "skipped"]);
export type State = z.infer<typeof State>;

const Finding = z.object({
  check: CheckName,
  state: State,
  /** What is so, in a plain sentence; never a secret. */
  says: z.string(),
  /** What to do about it; null when nothing is. */
  todo: z.string().nullable(),
});
export type Finding = z.infer<typeof Finding>;
export type Verdict = Omit<Finding, "check">;

/** What `steady doctor --json` prints. */
export const DoctorReport = z.object({
  at: z.iso.datetime({ offset: true }),
  /** The program's, as in package.json. */
  version: z.string(),
  /** Null when the configuration doesn't say. */
  mode: z.enum(["local", "live"]).nullable(),
  /** True unless something failed: the exit code is 0 then, and 1 otherwise. */
  ok: z.boolean(),
  counts: z.object({ ok: z.int(), warning: z.int(), failed: z.int(), skipped: z.int() }),
  findings: z.array(Finding),
});
export type DoctorReport = z.infer<typeof DoctorReport>;

export const fine = (says: string): Verdict => ({ state: "ok", says, todo: null });
export const warning = (says: string, todo: string): Verdict => ({ state: "warning", says, todo });
export const failed = (says: string, todo: string): Verdict => ({ state: "failed", says, todo });
export const skipped = (says: string, todo: string | null = null): Verdict => ({ state: "skipped", says, todo });

/** One thing to look at. */
export interface Check {
  readonly name: CheckName;
  /** Checks further up without which this one can't be made: it is skipped when one of them failed or was skipped. */
  readonly needs?: readonly CheckName[];
  /** Time limit in milliseconds; 20,000 when left out. */
  readonly limitMs?: number;
  run(): Promise<Verdict | readonly Verdict[]>;
}
