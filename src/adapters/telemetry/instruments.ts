import { AsyncLocalStorage } from "node:async_hooks";
import { type Attributes, type Context, type Meter, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Tracer } from "@opentelemetry/api";
import type { Gauge, Step, Telemetry } from "../../kernel/telemetry.ts";

/** Where load balancers knock every few seconds: neither counted nor traced. */
const probes: ReadonlySet<string> = new Set(["/healthz", "/readyz"]);
const methods: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"]);

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const milliseconds = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000];

interface Told {
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  /** What tells one reading from another. */
  readonly by: string;
}

const told: Readonly<Record<Gauge, Told>> = {
  deliveries: {
    name: "steady.deliveries",
    unit: "{delivery}",
    description: "Cards made in the last seven days, by state; those of surveys aside.",
    by: "state",
  },
  queueAge: { name: "steady.queue.age", unit: "s", description: "How long the oldest job that is due has waited.", by: "queue" },
  subscription: {
    name: "steady.subscription.remaining",
    unit: "s",
    description: "Until the first subscription to a calendar ends.",
    by: "kind",
  },
};

/** The application's words as OpenTelemetry's instruments and spans. */
export function instruments(meter: Meter, tracer: Tracer): Telemetry {
  const within = new AsyncLocalStorage<Context>();
  const histogram = (name: string, description: string, unit: "s" | "ms" = "ms") =>
    meter.createHistogram(name, {
      description,
      unit,
      advice: { explicitBucketBoundaries: unit === "s" ? seconds : milliseconds },
    });
  const requests = histogram("http.server.request.duration", "Requests that came in.", "s");
  const errors = meter.createCounter("steady.http.errors", {
    description: "Requests that were answered with a status of 500 or above.",
    unit: "{request}",
  });
  const calls = meter.createCounter("steady.service.calls", {
    description: "Requests to the Bot Connector and to Graph.",
    unit: "{call}",
  });
  const durations = {
    call: histogram("steady.service.duration", "Requests to the Bot Connector and to Graph."),
    job: histogram("steady.job.duration", "Batches of jobs."),
    answer: histogram("steady.answer.duration", "From a pressed button to its answer."),
  };

  const record = (step: Step, outcome: string, ms: number) => {
    const attributes = attributesOf(step, outcome);
    durations[step.kind].record(ms, attributes);
    if (step.kind === "call") calls.add(1, attributes);
  };

  return {
    async step(step, work) {
      const started = performance.now();
      const span = tracer.startSpan(
        nameOf(step),
        { kind: step.kind === "call" ? SpanKind.CLIENT : step.kind === "job" ? SpanKind.CONSUMER : SpanKind.INTERNAL },
        // A batch of jobs is a trace of its own: whatever set the worker going has long ended.
        step.kind === "job" ? ROOT_CONTEXT : (within.getStore() ?? ROOT_CONTEXT),
      );
      let outcome: string | undefined;
      let isFault = false;
      try {
        return await within.run(trace.setSpan(ROOT_CONTEXT, span), () => work((how) => (outcome = how)));
      } catch (error) {
        isFault = true;
        throw error;
      } finally {
        const how = outcome ?? (isFault ? "failed" : "done");
        record(step, how, performance.now() - started);
        span.setAttributes(attributesOf(step, how));
        // Never what an error says: it may quote an address or an answer.
        if (isFault) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      }
    },

    request(given) {
      const started = performance.now();
      const method = methods.has(given) ? given : "_OTHER";
      const span = tracer.startSpan(method, { kind: SpanKind.SERVER }, ROOT_CONTEXT);
      return {
        run: (work) => within.run(trace.setSpan(ROOT_CONTEXT, span), work),
        end(path, status) {
          // A span that never ends is never sent.
          if (path !== null && probes.has(path)) return;
          const route = path ?? "none";
          const attributes = { "http.request.method": method, "http.route": route, "http.response.status_code": status };
          requests.record((performance.now() - started) / 1_000, attributes);
          if (status >= 500) {
            errors.add(1, { "http.route": route });
            span.setStatus({ code: SpanStatusCode.ERROR });
          }
          span.updateName(`${method} ${route}`);
          span.setAttributes(attributes);
          span.end();
        },
      };
    },

    gauge(name, read) {
      const { name: full, unit, description, by } = told[name];
      meter.createObservableGauge(full, { unit, description }).addCallback(async (result) => {
        for (const { value, of } of await read()) result.observe(value, of === undefined ? {} : { [by]: of });
      });
    },
  };
}

function nameOf(step: Step): string {
  switch (step.kind) {
    case "call":
      return `${step.service} ${step.operation}`;
    case "job":
      return `job ${step.queue}`;
    case "answer":
      return `answer ${step.verb}`;
  }
}

function attributesOf(step: Step, outcome: string): Attributes {
  switch (step.kind) {
    case "call":
      return { service: step.service, operation: step.operation, status: outcome };
    case "job":
      return { queue: step.queue, outcome };
    case "answer":
      return { verb: step.verb, outcome };
  }
}
