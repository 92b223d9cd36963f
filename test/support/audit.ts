// Known weaknesses of what is shipped: npm run audit
import { spawnSync } from "node:child_process";
import { z } from "zod";

const Refused = z.object({ statusCode: z.literal(405) });
const Report = z.object({ metadata: z.object({ vulnerabilities: z.record(z.string(), z.number()) }) });

export interface AuditOutcome {
  readonly exitCode: 0 | 1;
  readonly text: string;
}

/** What `npm audit --json` said, in a sentence; 0 when nothing of weight is known, and when the registry gives no answer. */
export function outcomeOf(json: string): AuditOutcome {
  const answer: unknown = z.string().transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue("no JSON");
      return z.NEVER;
    }
  }).safeParse(json).data;
  if (Refused.safeParse(answer).success) {
    return { exitCode: 0, text: "Not tried: this registry doesn't answer audits (405). Run it where the public registry can be reached." };
  }
  const report = Report.safeParse(answer).data;
  if (report === undefined) return { exitCode: 1, text: "The audit failed: run npm audit --omit=dev to see why." };
  const { high = 0, critical = 0, total = 0 } = report.metadata.vulnerabilities;
  const text = total === 0 ? "No weakness of a production dependency is known." : `${total} known weaknesses of production dependencies, ${high + critical} of them high or critical: npm audit --omit=dev.`;
  return { exitCode: high + critical > 0 ? 1 : 0, text };
}

if (import.meta.main) {
  const { stdout } = spawnSync("npm", ["audit", "--omit=dev", "--json"], { encoding: "utf8" });
  const { exitCode, text } = outcomeOf(stdout);
  console.log(text);
  process.exitCode = exitCode;
}
