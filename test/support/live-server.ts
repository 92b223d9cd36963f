import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { roster } from "../app/rosters.ts";
import type { Row } from "../builders/roster.ts";
import type { DirectoryPerson } from "../../src/local/entra/index.ts";
import { type Finished, freePorts, type Process, steady, temporaryFolder } from "./built-server.ts";
import { type LiveStandIns, startLiveStandIns, tabAppId, tenantId } from "./live-stand-ins.ts";

export interface LiveAnswer {
  readonly status: number;
  readonly body: any;
}

/** The built server in live mode, as a process of its own, and the made-up tenant around it. */
export interface LiveServer extends LiveStandIns, Process {
  /** Where it listens by itself, behind the ingress. */
  readonly inside: string;
  /** Runs a command of the command line beside it, with its environment and `more`. */
  command(args: readonly string[], more?: Readonly<Record<string, string>>): Promise<Finished>;
  /** Imports the roster by the command. */
  importRoster(): Promise<Finished>;
  /** Asks its API through the ingress with a token of Entra's for the tab; without one for null. */
  api(who: Row | null, method: string, path: string, body?: object): Promise<LiveAnswer>;
  /** Everything that was said by the server and by each command. */
  saidByAll(): string;
}

const inDirectory = (row: Row): DirectoryPerson => ({
  objectId: row.aad_object_id ?? "",
  tenantId,
  name: row.name ?? "",
  email: row.email ?? "",
  external: row.external === "yes",
});

/**
 * Starts it for these people; `more` is what it is told beside the way to its tenant, such as where its store is.
 * @param world what the tenant's admin has allowed, and its clock
 * @param isFirst true when the roster is imported before the server starts, by the command
 */
export async function startLiveServer(
  rows: readonly Row[],
  more: (folder: string) => Readonly<Record<string, string>>,
  isFirst = false,
  world: Pick<Parameters<typeof startLiveStandIns>[0], "grants" | "entraAhead"> = {},
): Promise<LiveServer & { stopAll(): Promise<Finished> }> {
  const folder = temporaryFolder();
  const port = await freePorts();
  const standIns = await startLiveStandIns({ port, folder, people: async () => rows.map(inDirectory), ...world });
  const keys = join(folder, "keys");
  mkdirSync(keys, { mode: 0o700 });
  const environment = { ...standIns.environment, PULSE_KEYS: keys, ...more(folder) };
  const file = join(folder, "roster.csv");
  writeFileSync(file, roster(...rows));
  const commands: Finished[] = [];
  const command = async (args: readonly string[], changed: Readonly<Record<string, string>> = {}) => {
    const outcome = await steady(args, { ...environment, ...changed }).finished;
    commands.push(outcome);
    return outcome;
  };
  const importRoster = () => command(["roster", "import", file, "--network", "Live test"]);
  if (isFirst) await importRoster();
  const running = steady([], environment);
  await running.said("live mode");
  return {
    ...standIns,
    ...running,
    environment,
    command,
    inside: `http://127.0.0.1:${port}`,
    importRoster,
    async api(who, method, path, body) {
      const token = who === null ? null : await standIns.entra.issueUserToken(who.aad_object_id ?? "", { audience: tabAppId });
      const answer = await fetch(`${standIns.publicUrl}/api/v1/${path}`, {
        method,
        headers: {
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: answer.status, body: await answer.json() };
    },
    saidByAll: () => [running.output(), ...commands.flatMap(({ stdout, stderr }) => [stdout, stderr])].join("\n"),
    async stopAll() {
      running.child.kill("SIGTERM");
      const end = await running.finished;
      await standIns.close();
      return end;
    },
  };
}
