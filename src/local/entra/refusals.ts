import { randomUUID } from "node:crypto";
import type { JsonAnswer } from "./loopback.ts";

const refusals = {
  wrongSecret: { status: 401, error: "invalid_client", code: 7000215, text: "Invalid client secret provided." },
  noSecret: {
    status: 401,
    error: "invalid_client",
    code: 7000218,
    text: "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  },
  unknownApp: {
    status: 400,
    error: "unauthorized_client",
    code: 700016,
    text: "Application with this identifier was not found in the directory.",
  },
  unknownTenant: { status: 400, error: "invalid_request", code: 90002, text: "Tenant not found." },
  wrongScope: {
    status: 400,
    error: "invalid_scope",
    code: 70011,
    text: "The provided value for the input parameter 'scope' is not valid.",
  },
  wrongGrant: {
    status: 400,
    error: "unsupported_grant_type",
    code: 70003,
    text: "The app requested an unsupported grant type.",
  },
  malformed: {
    status: 400,
    error: "invalid_request",
    code: 900144,
    text: "The request body must contain the following parameter: 'grant_type'.",
  },
} as const;

/** The token endpoint's refusal in the words and shape of Entra; `at` is the time in milliseconds since 1970. */
export function refuse(why: keyof typeof refusals, at: number): JsonAnswer {
  const { status, error, code, text } = refusals[why];
  const trace = randomUUID();
  const timestamp = new Date(at).toISOString().replace("T", " ").replace(/\.\d+/, "");
  return {
    status,
    body: {
      error,
      error_description: `AADSTS${code}: ${text} Trace ID: ${trace} Correlation ID: ${trace} Timestamp: ${timestamp}`,
      error_codes: [code],
      timestamp,
      trace_id: trace,
      correlation_id: trace,
    },
  };
}
