import { Socket } from "node:net";

/** How long a server may say nothing. */
export interface Patience {
  /** A socket that breaks by itself when nothing has come or gone for too long. */
  socket(): Socket;
  /** Runs `work`, during which a server may say nothing for as long as it likes. */
  patiently<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * @param silentMs after how many milliseconds of silence a connection counts as broken: a server that has gone without a
 *   word says nothing at all, and TCP alone takes a quarter of an hour to notice
 */
export function patienceOf(silentMs: number): Patience {
  let working = 0;
  return {
    socket() {
      const socket = new Socket();
      socket.setTimeout(silentMs);
      socket.on("timeout", () => {
        if (working === 0) socket.destroy(new Error("The store has said nothing for too long."));
        else socket.setTimeout(silentMs);
      });
      return socket;
    },
    async patiently(work) {
      working += 1;
      try {
        return await work();
      } finally {
        working -= 1;
      }
    },
  };
}
