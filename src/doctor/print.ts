import type { DoctorReport, Finding, State } from "./model.ts";

/** How many findings there are of each state. */
export function countsOf(findings: readonly Finding[]): DoctorReport["counts"] {
  const of = (wanted: State) => findings.filter(({ state }) => state === wanted).length;
  return { ok: of("ok"), warning: of("warning"), failed: of("failed"), skipped: of("skipped") };
}

/** The report for people: a line for each finding, one below it with what to do, and a last line that sums up. */
export function printed({ findings, counts }: Pick<DoctorReport, "findings" | "counts">): string {
  const widest = Math.max(0, ...findings.map(({ check }) => check.length));
  const margin = " ".repeat(stateWidth + widest + 4);
  const lines = findings.flatMap(({ check, state, says, todo }) => [
    `${state.padEnd(stateWidth)}  ${check.padEnd(widest)}  ${says}`,
    ...(todo === null ? [] : [`${margin}To do: ${todo}`]),
  ]);
  return [...lines, "", summary(counts)].join("\n");
}

const stateWidth = "warning".length;

function summary({ ok, warning, failed, skipped }: DoctorReport["counts"]): string {
  const parts = [`${ok} ok`, `${warning} ${warning === 1 ? "warning" : "warnings"}`, `${failed} failed`];
  return `${[...parts, ...(skipped === 0 ? [] : [`${skipped} skipped`])].join(", ")}.`;
}
