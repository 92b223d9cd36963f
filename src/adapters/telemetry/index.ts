import type { Logger } from "../../kernel/logger.ts";
import { noTelemetry, type Telemetry } from "../../kernel/telemetry.ts";

export interface TelemetryOptions {
  /** A collector's address for OTLP over HTTP, without "/v1/…"; null switches telemetry off. */
  readonly endpoint: string | null;
  /** What the environment asks for by OTEL_EXPORTER_OTLP_PROTOCOL; null when it says nothing. */
  readonly protocol: string | null;
  readonly logger: Logger;
  /** Milliseconds between two sendings of figures: 60,000 when left out. */
  readonly everyMs?: number;
  /** Time limit of one sending in milliseconds, its retries included: 10,000 when left out. */
  readonly timeoutMs?: number;
}

export interface RunningTelemetry {
  readonly telemetry: Telemetry;
  /** Sends what is left, for at most `withinMs` milliseconds, and ends. Never rejects. */
  stop(withinMs: number): Promise<void>;
}

const spoken = "http/protobuf";

/**
 * Metrics and traces by OpenTelemetry, when a collector is named. Nothing of the SDK is loaded otherwise. A collector
 * that can't be reached disturbs nothing: what doesn't get through is dropped, and one line in the log says so.
 */
export async function startTelemetry(options: TelemetryOptions): Promise<RunningTelemetry> {
  const { endpoint, protocol, logger } = options;
  if (endpoint === null) return off;
  if (protocol !== null && protocol !== spoken) {
    // Platforms set this by themselves, so it is no reason not to start.
    logger.warn({ wanted: protocol, spoken }, "telemetry is off: the collector's protocol isn't spoken here");
    return off;
  }
  const { startSdk } = await import("./sdk.ts");
  const { everyMs = 60_000, timeoutMs = 10_000 } = options;
  return startSdk({ endpoint, logger, everyMs, timeoutMs: Math.min(timeoutMs, everyMs) });
}

const off: RunningTelemetry = { telemetry: noTelemetry, stop: () => Promise.resolve() };
