import type { IncomingMessage, ServerResponse } from "node:http";
import type { Request, Response, Server } from "restify";
import { z } from "zod";
import { Fault } from "../../kernel/errors.ts";
import type { Route } from "../../kernel/http.ts";
import type { LinkRoute } from "../../kernel/link-http.ts";
import { noTelemetry, type Telemetry } from "../../kernel/telemetry.ts";
import { problem, render, send, somethingBroke } from "./answers.ts";
import { answerApi, type ApiDependencies } from "./api.ts";
import { comesFromAllowedHost, type HostPolicy } from "./hosts.ts";
import { describeApi } from "./openapi.ts";
import { mountNotifications, type NotificationReceiver } from "./graph-notifications.ts";
import { mountLinkRoutes } from "./link-routes.ts";
import { createDeparture, type Departure } from "./departure.ts";
import { contextOf } from "./request-context.ts";
import { restify } from "./restify.ts";
import { serveFolder, type StaticFolder } from "./static-files.ts";
import { serveTab, type TabPages } from "./tab.ts";

export interface Readiness {
  readonly ok: boolean;
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
}

export interface ServerOptions extends ApiDependencies {
  readonly routes: readonly Route[];
  /** What pages that were opened by a personal link ask for. */
  readonly linkRoutes?: readonly LinkRoute[];
  readonly ready: () => Promise<Readiness>;
  /** What the bot is sent (POST /api/messages): gets the request untouched, body unread, and answers by itself. */
  readonly messages?: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Takes what Graph tells about calendars. */
  readonly notifications?: NotificationReceiver;
  readonly staticFolders?: readonly StaticFolder[];
  /** The tab in Teams, at /tab/. */
  readonly tab?: TabPages;
  /** More handlers, such as local mode's. `closing` fires when the server stops, so that open streams can end. */
  readonly extraHandlers?: (server: Server, closing: AbortSignal) => void;
  /** Refuses requests that name other hosts, or come from other sites' pages. Any are allowed when left out. */
  readonly allowedHosts?: HostPolicy;
  /** Tells browsers to come by TLS only, for a year. */
  readonly strictTransport?: boolean;
  readonly telemetry?: Telemetry;
}

export interface HttpServer {
  /** Starts to listen; port 0 takes a free one. Throws a Fault "configuration" when the port can't be had. */
  listen(port: number, host: string): Promise<{ port: number }>;
  /**
   * Goes on answering, but says that it isn't ready any more, and ends each connection with its answer, so that whoever
   * shares out requests turns to others.
   */
  leave(): void;
  /** Stops accepting, gives running requests `grace` milliseconds (8,000), and resolves when none is left. */
  close(grace?: number): Promise<void>;
}

const headers: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cache-control": "no-store",
};

/** True when the address can be read: the router throws on one that can't, outside of any handler. */
function isReadable(request: IncomingMessage): boolean {
  const { url = "/", headers } = request;
  const address = `http://${headers.host ?? "localhost"}`;
  const full = url.startsWith("/") ? `${address}${url}` : url;
  if (url === "*" || !URL.canParse(full)) return false;
  try {
    decodeURIComponent(new URL(full).pathname);
    return true;
  } catch {
    return false;
  }
}

const Params = z.record(z.string(), z.string());
const Routed = z.object({ path: z.string() });

/** The route's own path, without what the caller put into it; null for a request that matched none. */
function routePathOf(request: Request): string | null {
  return Routed.safeParse(request.getRoute()).data?.path ?? null;
}

function portOf(address: ReturnType<Server["server"]["address"]>): number {
  return typeof address === "object" && address !== null ? address.port : 0;
}

function greet(server: Server, options: ServerOptions, departure: Departure): void {
  const { logger, allowedHosts, telemetry = noTelemetry } = options;
  server.pre((request, response, next) => {
    const started = performance.now();
    const { id } = contextOf(request);
    const { method = "" } = request;
    const watched = telemetry.request(method);
    departure.follow(response);
    response.once("close", () => {
      const route = routePathOf(request);
      const ms = Math.round(performance.now() - started);
      watched.end(route, response.statusCode);
      const fields = {
        requestId: id,
        method,
        route,
        status: response.statusCode,
        ms,
        person: contextOf(request).person,
      };
      if (route === "/healthz" || route === "/readyz") logger.debug(fields, "request");
      else logger.info(fields, "request");
    });
    response.setHeader("x-request-id", id);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (options.strictTransport === true) response.setHeader("strict-transport-security", "max-age=31536000");

    if (!isReadable(request)) send(request, response, problem(400, "This address can't be read."));
    else if (allowedHosts !== undefined && !comesFromAllowedHost(request, allowedHosts)) {
      send(request, response, problem(403, "This server answers to its own address only."));
    } else return watched.run(() => next());
    return next(false);
  });
}

