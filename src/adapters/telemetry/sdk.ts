import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { detectResources, resourceAttributesEnvDetector, resourceFromAttributes, serviceNameEnvDetector } from "@opentelemetry/resources";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { BatchSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import type { Logger } from "../../kernel/logger.ts";
import type { RunningTelemetry } from "./index.ts";
import { instruments } from "./instruments.ts";
import { watchedExport } from "./reachability.ts";

/**
 * Starts OpenTelemetry's SDK, without registering it anywhere: libraries that would tell of themselves, such as pg-boss,
 * stay silent. It reads by itself the variables of its own that say how to send (OTEL_EXPORTER_OTLP_HEADERS,
 * …_COMPRESSION, …_CERTIFICATE, …_METRICS_TEMPORALITY_PREFERENCE) and as whom (OTEL_SERVICE_NAME,
 * OTEL_RESOURCE_ATTRIBUTES).
 */
export function startSdk(options: {
  readonly endpoint: string;
  readonly logger: Logger;
  readonly everyMs: number;
  readonly timeoutMs: number;
}): RunningTelemetry {
  const { logger, everyMs, timeoutMs: timeoutMillis } = options;
  const endpoint = options.endpoint.replace(/\/+$/, "");
  const watched = watchedExport(logger);
  const resource = resourceFromAttributes({ "service.name": "steady", "service.instance.id": randomUUID() }).merge(
    detectResources({ detectors: [resourceAttributesEnvDetector, serviceNameEnvDetector] }),
  );
  const meters = new MeterProvider({
    resource,
    readers: [
      new PeriodicExportingMetricReader({
        exporter: watched(new OTLPMetricExporter({ url: `${endpoint}/v1/metrics`, timeoutMillis })),
        exportIntervalMillis: everyMs,
        exportTimeoutMillis: timeoutMillis,
      }),
    ],
  });
  // At most 2,048 spans wait (the SDK's default); what comes on top is dropped.
  const spans = new BatchSpanProcessor({
    exporter: watched(new OTLPTraceExporter({ url: `${endpoint}/v1/traces`, timeoutMillis })),
    exportTimeoutMillis: timeoutMillis,
  });
  const traces = new TracerProvider({ resource, spanProcessors: [spans] });
  return {
    telemetry: instruments(meters.getMeter("steady"), traces.getTracer("steady")),
    async stop(withinMs) {
      const ending = Promise.allSettled([meters.shutdown(), traces.shutdown()]);
      await Promise.race([ending, delay(withinMs, undefined, { ref: false })]);
    },
  };
}
