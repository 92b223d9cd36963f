import { Environment, type Env, type Values } from "./config/environment.ts";
import { liveRefusals, liveSettings } from "./config/live.ts";
import { localRefusals, localSettings } from "./config/local.ts";
import type { CommonConfig, Config } from "./config/types.ts";
import { Fault } from "./kernel/errors.ts";

export type { Config, LiveConfig, LocalConfig } from "./config/types.ts";

/**
 * Reads the configuration from the environment's variables; an empty one counts as left out. Throws one Fault
 * "configuration" that lists everything that is wrong or missing, a line each, and never repeats a value.
 */
export function readConfig(environment: Env): Config {
  const env = Object.fromEntries(
    Object.entries(environment).flatMap(([name, text]) => (text?.trim() ? [[name, text.trim()]] : [])),
  );
  const parsed = Environment.safeParse(env);
  const wrong = parsed.success ? [] : [...new Set(parsed.error.issues.map((issue) => issue.message))];
  const mode = env["STEADY_MODE"] ?? "local";
  const refused = mode === "local" ? localRefusals(env) : mode === "live" ? liveRefusals(env) : [];
  const reasons = [...wrong, ...refused];
  if (!parsed.success || reasons.length > 0) {
    throw new Fault("configuration", reasons.map((reason) => `\n- ${reason}`).join(""));
  }
  const values = parsed.data;
  const common = commonSettings(values);
  return values.STEADY_MODE === "live" ? { ...common, ...liveSettings(values) } : { ...common, ...localSettings(values) };
}

function commonSettings(values: Values): Omit<CommonConfig, "host"> {
  return {
    port: values.PORT,
    databaseUrl: values.DATABASE_URL ?? null,
    logLevel: values.LOG_LEVEL,
    otlpEndpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    otlpProtocol: values.OTEL_EXPORTER_OTLP_PROTOCOL ?? null,
    requestsPerSecond: values.TEAMS_REQUESTS_PER_SECOND,
    mailSender: values.MAIL_SENDER?.toLowerCase() ?? null,
    organiser: values.MEETING_ORGANISER?.toLowerCase() ?? null,
    freeBusy: values.GRAPH_FREE_BUSY === "true",
    memberCalendars: values.GRAPH_MEMBER_CALENDARS === "true",
    admins: values.STEADY_ADMINS,
  };
}
