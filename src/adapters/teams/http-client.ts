import type { ConnectorClientOptions } from "botframework-connector";
import type { Telemetry } from "../../kernel/telemetry.ts";
import { callService } from "../service-call.ts";

type HttpClient = NonNullable<ConnectorClientOptions["httpClient"]>;

/**
 * The HTTP client under botbuilder's Connector client: each request goes out once and ends after `timeoutMs`
 * milliseconds, its answer read whole. Throws ServiceRefusal for every status but 2xx, and NoAnswer.
 */
export function sendOnce(timeoutMs: number, telemetry: Telemetry): HttpClient {
  return {
    async sendRequest(request) {
      // The Connector's own client sends a request up to four times after 408, 429 and 5xx, which would post a card
      // twice. Its retry policy leaves errors alone that aren't its own, so failures leave here as ours.
      const answer = await callService(
        request.url,
        {
          method: request.method,
          headers: request.headers.rawHeaders(),
          ...(typeof request.body === "string" ? { body: request.body } : {}),
        },
        timeoutMs,
        { service: "connector", telemetry },
      );
      const compatible = request.headers.clone();
      for (const name of compatible.headerNames()) compatible.remove(name);
      answer.headers.forEach((value, name) => {
        compatible.set(name, value);
      });
      return { request, status: answer.status, headers: compatible, bodyAsText: answer.body };
    },
  };
}
