import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { readDockerfile, type Instruction } from "./dockerfile.ts";

const root = join(import.meta.dirname, "../..");

export interface Image {
  /** Where the last stage's files are: its "/app" is this folder's "app". */
  readonly root: string;
  /** What its last stage sets. */
  readonly environment: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  remove(): void;
}

function run(command: string, cwd: string): SpawnSyncReturns<string> {
  // Node alone on the way, as in the base image; what npm needs to reach its registry stays.
  const env = { ...process.env, NODE_ENV: undefined, NODE_OPTIONS: undefined, PATH: [dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin"].join(":") };
  return spawnSync("bash", ["-c", command], { cwd, env, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
}

/** What .dockerignore lets in, by its "!" lines, which are all that ours has beside "*" and what it takes out again. */
function isIgnored(path: string, rules: readonly string[]): boolean {
  let ignored = false;
  for (const rule of rules) {
    const wanted = rule.replace(/^!/, "");
    const folders = path.split("/").map((_, count, all) => all.slice(0, count + 1).join("/"));
    const matches = folders.some((folder) => new RegExp(`^${wanted.replaceAll(".", "\\.").replaceAll("*", "[^/]*")}$`).test(folder));
    if (matches) ignored = !rule.startsWith("!");
  }
  return ignored;
}

/**
 * Does by hand what `docker build` would do with the repository's Dockerfile, each stage in a folder of its own, with
 * this process's Node in place of the base image's. Understands the instructions that it has, and throws at others.
 */
export function buildByHand(): Image {
  const folder = mkdtempSync(join(tmpdir(), "steady-image-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    return { ...buildIn(folder), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function buildIn(folder: string): Omit<Image, "remove"> {
  const text = readFileSync(join(root, "Dockerfile"), "utf8");
  const rules = readFileSync(join(root, ".dockerignore"), "utf8").split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const stages = new Map<string, string>();
  const environment: Record<string, string> = {};
  let command: string[] = [];
  let last = folder;
  for (const [place, stage] of readDockerfile(text).entries()) {
    last = join(folder, stage.name ?? String(place));
    if (stage.name !== null) stages.set(stage.name, last);
    let workdir = last;
    for (const instruction of stage.instructions) {
      if (instruction.keyword === "WORKDIR") mkdirSync((workdir = join(last, instruction.text)), { recursive: true });
      else if (instruction.keyword === "COPY") copy(instruction, workdir, stages, rules);
      else if (instruction.keyword === "RUN") {
        const done = run(instruction.text, workdir);
        if (done.status !== 0) throw new Error(`RUN ${instruction.text}:\n${done.stdout}${done.stderr}`);
      } else if (instruction.keyword === "ENV") {
        for (const pair of instruction.text.split(" ")) environment[pair.slice(0, pair.indexOf("="))] = pair.slice(pair.indexOf("=") + 1);
      } else if (instruction.keyword === "CMD") command = JSON.parse(instruction.text);
      else if (!["LABEL", "USER", "EXPOSE", "HEALTHCHECK"].includes(instruction.keyword)) throw new Error(`${instruction.keyword} isn't known here.`);
    }
  }
  return { root: last, environment, command };
}

function copy({ text }: Instruction, workdir: string, stages: ReadonlyMap<string, string>, rules: readonly string[]): void {
  const words = text.split(" ");
  const stage = words[0]?.startsWith("--from=") === true ? stages.get(words.shift()!.slice("--from=".length)) : undefined;
  const target = words.pop()!;
  for (const source of words) {
    const from = join(stage ?? root, source);
    const to = target === "./" ? join(workdir, source) : join(workdir, target);
    const letIn = (path: string) => stage !== undefined || !isIgnored(relative(root, path), rules);
    cpSync(from, to, { recursive: true, verbatimSymlinks: true, filter: letIn });
  }
}
