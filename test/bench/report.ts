import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import { type Figure, isMet } from "./scenario.ts";

export interface Measured {
  readonly scenario: string;
  readonly figures: readonly Figure[];
  /** Set when it broke off. */
  readonly error?: string;
  readonly seconds: number;
}

/** The machine that was measured on, as it goes beside the figures. */
export function machine() {
  const [first] = cpus();
  return {
    processor: first?.model.trim() ?? "unknown",
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${release()}`,
    node: process.version,
    commit: commit(),
    at: new Date().toISOString(),
    /** Programs that waited for a processor before anything was measured, over a minute; near 0 on a quiet machine. */
    loadBefore: Number(readFileSync("/proc/loadavg", "utf8").split(" ")[0]),
  };
}

function commit(): string {
  try {
    const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8", stdio: "pipe" }).trim();
    return `${git("rev-parse", "--short", "HEAD")}${git("status", "--porcelain") === "" ? "" : " with changes"}`;
  } catch {
    return "unknown";
  }
}

const rounded = (value: number) => (Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

function targetInWords({ target, unit }: Figure): string {
  if (target === undefined) return "";
  const { atLeast, atMost } = target;
  return [atLeast === undefined ? "" : `≥ ${atLeast}`, atMost === undefined ? "" : `≤ ${atMost}`].filter((part) => part !== "").join(", ") + ` ${unit}`;
}

/** Prints every figure on a line of its own. */
export function printTable(all: readonly Measured[], isShort: boolean): void {
  const rows = all.flatMap(({ scenario, figures, error }) => [
    ...figures.map((one) => ({
      scenario,
      figure: one.name,
      measured: `${rounded(one.value)} ${one.unit}`,
      target: isShort ? "" : targetInWords(one),
      runs: (one.runs ?? []).map(rounded).join(", "),
      verdict: one.target === undefined || isShort ? "" : isMet(one) ? "met" : "MISSED",
    })),
    ...(error === undefined ? [] : [{ scenario, figure: "", measured: error.slice(0, 100), target: "", runs: "", verdict: "FAILED" }]),
  ]);
  console.table(rows);
}
