import { z } from "zod";

const Event = z.discriminatedUnion("type", [
  z.object({ type: z.literal("chat"), person: z.string() }),
  z.object({ type: z.literal("log") }),
  z.object({ type: z.literal("people") }),
  z.object({ type: z.literal("mail"), person: z.string() }),
  z.object({ type: z.literal("calendar"), person: z.string() }),
]);

export interface Listener {
  chat(person: string): void;
  log(): void;
  people(): void;
  mail(person: string): void;
  calendar(person: string): void;
  /** Everything may have changed: after a (re)connection, and at every poll without one. */
  everything(): void;
  connection(live: boolean): void;
}

const pollMs = 3_000;

/** Follows the server's events at `url`; while they don't come, asks for everything every three seconds. */
export function follow(url: string, listener: Listener): void {
  let timer: number | null = null;
  const poll = () => {
    listener.connection(false);
    timer ??= window.setInterval(() => listener.everything(), pollMs);
  };
  const connect = () => {
    const source = new EventSource(url);
    source.addEventListener("open", () => {
      if (timer !== null) window.clearInterval(timer);
      timer = null;
      listener.connection(true);
      listener.everything();
    });
    source.addEventListener("error", () => {
      poll();
      // Browsers reconnect by themselves after a cut, but give up for good after an answer other than 200.
      if (source.readyState === EventSource.CLOSED) window.setTimeout(connect, pollMs);
    });
    source.addEventListener("message", (message) => tell(listener, String(message.data)));
  };
  connect();
}

function tell(listener: Listener, data: string): void {
  const event = Event.safeParse(json(data));
  if (!event.success) return;
  if ("person" in event.data) listener[event.data.type](event.data.person);
  else listener[event.data.type]();
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
