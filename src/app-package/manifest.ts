import { z } from "zod";
import { Fault } from "../kernel/errors.ts";

/** What the package itself reads in the manifest: the files that go along with it. */
const Files = z.object({
  icons: z.object({ color: z.string(), outline: z.string() }),
  localizationInfo: z.object({
    defaultLanguageFile: z.string().optional(),
    additionalLanguages: z.array(z.object({ file: z.string() })).default([]),
  }),
});

/**
 * The manifest's template with a value for every placeholder: "${{NAME}}" anywhere in a text. Throws a Fault "command"
 * for a placeholder that has no value.
 */
export function filledManifest(template: unknown, values: Readonly<Record<string, string>>): unknown {
  if (typeof template === "string") {
    return template.replaceAll(/\$\{\{(\w+)\}\}/g, (placeholder, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Fault("command", `appPackage/manifest.json: nothing fills in ${placeholder}.`);
      return value;
    });
  }
  if (Array.isArray(template)) return template.map((item: unknown) => filledManifest(item, values));
  if (typeof template !== "object" || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([name, part]: [string, unknown]) => [name, filledManifest(part, values)]));
}

/** The names of the pictures and of the language files that a manifest asks for, each once. */
export function filesOf(manifest: unknown): { readonly icons: readonly string[]; readonly languages: readonly string[] } {
  const { icons, localizationInfo } = Files.parse(manifest);
  const { defaultLanguageFile, additionalLanguages } = localizationInfo;
  const languages = [...(defaultLanguageFile === undefined ? [] : [defaultLanguageFile]), ...additionalLanguages.map(({ file }) => file)];
  return { icons: [icons.color, icons.outline], languages: [...new Set(languages)] };
}
