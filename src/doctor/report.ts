import { setTimeout as delay } from "node:timers/promises";
import { programVersion } from "../app-package/build.ts";
import { type Config, readConfig } from "../config.ts";
import { Fault } from "../kernel/errors.ts";
import type { Clock } from "../kernel/time.ts";
import { checksOf } from "./checks/index.ts";
import { problemsOf } from "./checks/configuration.ts";
import { type Check, CheckName, DoctorReport, type Finding, skipped } from "./model.ts";
import { countsOf } from "./print.ts";
import { examine } from "./run.ts";
import { surroundingsOf } from "./surroundings.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const Mode = DoctorReport.shape.mode;

/**
 * Looks at a deployment from where this process runs, with the environment of its server, and says how each part of it
 * is. Changes nothing, save that it keeps a key that is nobody's where PULSE_KEYS says and purges it again. Never throws
 * for what it finds, and ends within two minutes.
 */
export async function examineDeployment(environment: Environment, clock: Clock): Promise<DoctorReport> {
  const findings = await findingsOf(environment, clock);
  const counts = countsOf(findings);
  return {
    at: clock.now().toString({ smallestUnit: "second" }),
    version: programVersion(),
    mode: Mode.safeParse(environment["STEADY_MODE"]?.trim() || "local").data ?? null,
    ok: counts.failed === 0,
    counts,
    findings,
  };
}

async function findingsOf(environment: Environment, clock: Clock): Promise<Finding[]> {
  const isSet = (name: string) => (environment[name] ?? "").trim() !== "";
  let config: Config;
  try {
    config = readConfig({ ...environment });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return examine(unreadable(error));
  }
  const surroundings = surroundingsOf(config, clock);
  try {
    return await examine(checksOf(surroundings, isSet));
  } finally {
    // A store that hangs mustn't keep the report back.
    await Promise.race([surroundings.close(), delay(3_000, undefined, { ref: false })]);
  }
}

/** What is wrong with the configuration; everything else rests on it. */
function unreadable(fault: Fault): Check[] {
  return CheckName.options.map((name): Check =>
    name === "configuration"
      ? { name, run: async () => problemsOf(fault) }
      : { name, needs: ["configuration"], run: async () => skipped("Not looked at.") },
  );
}
