import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const stamp = join(root, "dist/.built");
const sources = ["src", "package-lock.json", "tsconfig.json", "vite.config.ts"];

function newest(path: string): number {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Builds the server and its pages into dist/ as `npm run build` does, unless what is there is newer than its sources. */
export function build(): void {
  const startedAt = new Date();
  const from = Math.max(...sources.map((source) => newest(join(root, source))));
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= from) return;
  const run = (script: string, ...args: string[]) => {
    const program = join(root, "node_modules", script);
    // Under a test's own NODE_ENV React would be built for developers, twice as large and as slow.
    const env = { ...process.env, NODE_ENV: "production" };
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { cwd: root, env, encoding: "utf8" });
    if (status !== 0) throw new Error(`The build fails:\n${stdout}${stderr}`);
  };
  run("vite/bin/vite.js", "build", "--mode", "server", "--logLevel", "warn");
  run("../dist/build-empty-store.js");
  run("vite/bin/vite.js", "build");
  for (const page of ["respond", "tab", "about"]) run("vite/bin/vite.js", "build", "--mode", page, "--logLevel", "warn");
  writeFileSync(stamp, "");
  // A source that was saved during the build may not be in it.
  if (Math.max(...sources.map((source) => newest(join(root, source)))) > startedAt.getTime()) rmSync(stamp);
}

/** A new folder that goes when this process ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "steady-data-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const keyFolders = new Map<string, string>();

/** The folder of keys that belongs to a data folder: the same one for every process that uses the data. */
function keyFolderOf(dataDir: string): string {
  const folder = keyFolders.get(dataDir) ?? temporaryFolder();
  keyFolders.set(dataDir, folder);
  return folder;
}

function hold(port: number): Promise<Server | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

/** Fours of ports that a process goes through before it takes the first one again. */
const foursOfOne = 10;
let given = 0;

/** The first of four free ports in a row: the server's, and its stand-ins' when it starts them itself. */
export async function freePorts(): Promise<number> {
  // Processes with numbers side by side, such as Jest's workers, each have fours of their own: between a look and the
  // server that takes what was free there is a moment for somebody else.
  const first = 20_000 + 4 * foursOfOne * (process.pid % 300);
  for (;; given += 1) {
    const port = first + 4 * (given % foursOfOne);
    const held = await Promise.all([port, port + 1, port + 2, port + 3].map(hold));
    await Promise.all(held.map((server) => new Promise((resolve) => (server === null ? resolve(null) : server.close(resolve)))));
    if (!held.every((server) => server !== null)) continue;
    given += 1;
    return port;
  }
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Process {
  readonly child: ChildProcess;
  /** What it has said on both channels until now. */
  output(): string;
  /** Resolves once it has said this; throws when it ends before. */
  said(text: string): Promise<void>;
  readonly finished: Promise<Finished>;
}

type Environment = Readonly<Record<string, string>>;

/** What `npm start` and the image say to Node. */
function nodeOptions(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: { start: string } };
  return scripts.start.split(" ").filter((word) => word.startsWith("--"));
}

/** What the image's environment has for how fast and how large the program is. */
export const imageSettings = { MALLOC_ARENA_MAX: "2" };

/**
 * Runs the built program with these arguments, and nothing else of this process's settings. The keys to its pulse
 * answers lie in a folder of their own, unless it is told where.
 */
export function steady(args: readonly string[], environment: Environment): Process {
  const { PATH = "" } = process.env;
  const { DATA_DIR } = environment;
  const keys = DATA_DIR === undefined ? {} : { PULSE_KEYS: keyFolderOf(DATA_DIR) };
  const env = { PATH, TZ: "Asia/Kathmandu", ...imageSettings, ...keys, ...environment };
  const child = spawn(process.execPath, [...nodeOptions(), join(root, "dist/main.js"), ...args], { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  const killIt = () => child.kill("SIGKILL");
  process.once("exit", killIt);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const finished = once(child, "close").then(() => {
    process.removeListener("exit", killIt);
    return { code: child.exitCode, stdout, stderr };
  });
  return {
    child,
    output: () => stdout + stderr,
    finished,
    said: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (stdout.includes(text)) resolve();
        };
        child.stdout.on("data", look);
        look();
        void finished.then((end) => reject(new Error(`It ended (${String(end.code)}) without "${text}":\n${end.stdout}${end.stderr}`)));
      }),
  };
}

export interface ServerProcess extends Process {
  readonly url: string;
  /** Ends it without warning. */
  kill(): Promise<void>;
  /** Asks it to stop, and says how it ended. */
  stop(): Promise<Finished>;
  /** A bearer token of somebody of the roster. */
  tokenOf(email: string): Promise<string>;
}

/** Starts the built server, by `serve` or by the command that is given, and waits until it is ready. */
export async function startServer(
  environment: Environment & { readonly PORT: string },
  command: readonly string[] = [],
): Promise<ServerProcess> {
  const running = steady(command, environment);
  await running.said("Rehearsal:");
  const url = `http://127.0.0.1:${environment.PORT}`;
  return {
    ...running,
    url,
    async kill() {
      running.child.kill("SIGKILL");
      await running.finished;
    },
    async stop() {
      running.child.kill("SIGTERM");
      return running.finished;
    },
    async tokenOf(person) {
      const answer = await fetch(`${url}/local/token`, { method: "POST", body: JSON.stringify({ person }) });
      return ((await answer.json()) as { token: string }).token;
    },
  };
}
