import { systemClock } from "../adapters/system.ts";
import { printed } from "./print.ts";
import { examineDeployment } from "./report.ts";

/**
 * `steady doctor [--json]`: what is well with this deployment, what isn't, and what to do about it. Gives what to print
 * (a table for people, or one JSON document that `DoctorReport` describes) and the exit code: 0 when nothing failed,
 * warnings or not, and 1 otherwise.
 */
export async function doctor(
  environment: Readonly<Record<string, string | undefined>>,
  asJson: boolean,
): Promise<{ readonly text: string; readonly exitCode: 0 | 1 }> {
  const report = await examineDeployment(environment, systemClock);
  return { text: asJson ? JSON.stringify(report, null, 2) : printed(report), exitCode: report.ok ? 0 : 1 };
}
