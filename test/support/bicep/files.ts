import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parserFor, readBicep, type BicepFile } from "./syntax.ts";

/** Every Bicep file of the repository's infra folder, by its path from the root. */
export async function bicepFiles(): Promise<Map<string, BicepFile>> {
  const root = join(import.meta.dirname, "../../..");
  const parser = await parserFor("bicep");
  const paths = readdirSync(join(root, "infra"), { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".bicep"));
  return new Map(
    paths.sort().map((path) => {
      const name = join("infra", path);
      return [name, readBicep(parser, name, readFileSync(join(root, name), "utf8"))];
    }),
  );
}
