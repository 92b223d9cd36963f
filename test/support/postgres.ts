import { execFileSync, spawn } from "node:child_process";
import { accessSync, chownSync, constants, existsSync, mkdtempSync, readdirSync, statfsSync } from "node:fs";
import { createServer, Socket } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import pg from "pg";

const howToGetIt =
  "These tests need PostgreSQL 15 or newer: install it (initdb and postgres are found on the PATH or in " +
  "/usr/lib/postgresql), or set DATABASE_URL_TEST to a server on which databases may be made.";

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Where these programs of PostgreSQL are; null when they aren't found together. */
export function binFolder(programs: readonly string[] = ["initdb", "postgres"]): string | null {
  const packaged = "/usr/lib/postgresql";
  const versions = existsSync(packaged) ? readdirSync(packaged).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...(process.env["PATH"] ?? "").split(delimiter),
    ...versions.map((version) => join(packaged, version, "bin")),
    "/opt/homebrew/opt/postgresql/bin",
  ];
  const runs = (file: string) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  };
  return folders.find((folder) => programs.every((program) => runs(join(folder, program)))) ?? null;
}

function findOrInstall(): string {
  const found = binFolder();
  if (found !== null) return found;
  if (!isRoot() || !existsSync("/etc/debian_version")) throw new Error(howToGetIt);
  try {
    execFileSync("apt-get", ["update", "-q"], { stdio: "ignore" });
    execFileSync("apt-get", ["install", "-y", "-q", "--no-install-recommends", "postgresql"], {
      stdio: "ignore",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  } catch (cause) {
    throw new Error(howToGetIt, { cause });
  }
  const installed = binFolder();
  if (installed === null) throw new Error(howToGetIt);
  return installed;
}

/** initdb refuses root, so root becomes somebody else for it. */
export function ordinaryUser(): { uid: number; gid: number } | null {
  if (!isRoot()) return null;
  const numberOf = (flag: string, user: string) =>
    Number(execFileSync("id", [flag, user], { encoding: "utf8", stdio: "pipe" }));
  for (const user of ["postgres", "nobody"]) {
    try {
      return { uid: numberOf("-u", user), gid: numberOf("-g", user) };
    } catch {
      continue;
    }
  }
  throw new Error(howToGetIt);
}

/**
 * Where a server that may forget keeps its data: in memory where Linux has room for it, since every test copies a database
 * of hundreds of small files, and a disk's file system takes more processor time for those than the test itself.
 */
function quickFolder(): string {
  const inMemory = "/dev/shm";
  const needed = 3 * 2 ** 30;
  try {
    accessSync(inMemory, constants.W_OK);
    const { bavail, bsize } = statfsSync(inMemory);
    return bavail * bsize >= needed ? inMemory : tmpdir();
  } catch {
    return tmpdir();
  }
}

/** A port of this machine on which nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

/** Waits until a server takes connections; throws when it doesn't by the deadline (milliseconds since 1970). */
export async function untilItAnswers(url: string, deadline: number): Promise<void> {
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return;
    } catch (cause) {
      if (Date.now() > deadline) throw new Error("the PostgreSQL server of the tests doesn't start", { cause });
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

/**
 * Starts a PostgreSQL server of its own on a free port of this machine, on a new folder, and gives its address. It stops,
 * and its folder goes, when this process ends, however it ends.
 * @param keeps "what it can" writes without fsync, for tests; "everything" has PostgreSQL's own settings, which lose nothing
 */
export async function startPostgres(keeps: "what it can" | "everything" = "what it can"): Promise<string> {
  const bin = findOrInstall();
  const user = ordinaryUser();
  const folder = mkdtempSync(join(keeps === "everything" ? tmpdir() : quickFolder(), "steady-postgres-"));
  if (user !== null) chownSync(folder, user.uid, user.gid);
  const as = { ...(user ?? {}), cwd: folder };
  const data = join(folder, "data");
  const initdb = ["-D", data, "-U", "steady", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"];
  execFileSync(join(bin, "initdb"), initdb, { ...as, stdio: "pipe" });

  const port = await freePort();
  const speed = keeps === "everything" ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "jit=off"];
  // The log is kept for the tests that read it, however many others write to it meanwhile.
  const settings = [...speed, "max_connections=200", "wal_keep_size=512MB"];
  const options = [
    ...["-D", data, "-p", String(port), "-h", "127.0.0.1", "-c", "unix_socket_directories="],
    ...settings.flatMap((setting) => ["-c", setting]),
  ];
  // The shell's input ends with this process, even when it is killed; then the shell stops the server.
  const script = '"$0" "$@" >/dev/null 2>&1 & pid=$!; cat >/dev/null; kill -INT $pid; wait $pid; rm -rf "$PWD"';
  const shell = spawn("sh", ["-c", script, join(bin, "postgres"), ...options], {
    ...as,
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  shell.unref();
  if (shell.stdin instanceof Socket) shell.stdin.unref();

  const url = `postgres://steady@127.0.0.1:${port}/postgres`;
  await untilItAnswers(url, Date.now() + 30_000);
  return url;
}
