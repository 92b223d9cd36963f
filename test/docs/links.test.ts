import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { Environment } from "../../src/config/environment.ts";

const root = join(import.meta.dirname, "../..");
const documents = ["README.md", ...readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`)];
const read = (path: string) => readFileSync(join(root, path), "utf8");
const texts = new Map(documents.map((path) => [path, read(path)]));

/** The text of every match's first group, with the document that it stands in. */
function named(pattern: RegExp): { readonly document: string; readonly what: string }[] {
  return [...texts].flatMap(([document, text]) => [...text.matchAll(pattern)].map(([, what = ""]) => ({ document, what })));
}

/** What is named and isn't there, as "document: what", so that a failure says where to look. */
function missing(found: readonly { readonly document: string; readonly what: string }[], isThere: (what: string, document: string) => boolean): string[] {
  return found.filter(({ document, what }) => !isThere(what, document)).map(({ document, what }) => `${document}: ${what}`);
}

/** A heading's anchor as GitHub makes it. */
const anchorOf = (heading: string) => heading.trim().toLowerCase().replace(/[^\p{L}\p{N}\s-]/gu, "").replace(/\s/g, "-");
const withoutCode = (text: string) => text.replace(/^```[\s\S]*?^```/gm, "");
const anchorsIn = (text: string) => [...withoutCode(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading));

/** Every file that says by its name what a variable is called. */
const ofVariables = ["src/config/*.ts", "src/app-package/*.ts", "src/adapters/telemetry/*.ts", "infra/**/*.{bicep,json,sh,ps1,yaml}", "test/support/*.ts", "Dockerfile"];
const variableWords = new Set(
  globSync(ofVariables, { cwd: root }).flatMap((path) => [...read(path).matchAll(/\b(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|MicrosoftApp[A-Z]\w+)\b/g)].map(([word]) => word)),
);

const usage = /const usage = `([^`]*)`/.exec(read("src/commands.ts"))?.[1] ?? "";
const commands = [...usage.matchAll(/^ {2}([a-z]+(?: [a-z]+)?)(?= |$)/gm)].map(([, command]) => command);

describe("the documents", () => {
  it("lead by every relative link to a file and a heading that are there", () => {
    const links = [...named(/\]\(([^)\s]+)\)/g), ...named(/src="([^"]+)"/g)].filter(({ what }) => !/^(?:[a-z]+:|\/)/.test(what));
    expect(links.length).toBeGreaterThan(20);
    const isThere = (link: string, document: string) => {
      const [path = "", anchor] = link.split("#");
      const file = path === "" ? document : normalize(join(dirname(document), path));
      if (!existsSync(join(root, file))) return false;
      return anchor === undefined || anchorsIn(read(file)).includes(anchor);
    };
    expect(missing(links, isThere)).toEqual([]);
  });

  it("name no file or folder that isn't there", () => {
    const paths = named(/`((?:src|test|infra|docs|appPackage|adaptive-cards)\/[^`\s]*)`/g);
    expect(paths.length).toBeGreaterThan(100);
    const isThere = (path: string) => {
      if (path.includes("*")) return globSync(path, { cwd: root }).length > 0;
      return existsSync(join(root, path));
    };
    expect(missing(paths, isThere)).toEqual([]);
  });

  it("name no test that its file hasn't got", () => {
    const tests = [...texts].flatMap(([document, text]) =>
      [...text.matchAll(/`(test\/[^`]+\.ts)`: (“[^”]+”(?:(?:,| and) “[^”]+”)*)/g)].flatMap(([, file = "", names = ""]) =>
        [...names.matchAll(/“([^”]+)”/g)].map(([, name = ""]) => ({ document, file, name })),
      ),
    );
    expect(tests.length).toBeGreaterThan(30);
    const isThere = ({ file, name }: { file: string; name: string }) => existsSync(join(root, file)) && read(file).includes(`"${name}"`);
    expect(tests.filter((test) => !isThere(test))).toEqual([]);
  });

  it("name no environment variable that nothing reads", () => {
    const variables = named(/(?<![\w./$-])((?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)|MicrosoftApp[A-Z]\w+)(?![\w-])/g);
    expect(variables.length).toBeGreaterThan(50);
    const known = new Set([...Object.keys(Environment.shape), ...variableWords]);
    expect(missing(variables, (name) => known.has(name))).toEqual([]);
  });

  it("name no command of ours that isn't one", () => {
    expect(commands.length).toBeGreaterThan(4);
    const said = named(/(?:`steady |npm run steady -- |dist\/main\.js )([a-z]+(?: [a-z]+)?)?/g).filter(({ what }) => what !== "");
    expect(missing(said, (what) => commands.includes(what) || commands.includes(what.split(" ")[0] ?? ""))).toEqual([]);
    const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read("package.json")));
    expect(missing(named(/npm run ([a-z][\w:-]*)/g), (script) => script in scripts)).toEqual([]);
  });

  it("name no metric that isn't measured", () => {
    const instruments = read("src/adapters/telemetry/instruments.ts");
    expect(missing(named(/`(steady\.[a-z_]+\.?[a-z_.]*|http\.server\.[a-z.]+)`/g), (metric) => instruments.includes(`"${metric}"`))).toEqual([]);
  });
});
