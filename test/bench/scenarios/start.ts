import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePorts, steady } from "../../support/built-server.ts";
import { type Figure, figure, median, type RunOptions, type Scenario } from "../scenario.ts";
import { usageOf } from "../usage.ts";
import { withWorld } from "../world.ts";
import { sendRound } from "./fan-out.ts";

interface LogEntry {
  readonly kind?: string;
  readonly status?: number;
}

/** Starts local mode in this folder; gives the seconds until `isThere`, and ends it. */
async function startedIn(folder: string, isThere: (url: string) => Promise<boolean>): Promise<number> {
  const port = await freePorts();
  const began = performance.now();
  const running = steady([], { DATA_DIR: join(folder, "data"), PULSE_KEYS: join(folder, "keys"), PORT: String(port), LOG_LEVEL: "warn" });
  try {
    for (;;) {
      if (await isThere(`http://127.0.0.1:${port}`).catch(() => false)) return (performance.now() - began) / 1_000;
      if (running.child.exitCode !== null) throw new Error(`It ended: ${running.output()}`);
      await pause(10);
    }
  } finally {
    running.child.kill("SIGTERM");
    await running.finished;
  }
}

/** The sample's round has brought a card to somebody's chat. */
async function hasSentACard(url: string): Promise<boolean> {
  const log = (await (await fetch(`${url}/rehearsal/api/log`)).json()) as { items?: LogEntry[] } | LogEntry[];
  const entries = Array.isArray(log) ? log : (log.items ?? []);
  return entries.some(({ kind, status }) => kind === "send" && status === 201);
}

const isReady = async (url: string) => (await fetch(`${url}/readyz`)).ok;

/** Seconds from its start until a bot of botbuilder and restify alone listens. */
async function bareBot(folder: string): Promise<number> {
  const card = join(folder, "card.json");
  writeFileSync(card, "{}");
  const began = performance.now();
  const id = "1c2d3e4f-5a6b-4c7d-8e9f-0a1b2c3d4e5f";
  const env = {
    ...{ PATH: process.env["PATH"], ECHO_CARD: card, MicrosoftAppType: "SingleTenant", MicrosoftAppId: id, MicrosoftAppTenantId: id },
    ...{ MicrosoftAppPassword: "none", BOT_OPENID_METADATA_URL: "http://127.0.0.1:1/", BOT_TOKEN_ISSUER: "none" },
  };
  const child = spawn(process.execPath, [join(import.meta.dirname, "../echo-bot.ts")], { env, stdio: ["ignore", "pipe", "ignore"] });
  try {
    await new Promise<void>((resolve, reject) => {
      child.stdout.on("data", (text: Buffer) => {
        if (text.includes("echo bot at")) resolve();
      });
      child.once("exit", () => reject(new Error("The bare bot ended.")));
    });
    return (performance.now() - began) / 1_000;
  } finally {
    child.removeAllListeners("exit");
    child.kill("SIGKILL");
  }
}

async function starts({ isShort, note }: RunOptions): Promise<Figure[]> {
  const runs = isShort ? 1 : 5;
  const [first, again, bare]: [number[], number[], number[]] = [[], [], []];
  // The first run warms the machine's caches, and isn't counted.
  for (let run = isShort ? 0 : -1; run < runs; run += 1) {
    const folder = mkdtempSync(join(tmpdir(), "steady-start-"));
    try {
      mkdirSync(join(folder, "keys"), { mode: 0o700 });
      const [one, other, alone] = [await startedIn(folder, hasSentACard), await startedIn(folder, isReady), await bareBot(folder)];
      note(`first card after ${one.toFixed(2)} s in a new folder; ready after ${other.toFixed(2)} s in it; a bare bot listens after ${alone.toFixed(2)} s`);
      if (run < 0) continue;
      first.push(one);
      again.push(other);
      bare.push(alone);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return [
    figure("local mode, new folder: start to first card", "s", first, { atMost: 3 }),
    figure("local mode, its folder there: start to ready", "s", again, { atMost: 3 }),
    figure("bare botbuilder and restify: start to listening", "s", bare),
    figure("start to first card, by the bare bot's start", "×", [median(first) / median(bare)]),
  ];
}

/** The server's memory once it has sent so many cards. */
async function memory(engine: "embedded" | "server", { isShort, note }: RunOptions): Promise<Figure[]> {
  const people = isShort ? 60 : 10_000;
  return withWorld({ people, engine, areChatsKnown: engine === "server" }, async (world) => {
    const { deliveries } = await sendRound(world, note);
    if (deliveries.delivered !== people) throw new Error(`Not everybody has a card: ${JSON.stringify(deliveries)}`);
    const { memory: now, peakMemory } = usageOf(world.servers[0]?.pid ?? 0);
    const where = engine === "embedded" ? "embedded" : "with PostgreSQL";
    return [
      figure(`memory after ${people} cards, ${where}`, "MB", [now], { atMost: engine === "embedded" ? 450 : 250 }),
      figure(`memory at most until then, ${where}`, "MB", [peakMemory]),
    ];
  });
}

export const start: Scenario = {
  name: "start",
  about: "start to first card in local mode beside a bare bot's start, and the server's memory after 10,000 cards on both engines",
  run: async (options) => [...(await starts(options)), ...(await memory("server", options)), ...(await memory("embedded", options))],
};
