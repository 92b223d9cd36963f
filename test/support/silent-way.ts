import { createServer as createTlsServer, request as ask } from "node:https";
import { connect, createServer, type Socket } from "node:net";
import { loopbackCertificate } from "../../src/local/graph/certificate.ts";

/** A way to a server of this machine whose connections can lose what is behind them, as when a machine goes without a word. */
export interface SilentWay {
  /** The address with the way's port in place of the server's. */
  through(url: string): string;
  /** Where it leads. Connections that are made before wait until it is said. */
  leadTo(url: string): void;
  /**
   * Every connection that is open stays open, for ever: nobody hears anything on it any more, nor that the other end has
   * closed it. New ones work.
   */
  vanish(): Vanished;
  close(): Promise<void>;
}

export interface SilentWayToStandIn extends SilentWay {
  /** When a request last came by it, by performance.now(); 0 for never. */
  lastUsed(): number;
}

export interface Vanished {
  /** Connections that the program had open: at most as many requests were under way. */
  readonly connections: number;
  /** Those of them that the program still has open, and what it has said on them since, in bytes. */
  now(): { readonly connections: number; readonly bytes: number };
}

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
  isSilent: boolean;
  /** What the program said into the void. */
  bytes: number;
}

/** Starts one; where it leads is said later, because programs are told their ways before they start. */
export async function startSilentWay(): Promise<SilentWay> {
  const pairs = new Set<Pair>();
  const target = Promise.withResolvers<URL>();

  const open = (near: Socket, { hostname, port }: URL) => {
    const far = connect({ host: hostname, port: Number(port), noDelay: true });
    const pair: Pair = { near, far, isSilent: false, bytes: 0 };
    pairs.add(pair);
    near.on("data", (bytes) => {
      if (pair.isSilent) pair.bytes += bytes.length;
      else far.write(bytes);
    });
    far.on("data", (bytes) => {
      if (!pair.isSilent) near.write(bytes);
    });
    far.on("error", () => undefined);
    near.on("close", () => {
      if (!pair.isSilent) far.destroy();
    });
    far.on("close", () => {
      if (!pair.isSilent) near.destroy();
    });
  };
  const server = createServer((near) => {
    near.setNoDelay(true);
    near.on("error", () => undefined);
    void target.promise.then((url) => open(near, url));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;

  return {
    through(url) {
      const changed = new URL(url);
      changed.port = String(port);
      return changed.href;
    },
    leadTo: (url) => target.resolve(new URL(url)),
    vanish() {
      const lost = [...pairs].filter(({ near, isSilent }) => !near.destroyed && !isSilent);
      for (const pair of lost) pair.isSilent = true;
      return {
        connections: lost.length,
        now: () => ({
          connections: lost.filter(({ near }) => !near.destroyed).length,
          bytes: lost.reduce((sum, { bytes }) => sum + bytes, 0),
        }),
      };
    },
    async close() {
      for (const { near, far } of pairs) {
        near.resetAndDestroy();
        far.resetAndDestroy();
      }
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The same before one of the stand-ins, which refuse whoever calls them by another name than theirs; `leadTo` takes its address. */
export async function startSilentWayToStandIn(): Promise<SilentWayToStandIn> {
  const way = await startSilentWay();
  const target = Promise.withResolvers<URL>();
  let lastUsed = 0;
  const server = createTlsServer(await loopbackCertificate(), (request, response) => {
    lastUsed = performance.now();
    const { method, url: path, headers } = request;
    void target.promise.then(({ hostname, port, host }) => {
      const onward = ask({ hostname, port, method, path, headers: { ...headers, host } }, (answer) => {
        // How long the connection is kept is said for this one.
        delete answer.headers.connection;
        delete answer.headers["keep-alive"];
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.on("error", () => response.destroy());
      request.pipe(onward);
    });
  });
  // Callers keep their connections for as long, and use one of them again.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  way.leadTo(`https://127.0.0.1:${port}`);
  return {
    ...way,
    leadTo: (url) => target.resolve(new URL(url)),
    lastUsed: () => lastUsed,
    async close() {
      await way.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
