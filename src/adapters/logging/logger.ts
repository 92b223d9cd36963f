import { type DestinationStream, type Logger as PinoLogger, pino, stdTimeFunctions } from "pino";
import type { Logger } from "../../kernel/logger.ts";

export const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

const privateFields = new Set([
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
]);

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The same fields without the private ones, however deep they lie; pino's own way costs as much as a turn's other work. */
function withoutPrivate(fields: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]: [string, unknown]) => [name, privateFields.has(name) ? "[left out]" : within(value)]),
  );
}

// Errors and the like are left to their serialisers, which choose what is told of them.
function within(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(within);
  return isPlain(value) ? withoutPrivate(value) : value;
}

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

/** Under `error` stands what its writer has made of an error already, under `err` the error itself. */
const serializers = {
  err: (error: unknown) => errorForLog(error),
  error: (error: unknown) => (typeof error === "object" && error !== null && isPlain(error) ? error : errorForLog(error)),
};

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
    serializers,
  };
  return cleaned(options.destination === undefined ? pino(settings) : pino(settings, options.destination));
}

function cleaned(logger: PinoLogger): Logger {
  return {
    debug: (fields, message) => logger.debug(withoutPrivate(fields), message),
    info: (fields, message) => logger.info(withoutPrivate(fields), message),
    warn: (fields, message) => logger.warn(withoutPrivate(fields), message),
    error: (fields, message) => logger.error(withoutPrivate(fields), message),
    child: (fields) => cleaned(logger.child(withoutPrivate(fields))),
  };
}
