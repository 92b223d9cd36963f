import lighthouse from "lighthouse";
import { launchBrowser } from "../support/browser.ts";
import { build, freePorts, steady, temporaryFolder } from "../support/built-server.ts";

/*
 * `npm run lighthouse`: the built tab's Overview with twelve months of made-up history, measured by Lighthouse as a
 * mid-range phone on a slow network sees it (its own mobile profile: 1.6 Mbit/s, 150 ms, a processor four times slower).
 * Prints the median of three runs beside the targets, and fails when one is missed.
 */

const runs = 3;

interface Measured {
  readonly performance: number;
  readonly accessibility: number;
  /** Milliseconds. */
  readonly contentful: number;
  readonly interactive: number;
  readonly blocked: number;
  readonly shift: number;
  /** Kilobytes of script as they came over the network. */
  readonly script: number;
  /** How fast this machine is; about 1,000 and more for what the profile was made for. */
  readonly machine: number;
}

interface Line {
  readonly name: string;
  readonly of: keyof Measured;
  readonly unit: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

const lines: readonly Line[] = [
  { name: "Performance", of: "performance", unit: "", atLeast: 95 },
  { name: "Accessibility", of: "accessibility", unit: "", atLeast: 100 },
  { name: "Interactive (TTI)", of: "interactive", unit: " ms", atMost: 2_000 },
  { name: "Layout shift (CLS)", of: "shift", unit: "", atMost: 0.05 },
  { name: "Script, compressed", of: "script", unit: " KB", atMost: 250 },
  { name: "Largest contentful paint (LCP)", of: "contentful", unit: " ms" },
  { name: "Total blocking time (TBT)", of: "blocked", unit: " ms" },
  { name: "This machine (Lighthouse's index)", of: "machine", unit: "" },
];

async function measure(url: string, port: number): Promise<Measured> {
  const categories = ["performance", "accessibility"];
  const result = await lighthouse(url, { port, onlyCategories: categories, output: "json", logLevel: "error" });
  if (result === undefined) throw new Error("Lighthouse measured nothing.");
  const { audits, categories: scores, environment, runtimeError } = result.lhr;
  if (runtimeError !== undefined) throw new Error(runtimeError.message);
  const score = (name: string) => Math.round((scores[name]?.score ?? 0) * 100);
  const value = (name: string) => {
    const number = audits[name]?.numericValue;
    if (number === undefined) throw new Error(`Lighthouse has no ${name}.`);
    return number;
  };
  const wrong = Object.values(audits).filter((audit) => audit.score === 0 && scores["accessibility"]?.auditRefs.some(({ id }) => id === audit.id));
  for (const { title } of wrong) console.log(`Accessibility: ${title}`);
  return {
    performance: score("performance"),
    accessibility: score("accessibility"),
    contentful: Math.round(value("largest-contentful-paint")),
    interactive: Math.round(value("interactive")),
    blocked: Math.round(value("total-blocking-time")),
    shift: Number(value("cumulative-layout-shift").toFixed(3)),
    script: Math.ceil(scriptBytes(audits["network-requests"]?.details) / 1000),
    machine: Math.round(environment.benchmarkIndex),
  };
}

/** What the page's scripts weigh, as they came. */
function scriptBytes(details: unknown): number {
  const { items } = details as { items: { resourceType?: string; transferSize?: number }[] };
  return items.reduce((sum, { resourceType, transferSize = 0 }) => sum + (resourceType === "Script" ? transferSize : 0), 0);
}

/** The middle one, value for value. */
function median(all: readonly Measured[], of: keyof Measured): number {
  const sorted = all.map((one) => one[of]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function verdict({ atLeast, atMost }: Line, value: number): { target: string; isMet: boolean } {
  if (atLeast !== undefined) return { target: `at least ${atLeast}`, isMet: value >= atLeast };
  if (atMost !== undefined) return { target: `at most ${atMost}`, isMet: value <= atMost };
  return { target: "", isMet: true };
}

function report(all: readonly Measured[]): boolean {
  const rows = lines.map((line) => {
    const value = median(all, line.of);
    return { measured: line.name, median: `${value}${line.unit}`, ...verdict(line, value), all: all.map((one) => one[line.of]).join(", ") };
  });
  console.table(Object.fromEntries(rows.map(({ measured, isMet, ...rest }) => [measured, { ...rest, met: isMet ? "" : "MISSED" }])));
  return rows.every(({ isMet }) => isMet);
}

build();
const port = await freePorts();
const program = steady(["demo"], { DATA_DIR: temporaryFolder(), PORT: String(port), LOG_LEVEL: "warn" });
try {
  await program.said("Rehearsal:");
  const origin = `http://127.0.0.1:${port}`;
  const people = (await (await fetch(`${origin}/rehearsal/api/people`)).json()) as { items: { key: string; role: string; runsNetwork: boolean }[] };
  const lead = people.items.find(({ role, runsNetwork }) => role === "lead" && runsNetwork);
  if (lead === undefined) throw new Error("The made-up network has no lead.");
  const debugging = await freePorts();
  const browser = await launchBrowser([`--remote-debugging-port=${debugging}`]);
  const all: Measured[] = [];
  try {
    for (let run = 0; run < runs; run += 1) all.push(await measure(`${origin}/tab/?person=${lead.key}#/overview`, debugging));
  } finally {
    await browser.close();
  }
  if (!report(all)) process.exitCode = 1;
} finally {
  program.child.kill("SIGTERM");
  await program.finished;
}
