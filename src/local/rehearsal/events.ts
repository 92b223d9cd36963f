import type { IncomingMessage, ServerResponse } from "node:http";
import type { ConnectorStandIn } from "../connector/index.ts";
import type { GraphStandIn } from "../graph/index.ts";
import { organiserKey } from "./organiser.ts";

export interface EventSources {
  readonly connector: Pick<ConnectorStandIn, "onChange">;
  readonly graph: Pick<GraphStandIn, "onChange">;
}

/** Server-sent events: tells the page whose chat, mails or calendar changed, so that it can fetch them. */
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
        // What is nobody's in the directory is the organiser's, or it bounced.
        send(what === "traffic" ? { type: "log" } : { type: what, person: person ?? organiserKey });
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
