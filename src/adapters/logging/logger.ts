import { pino, stdTimeFunctions, type DestinationStream } from "pino";
import type { Logger } from "../../kernel/logger.ts";

export const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

const privateFields = [
  "authorization",
  "cookie",
  "token",
  "access_token",
  "secret",
  "password",
  "answers",
  "text",
  "value",
  "inputs",
];

// pino has no path for "at any depth", so each depth that a log line has in practice is named.
const paths = privateFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`, `*.*.*.${field}`]);

interface ErrorForLog {
  readonly type: string;
  readonly message: string;
  readonly code?: unknown;
  readonly stack?: string | undefined;
  readonly cause?: ErrorForLog;
}

// Only these properties: a database's error also carries the row that offended, which may be somebody's answers.
function errorForLog(error: unknown, depth = 0): ErrorForLog {
  if (!(error instanceof Error)) return { type: typeof error, message: "Something that is not an error was thrown." };
  return {
    type: error.name,
    message: error.message,
    ...("code" in error ? { code: error.code } : {}),
    stack: error.stack,
    ...(error.cause !== undefined && depth < 4 ? { cause: errorForLog(error.cause, depth + 1) } : {}),
  };
}

const serializers = { err: (error: unknown) => errorForLog(error), error: (error: unknown) => errorForLog(error) };

/**
 * A logger that writes one line of JSON per entry to stdout, or to `destination`. Tokens, answers and free text are
 * taken out by the name of their field; errors go under `err`.
 */
export function createLogger(options: { level: LogLevel; destination?: DestinationStream }): Logger {
  const settings = {
    level: options.level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths, censor: "[left out]" },
    serializers,
  };
  return options.destination === undefined ? pino(settings) : pino(settings, options.destination);
}
