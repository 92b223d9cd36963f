import { connect, createServer, type Socket } from "node:net";

/** A way between a program and a server of this machine, which can be made as bad as networks are. */
export interface TcpProxy {
  readonly port: number;
  /** The address with the proxy's port in place of the server's. */
  through(url: string): string;
  /** Connections that the program has asked for since the proxy was started, also while none was given. */
  attempts(): number;
  /** Those that are open. */
  open(): number;
  /** Cuts every connection, as a server that fails over does; new ones are taken. */
  cut(): void;
  /** Cuts every connection, and refuses each new one until `restore`. */
  refuse(): void;
  /** Takes connections and bytes, and hands on nothing in either direction until `restore`, which cuts what stalled. */
  stall(): void;
  /** Holds up all that is handed on, in either direction, for so many milliseconds. */
  delay(ms: number): void;
  /** Is a good way again. */
  restore(): void;
  close(): Promise<void>;
}

/** Starts a proxy before a port of this machine. */
export async function startTcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const pairs = new Set<readonly [Socket, Socket | null]>();
  let way: "good" | "refusing" | "stalled" = "good";
  let delayMs = 0;
  let attempts = 0;

  const cut = () => {
    for (const pair of pairs) for (const end of pair) end?.resetAndDestroy();
    pairs.clear();
  };
  const handOn = (from: Socket, to: Socket) => {
    from.on("data", (bytes) => {
      if (way === "stalled") return;
      if (delayMs === 0) to.write(bytes);
      else setTimeout(() => to.write(bytes), delayMs);
    });
    from.on("end", () => setTimeout(() => to.end(), delayMs));
  };
  const server = createServer((near) => {
    attempts += 1;
    near.setNoDelay(true);
    near.on("error", () => undefined);
    if (way === "refusing") return void near.resetAndDestroy();
    const far = way === "stalled" ? null : connect({ ...target, noDelay: true });
    const pair = [near, far] as const;
    pairs.add(pair);
    near.on("close", () => {
      pairs.delete(pair);
      far?.destroy();
    });
    if (far === null) return void near.resume();
    far.on("error", () => near.destroy());
    far.on("close", () => near.destroy());
    handOn(near, far);
    handOn(far, near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;

  return {
    port,
    through(url) {
      const changed = new URL(url);
      changed.port = String(port);
      return changed.href;
    },
    attempts: () => attempts,
    open: () => pairs.size,
    cut,
    refuse() {
      way = "refusing";
      cut();
    },
    stall() {
      way = "stalled";
    },
    delay(ms) {
      delayMs = ms;
    },
    restore() {
      if (way === "stalled") cut();
      way = "good";
      delayMs = 0;
    },
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
