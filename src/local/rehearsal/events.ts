import type { IncomingMessage, ServerResponse } from "node:http";
import type { ConnectorStandIn } from "../connector/index.ts";

/** Server-sent events: tells the page which chat changed, so that it can fetch it. */
export function eventStream(connector: Pick<ConnectorStandIn, "onChange">, closing: AbortSignal) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write(": hello\n\n");
    const send = (event: object) => response.write(`data: ${JSON.stringify(event)}\n\n`);
    const stop = connector.onChange(({ person, what }) => {
      if (what === "traffic") return void send({ type: "log" });
      send(person === null ? { type: "people" } : { type: "chat", person });
    });
    const end = () => {
      stop();
      response.end();
    };
    request.once("close", end);
    closing.addEventListener("abort", end, { once: true });
  };
}
