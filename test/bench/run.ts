import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { build } from "../support/built-server.ts";
import { type Measured, machine, printTable } from "./report.ts";
import { isMet, type Scenario } from "./scenario.ts";
import { scenarios } from "./scenarios/index.ts";

/*
 * `npm run bench` measures everything, `npm run bench -- fan-out answers` some of it. `--short` runs small forms that
 * show that each works; `--json FILE` writes the figures for comparison. Ends with 1 when a target is missed or a
 * scenario fails.
 */

async function measure(scenario: Scenario, isShort: boolean): Promise<Measured> {
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 100) / 10;
  console.log(`\n${scenario.name}: ${scenario.about}`);
  try {
    const figures = await scenario.run({ isShort, note: (text) => console.log(`  ${seconds()} s  ${text}`) });
    return { scenario: scenario.name, figures, seconds: seconds() };
  } catch (error) {
    console.error(error);
    return { scenario: scenario.name, figures: [], error: error instanceof Error ? error.message : String(error), seconds: seconds() };
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { short: { type: "boolean", default: false }, json: { type: "string" } },
});
const unknown = positionals.filter((name) => !scenarios.some((scenario) => scenario.name === name));
if (unknown.length > 0) {
  console.error(`There is no scenario ${unknown.join(", ")}: choose from ${scenarios.map(({ name }) => name).join(", ")}.`);
  process.exit(2);
}
build();
const on = machine();
console.log(`${on.cores} cores of ${on.processor}, ${on.memoryGb} GB, Node ${on.node}, commit ${on.commit}, load ${on.loadBefore}`);
const all: Measured[] = [];
for (const scenario of scenarios) {
  if (positionals.length > 0 && !positionals.includes(scenario.name)) continue;
  all.push(await measure(scenario, values.short));
}
console.log();
printTable(all, values.short);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ machine: on, isShort: values.short, scenarios: all }, null, 2)}\n`);
const failed = all.filter(({ error }) => error !== undefined).length;
const missed = values.short ? 0 : all.flatMap(({ figures }) => figures).filter((one) => !isMet(one)).length;
console.log(`${all.length - failed} scenarios passed, ${failed} failed; ${missed} targets missed.`);
process.exit(failed + missed > 0 ? 1 : 0);
