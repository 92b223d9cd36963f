import type { IncomingMessage, ServerResponse } from "node:http";
import type { ConnectorStandIn } from "../connector/index.ts";
import type { GraphStandIn } from "../graph/index.ts";

export interface EventSources {
  readonly connector: Pick<ConnectorStandIn, "onChange">;
  readonly graph: Pick<GraphStandIn, "onChange">;
}

/** Server-sent events: tells the page whose chat changed and who got mail, so that it can fetch it. */
export function eventStream({ connector, graph }: EventSources, closing: AbortSignal) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write(": hello\n\n");
    const send = (event: object) => response.write(`data: ${JSON.stringify(event)}\n\n`);
    const stops = [
      connector.onChange(({ person, what }) => {
        if (what === "traffic") return void send({ type: "log" });
        send(person === null ? { type: "people" } : { type: "chat", person });
      }),
      graph.onChange(({ person, what }) => {
        if (what === "traffic") send({ type: "log" });
        else if (person !== null) send({ type: "mail", person });
      }),
    ];
    const end = () => {
      for (const stop of stops) stop();
      response.end();
    };
    request.once("close", end);
    closing.addEventListener("abort", end, { once: true });
  };
}
