import type { ServerResponse } from "node:http";

/** Lets connections go one by one while a server stops. */
export interface Departure {
  /** Keeps an answer in mind until it is over, so that it can still be the last of its connection. */
  follow(response: ServerResponse): void;
  begin(): void;
  hasBegun(): boolean;
}

/**
 * Once it has begun, every answer says that its connection ends with it: those of requests that were under way then, and
 * those of requests that come later.
 */
export function createDeparture(): Departure {
  const open = new Set<ServerResponse>();
  let hasBegun = false;
  const last = (response: ServerResponse) => {
    if (!response.headersSent) response.setHeader("connection", "close");
    // One whose headers have left can't say so any more: its connection is closed once it is free.
    else response.once("close", () => setImmediate(() => response.req.socket.end()));
  };
  return {
    follow(response) {
      if (hasBegun) return last(response);
      open.add(response);
      response.once("close", () => open.delete(response));
    },
    begin() {
      if (hasBegun) return;
      hasBegun = true;
      for (const response of open) last(response);
      open.clear();
    },
    hasBegun: () => hasBegun,
  };
}
