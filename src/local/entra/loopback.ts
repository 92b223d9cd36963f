import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { Fault } from "../../kernel/errors.ts";

export interface LoopbackRequest {
  readonly method: string;
  /** Without the query, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Null when it was larger than one megabyte. */
  readonly body: string | null;
}

export interface JsonAnswer {
  readonly status: number;
  /** Sent as JSON; nothing is sent when it is left out. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a stand-in does with a request: answers, cuts the connection, or leaves it open for ever. */
/** "garbage" is the page that a proxy or a guest network answers with in the service's place, as if all were well. */
export type LoopbackAnswer = JsonAnswer | "cut" | "hang" | "garbage";

export interface Certificate {
  /** The private key and the certificate, both PEM. */
  readonly key: string;
  readonly cert: string;
}

export interface LoopbackServer {
  /** "http://127.0.0.1:port", or https, without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

const maxBodyBytes = 1_000_000;

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = bytesOf(chunk);
    size += bytes.length;
    if (size <= maxBodyBytes) chunks.push(bytes);
  }
  return size <= maxBodyBytes ? Buffer.concat(chunks).toString("utf8") : null;
}

function send(response: ServerResponse, answer: JsonAnswer): void {
  const text = answer.body === undefined ? "" : JSON.stringify(answer.body);
  response.writeHead(answer.status, {
    ...(text === "" ? {} : { "content-type": "application/json; charset=utf-8" }),
    "content-length": Buffer.byteLength(text),
    ...answer.headers,
  });
  response.end(text);
}

/**
 * Serves HTTP on 127.0.0.1 only (HTTPS when given a key and a certificate), on a free port when `port` is 0. Requests
 * that name another host, or come from a web page (an Origin header), are refused, so that no page in a browser can
 * reach a stand-in by DNS rebinding. Throws a Fault "configuration" when the port is taken.
 */
export async function startLoopbackServer(
  handle: (request: LoopbackRequest) => Promise<LoopbackAnswer>,
  port = 0,
  tls?: Certificate,
): Promise<LoopbackServer> {
  let ownHosts: readonly string[] = [];

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!ownHosts.includes(request.headers.host ?? "") || request.headers.origin !== undefined) {
      return send(response, { status: 403, body: { error: { code: "Forbidden", message: "Loopback only." } } });
    }
    const body = await readBody(request);
    const { pathname: path, searchParams: query } = new URL(request.url ?? "/", "http://localhost");
    const { method = "GET", headers } = request;
    const answer = await handle({ method, path, query, headers, body });
    if (answer === "cut") request.socket.destroy();
    else if (answer === "garbage") response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Welcome</title>");
    else if (answer !== "hang") send(response, answer);
  }

  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    serve(request, response).catch(() => {
      if (response.headersSent || response.destroyed) return;
      const error = { code: "InternalServerError", message: "The stand-in failed." };
      send(response, { status: 500, body: { error } });
    });
  };
  const server = tls === undefined ? createServer(listener) : createTlsServer({ ...tls }, listener);

  const listening = await new Promise<number>((resolve, reject) => {
    server.once("error", (cause) => {
      reject(new Fault("configuration", `A stand-in can't listen on port ${port} of this machine.`, { cause }));
    });
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
  ownHosts = [`127.0.0.1:${listening}`, `localhost:${listening}`];

  return {
    url: `${tls === undefined ? "http" : "https"}://127.0.0.1:${listening}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** A piece of a request's body: the stream gives buffers, though its type says anything. */
function bytesOf(chunk: unknown): Buffer {
  return chunk instanceof Uint8Array ? Buffer.from(chunk) : Buffer.from(String(chunk));
}
