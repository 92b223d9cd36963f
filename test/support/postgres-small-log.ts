import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { binFolder, freePort, ordinaryUser, untilItAnswers } from "./postgres.ts";

/**
 * A PostgreSQL server whose log is in a folder of another disk, in files of one megabyte, and which is started again
 * whenever it ends, as a service is.
 */
export async function startPostgresWithLogOn(logFolder: string): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const bin = binFolder();
  if (bin === null) throw new Error("The tests' own PostgreSQL is needed.");
  const user = ordinaryUser();
  const folder = mkdtempSync(join(tmpdir(), "steady-postgres-log-"));
  if (user !== null) chownSync(folder, user.uid, user.gid);
  const as = { ...(user ?? {}), cwd: folder };
  const data = join(folder, "data");
  const initdb = ["-D", data, "-U", "steady", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-X", join(logFolder, "wal"), "--wal-segsize=1"];
  execFileSync(join(bin, "initdb"), initdb, { ...as, stdio: "pipe" });
  const port = await freePort();
  const settings = ["min_wal_size=2MB", "max_wal_size=8MB"].flatMap((setting) => ["-c", setting]);
  const options = ["-D", data, "-p", String(port), "-h", "127.0.0.1", "-c", "unix_socket_directories=", ...settings];
  const stop = new AbortController();
  const { signal } = stop;
  let running: ChildProcess | null = null;
  const end = () => running?.kill("SIGQUIT");
  process.once("exit", end);
  const service = (async () => {
    while (!signal.aborted) {
      running = spawn(join(bin, "postgres"), options, { ...as, stdio: "ignore" });
      await once(running, "exit");
      await delay(500, undefined, { signal }).catch(() => undefined);
    }
  })();
  const url = `postgres://steady@127.0.0.1:${port}/postgres`;
  await untilItAnswers(url, Date.now() + 30_000);
  return {
    url,
    async stop() {
      stop.abort();
      end();
      await service;
      process.removeListener("exit", end);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
