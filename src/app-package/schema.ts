import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import AjvDraft04 from "ajv-draft-04";
import { z } from "zod";

const require = createRequire(import.meta.url);

const Schema = z.record(z.string(), z.unknown());

/** A check against one of Microsoft's schemas: what is wrong, a line each. */
export type SchemaCheck = (value: unknown) => string[];

/** The check of a draft-04 schema in a file. */
export function schemaCheck(path: string): SchemaCheck {
  // Some of Microsoft's patterns aren't ones that Unicode mode takes.
  const ajv = new AjvDraft04.default({ strict: false, allErrors: true, validateFormats: false, unicodeRegExp: false });
  const check = ajv.compile(Schema.parse(JSON.parse(readFileSync(path, "utf8"))));
  return (value) => {
    check(value);
    return (check.errors ?? []).map(({ instancePath, message = "is wrong", params }) => {
      const { additionalProperty } = z.object({ additionalProperty: z.string().optional() }).parse(params);
      return `${instancePath === "" ? "the file" : instancePath.slice(1)} ${message}${additionalProperty === undefined ? "" : ` (${additionalProperty})`}`;
    });
  };
}

/** The check of a manifest of version 1.29, as Microsoft publishes it. */
export const manifestCheck = (): SchemaCheck =>
  schemaCheck(require.resolve("@microsoft/app-manifest/build/json-schemas/teams/v1.29/MicrosoftTeams.schema.json"));

/** The check of a language file that goes with such a manifest. */
export const languageCheck = (): SchemaCheck =>
  schemaCheck(require.resolve("@microsoft/app-manifest/build/json-schemas/teams/v1.29/MicrosoftTeams.Localization.schema.json"));
