import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Ajv } from "ajv";
import { cardsFolder } from "../../src/adapters/cards/templates.ts";

// Microsoft's schema isn't part of the project: it is used where somebody has put it beside the checkout.
const schemaPath = join(cardsFolder, "../../shared/specs/adaptive-cards/adaptive-card-1.5.0.json");

const read = (path: string) => JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;

const withoutTeamsParts = (card: unknown): unknown =>
  JSON.parse(JSON.stringify(card, (name, value: unknown) => (name === "msteams" ? undefined : value)));

/** What Microsoft's schema of Adaptive Cards 1.5 finds wrong with a card; null when the schema isn't at hand. */
export function microsoftsCheck(): ((card: unknown) => string[]) | null {
  if (!existsSync(schemaPath)) return null;
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  ajv.addMetaSchema(createRequire(import.meta.url)("ajv/dist/refs/json-schema-draft-06.json") as object);
  const { id, ...schema } = read(schemaPath);
  const check = ajv.compile({ ...schema, $id: id as string });
  return (card) => {
    check(withoutTeamsParts(card));
    return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message ?? ""}`);
  };
}
