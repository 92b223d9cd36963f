import { Fault } from "../kernel/errors.ts";
import { type Check, type CheckName, failed, type Finding, skipped, type Verdict } from "./model.ts";

const usualLimitMs = 20_000;

/**
 * Makes all checks, side by side where they don't need each other, and gives what they found in the order of the
 * checks. Never throws and never hangs: what a check throws, and that it takes too long, are findings.
 */
export async function examine(checks: readonly Check[]): Promise<Finding[]> {
  const begun = new Map<CheckName, Promise<readonly Finding[]>>();
  for (const check of checks) {
    const before = (check.needs ?? []).flatMap((name) => begun.get(name) ?? []);
    begun.set(check.name, inTurn(check, before));
  }
  return (await Promise.all(begun.values())).flat();
}

async function inTurn(check: Check, before: readonly Promise<readonly Finding[]>[]): Promise<readonly Finding[]> {
  const missing = (await Promise.all(before)).flat().find(({ state }) => state === "failed" || state === "skipped");
  const found =
    missing === undefined ? await inTime(check) : skipped(`Not looked at: it needs what "${missing.check}" looks at.`);
  return [found].flat().map((verdict) => ({ check: check.name, ...verdict }));
}

async function inTime({ limitMs = usualLimitMs, run }: Check): Promise<Verdict | readonly Verdict[]> {
  const { promise: late, resolve } = Promise.withResolvers<Verdict>();
  const seconds = Math.ceil(limitMs / 1_000);
  const timer = setTimeout(() => {
    resolve(failed(
      `This took longer than ${seconds} s, and was given up.`,
      "See whether what it asks is overloaded or cut off, and try again.",
    ));
  }, limitMs);
  try {
    return await Promise.race([run(), late]);
  } catch (error) {
    if (error instanceof Fault) return failed(error.message, "Put that right and try again.");
    // Its words may hold anything.
    const kind = error instanceof Error ? error.name : typeof error;
    return failed(
      `This couldn't be looked at: Steady itself made a mistake (${kind}).`,
      "Report it to whoever maintains Steady, with this line.",
    );
  } finally {
    clearTimeout(timer);
  }
}
