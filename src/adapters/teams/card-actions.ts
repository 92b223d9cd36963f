import { z } from "zod";
import type { Pressed } from "../../kernel/press.ts";

const Data = z.record(z.string(), z.unknown());
const Invoked = z.object({ action: z.object({ verb: z.string().min(1), data: Data.nullish() }) });

/** The button of an `Action.Execute` invoke; null when the value isn't one. */
export function executed(value: unknown): Pressed | null {
  const parsed = Invoked.safeParse(value);
  if (!parsed.success) return null;
  const { verb, data } = parsed.data.action;
  return { verb, data: withoutVerb(data ?? {}) };
}

/**
 * The button of an `Action.Submit`, to which clients without `Action.Execute` fall back: a message whose value has the
 * verb among the card's data. Null for any other message.
 */
export function submitted(value: unknown): Pressed | null {
  const parsed = Data.safeParse(value);
  const verb = parsed.data?.["verb"];
  return typeof verb === "string" && verb !== "" ? { verb, data: withoutVerb(parsed.data ?? {}) } : null;
}

function withoutVerb(data: Readonly<Record<string, unknown>>): Pressed["data"] {
  return Object.fromEntries(Object.entries(data).filter(([name]) => name !== "verb"));
}
