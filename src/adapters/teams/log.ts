import { Fault } from "../../kernel/errors.ts";
import { sendFaultOf } from "./faults.ts";

/** What one turn came to, for the log; nothing of what the person wrote or chose. */
export interface TurnReport {
  /** The verb, command or invoke, when it is one that the product knows. */
  readonly name?: string;
  readonly person?: string;
  readonly outcome: string;
}

/**
 * An error as far as it may be logged: its name, code and where it was thrown. What it says only when that is known to
 * be harmless: a fault of our own catalogue, or the status and code of a call to Teams. Others quote what they got.
 */
export function loggable(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, stack = "" } = error;
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const detail = error instanceof Fault ? error.message : sendFaultOf(error, 0)?.detail;
  const frames = stack.split("\n").filter((line) => /^\s+at /.test(line));
  return {
    name,
    ...(code === undefined ? {} : { code }),
    ...(detail === undefined ? {} : { detail }),
    at: frames.slice(0, 8).map((line) => line.trim()),
  };
}

/**
 * An error as far as it may be logged where nobody may be found out: its name and code, and the status of a call to
 * Teams. Where it was thrown would tell one button from another.
 */
export function loggableOfNobody(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const detail = sendFaultOf(error, 0)?.detail;
  return { name: error.name, ...(code === undefined ? {} : { code }), ...(detail === undefined ? {} : { detail }) };
}
