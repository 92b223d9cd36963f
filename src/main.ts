import { parseArgs } from "node:util";
import { runCommand } from "./commands.ts";
import { Fault } from "./kernel/errors.ts";

const { positionals, values } = parseArgs({ allowPositionals: true, options: { network: { type: "string" }, out: { type: "string" }, json: { type: "boolean" } } });

try {
  await runCommand(positionals, values, process.env);
} catch (error) {
  // A fault has a sentence for whoever runs the command; anything else is a mistake of ours and shows where.
  console.error(error instanceof Fault ? error.message : error);
  process.exitCode = 1;
}
