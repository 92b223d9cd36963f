import { recordingLogger } from "../../support/logger.ts";
import { storedIn } from "../access/stored.ts";
import type { TestApp } from "../test-app.ts";

export interface Attempt {
  /** What it is called in a report. */
  readonly what: string;
  readonly method: string;
  /** From the first "/". */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** True where something that is broken already arrives with a good signature, so that an error in the log is right. */
  readonly mayBeLogged?: true;
}

/** Milliseconds within which everything is answered; a machine that does other work besides takes ten times its time. */
const longest = 5_000;

/** What invokes of an unknown kind are answered with, as the Bot Framework has it. */
const notImplemented = 501;

const inShort = ({ what, method, path, body }: Attempt) => {
  const sent = typeof body === "string" ? body : body === undefined ? "" : `bytes ${Buffer.from(body).toString("base64")}`;
  return `${what}: ${method} ${path.slice(0, 300)} ${sent.slice(0, 600)}`;
};

/** A logger for the application, and what is wrong with its answers to what it is sent. */
export function watching() {
  const { logger, lines } = recordingLogger();
  const wrong: string[] = [];
  const statuses = new Map<string, number>();
  const readable = (_: string, value: unknown) => (value instanceof Error ? value.stack?.split("\n").slice(0, 6).join(" | ") : value);
  const faults = (since: number) =>
    lines
      .slice(since)
      .flatMap((line) => (line.level === "error" ? [JSON.stringify(line, readable)] : []))
      // What the Connector refuses isn't a fault of the application's.
      .filter((line) => !line.includes('"ServiceRefusal"'));

  return {
    logger,
    /** Everything that the log has on the level "error". */
    faults: () => faults(0),
    /** What shouldn't have been, in words, each with the attempt that led to it. */
    wrong,
    /** How often each status was answered. */
    statuses: () => Object.fromEntries([...statuses].sort()),
    /**
     * Sends each, one after the other. Wrong is an answer of 500 and above, none in time, a line of the level "error" in
     * the log, and anything that is stored by what is refused.
     * @param isChecked whether the store is looked at after this refusal; each time when left out
     */
    async send(app: TestApp, attempts: Iterable<Attempt>, isChecked: (attempt: Attempt) => boolean = () => true): Promise<void> {
      const stored = await storedIn(app.database);
      let before: Record<string, string> | null = null;
      for (const attempt of attempts) {
        const linesBefore = lines.length;
        before ??= await stored.all();
        const status = await answerTo(`${app.url}${attempt.path}`, attempt);
        const kind = `${attempt.what.split(" ")[0] ?? ""} ${status}`;
        statuses.set(kind, (statuses.get(kind) ?? 0) + 1);
        if (typeof status === "string" || (status >= 500 && status !== notImplemented)) wrong.push(`${status} to ${inShort(attempt)}`);
        if (attempt.mayBeLogged !== true) wrong.push(...faults(linesBefore).map((line) => `${line.slice(0, 1_000)} at ${inShort(attempt)}`));
        const isRefused = typeof status === "number" && status >= 400;
        if (isRefused && isChecked(attempt)) {
          const after = await stored.all();
          const changed = Object.keys(after).filter((table) => after[table] !== before?.[table]);
          if (changed.length > 0) wrong.push(`${status}, and yet stored in ${changed.join(", ")}: ${inShort(attempt)}`);
          before = after;
        } else if (!isRefused && attempt.method !== "GET") before = null;
      }
    },
  };
}

async function answerTo(url: string, { method, headers, body }: Attempt): Promise<number | string> {
  const signal = AbortSignal.timeout(longest);
  try {
    const answer = await fetch(url, { method, headers, redirect: "manual", signal, ...(body === undefined ? {} : { body }) });
    await answer.arrayBuffer();
    return answer.status;
  } catch (error) {
    return signal.aborted ? `no answer within ${longest} ms` : `no answer (${String(error instanceof Error ? error.cause : error)})`;
  }
}