function explainFailures(server: Server, { logger }: ServerOptions): void {
  server.on("restifyError", (request: Request, response: Response, error: unknown, done: () => void) => {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const status = error instanceof Error && "statusCode" in error ? Number(error.statusCode) : 500;
    if (status >= 500) logger.error({ err: error, requestId: contextOf(request).id }, "A request failed.");
    const answer =
      status === 405
        ? problem(405, `${request.method ?? "This"} isn't possible here.`)
        : status >= 500
          ? somethingBroke()
          : problem(404, "There is nothing at this address.");
    const { headers: own, content } = render(request, answer);
    response.sendRaw(answer.status, content, own);
    done();
  });
  // Nothing here speaks another protocol, and an upgrade without an answer would hold its connection for ever.
  server.on("upgrade", (_request: IncomingMessage, socket: { destroy(): void }) => socket.destroy());
}

function mountApi(server: Server, options: ServerOptions): void {
  for (const route of options.routes) {
    const path = `/api/v1/${route.path.replace(/^\//, "")}`;
    const handler = async (request: Request, response: Response): Promise<void> => {
      const call = { params: Params.parse(request.params ?? {}), search: new URLSearchParams(request.getQuery()) };
      await answerApi(route, request, response, call, options);
    };
    const methods = { GET: ["get", "head"], POST: ["post"], PATCH: ["patch"], DELETE: ["del"] } as const;
    for (const method of methods[route.method]) server[method](path, handler);
  }
  let description: object | undefined;
  get(server, "/api/v1/openapi.json", options, async () => ({
    status: 200,
    body: (description ??= describeApi(options.routes)),
  }));
}

type Reading = () => Promise<{ readonly status: number; readonly body: unknown }>;

function get(server: Server, path: string, { logger }: ServerOptions, read: Reading): void {
  const handler = async (request: Request, response: Response): Promise<void> => {
    try {
      send(request, response, { kind: "ok", ...(await read()) });
    } catch (error) {
      logger.error({ err: error, requestId: contextOf(request).id }, "A request failed.");
      send(request, response, somethingBroke());
    }
  };
  server.get(path, handler);
  server.head(path, handler);
}

function mountHealth(server: Server, options: ServerOptions, departure: Departure): void {
  get(server, "/healthz", options, async () => ({ status: 200, body: { status: "up" } }));
  get(server, "/readyz", options, async () => {
    const readiness = departure.hasBegun() ? leaving : await options.ready();
    return { status: readiness.ok ? 200 : 503, body: readiness };
  });
}

function mountMessages(server: Server, { messages, logger }: ServerOptions): void {
  if (messages === undefined) return;
  server.post("/api/messages", async (request: Request, response: Response) => {
    try {
      await messages(request, response);
    } catch (error) {
      logger.error({ err: error, requestId: contextOf(request).id }, "An activity failed.");
      send(request, response, somethingBroke());
    }
  });
}

const leaving: Readiness = {
  ok: false,
  checks: [{ name: "server", ok: false, detail: "This server is stopping." }],
};

/** The server with its routes, checks and limits. It listens to nothing until it is told to. */
export function createServer(options: ServerOptions): HttpServer {
  const server = restify.createServer({ name: "" });
  // restify's own log would name addresses with their queries; the access log here doesn't.
  Reflect.set(server.log, "level", "silent");
  const { server: http } = server;
  http.headersTimeout = 15_000;
  http.requestTimeout = 60_000;
  const closing = new AbortController();
  const departure = createDeparture();

  greet(server, options, departure);
  explainFailures(server, options);
  mountHealth(server, options, departure);
  mountMessages(server, options);
  mountApi(server, options);
  if (options.notifications !== undefined) mountNotifications(server, options.notifications, options.logger);
  mountLinkRoutes(server, options.linkRoutes ?? [], options);
  options.extraHandlers?.(server, closing.signal);
  if (options.tab !== undefined) {
    const { mode } = options.tab;
    get(server, "/tab/config.json", options, async () => ({ status: 200, body: { mode } }));
    serveTab(server, options.tab);
  }
  for (const folder of options.staticFolders ?? []) serveFolder(server, folder);

  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        const fail = (cause: NodeJS.ErrnoException) => {
          const why =
            cause.code === "EADDRINUSE" ? "Another program uses it: set PORT to another one." : (cause.code ?? "");
          reject(new Fault("configuration", `Port ${port} of ${host} can't be had. ${why}`, { cause }));
        };
        server.once("error", fail);
        server.listen(port, host, () => {
          server.removeListener("error", fail);
          server.on("error", (error: unknown) => options.logger.error({ err: error }, "The server has a fault."));
          resolve({ port: portOf(http.address()) });
        });
      }),
    leave: () => departure.begin(),
    async close(grace = 8_000) {
      departure.begin();
      closing.abort();
      if (!http.listening) return;
      const stragglers = setTimeout(() => http.closeAllConnections(), grace);
      await new Promise<void>((resolve) => {
        server.close(resolve);
      });
      clearTimeout(stragglers);
    },
  };
}
