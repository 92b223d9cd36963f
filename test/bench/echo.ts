import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../support/built-server.ts";

/** The echo bot as a process of its own. */
export interface Echo {
  readonly url: string;
  readonly pid: number;
  stop(): void;
}

/** Starts it with the server's own way to its tenant, to answer every press with this card. */
export async function startEcho(environment: Readonly<Record<string, string>>, card: object): Promise<Echo> {
  const file = join(temporaryFolder(), "card.json");
  writeFileSync(file, JSON.stringify(card));
  const { PATH = "" } = process.env;
  const env = { PATH, NODE_ENV: "production", ...environment, ECHO_CARD: file };
  const child = spawn(process.execPath, [join(import.meta.dirname, "echo-bot.ts")], { env, stdio: ["ignore", "pipe", "inherit"] });
  const killIt = () => child.kill("SIGKILL");
  process.once("exit", killIt);
  let said = "";
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      const [at] = /http:\S+/.exec(said) ?? [];
      if (at !== undefined) resolve(at);
    });
    child.once("exit", () => reject(new Error("The echo bot has ended.")));
  });
  return {
    url,
    pid: child.pid ?? 0,
    stop() {
      process.removeListener("exit", killIt);
      child.kill("SIGKILL");
    },
  };
}
