import { createTransport } from "./api/transport.ts";
import { chooseHost } from "./host/choose.ts";

/*
 * The first script of the page, and a small one: while the others are still on their way, it asks who is signed in and
 * for what the page of the address shows. index.html preloads the others (vite.config.ts).
 */

/** What pages read first, by their addresses. */
const firstReads = new Map([["#/overview", "overview"]]);

async function start() {
  const host = await chooseHost(new URL(location.href));
  const transport = createTransport(host);
  if (host.setUp === null) {
    transport.readAhead("me");
    const first = firstReads.get(location.hash);
    if (first !== undefined) transport.readAhead(first);
  }
  return { host, transport };
}

const started = start();
// Whoever puts the page together says what went wrong.
started.catch(() => undefined);
// Each is made ready as soon as it is there. The file that imports them all waits for the last one.
void import("react-dom/client");
void import("./no-eval.ts");
void import("./main.tsx").then(({ mount }) => mount(started));
